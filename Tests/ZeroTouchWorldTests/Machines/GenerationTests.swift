import Foundation
import Testing
import ZeroTouchManifests
import ZeroTouchModel

@testable import ZeroTouchWorld

/// Holds generated configurations against those of the real talosctl, byte for byte.
struct GenerationTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../../../shared/data/talos/generated").standardizedFileURL.path
  private static var isPresent: Bool { FileManager.default.fileExists(atPath: folder) }

  private func read(_ path: String) throws -> String {
    try String(contentsOfFile: "\(Self.folder)/\(path)", encoding: .utf8)
  }

  private func request(_ contract: String) throws -> GenerationRequest {
    let release = contract == "v1.13" ? "v1.13.9" : "v1.12.11"
    return GenerationRequest(
      clusterName: "demo", endpoint: "https://203.0.113.10:6443", endpointHost: "203.0.113.10",
      secrets: try #require(try YAMLDocuments.parse(try read("\(contract)/secrets.yaml"), file: "").first),
      kubernetesVersion: contract == "v1.11" ? "1.34.1" : "1.35.4", installDisk: "/dev/sda",
      installImage: "ghcr.io/siderolabs/installer:\(release)", additionalSANs: [],
      contract: try #require(GenerationRequest.Contract(contract)))
  }

  @Test func `a second major version of Talos has the style of the newest, not of the oldest`() throws {
    func generated(_ contract: String) throws -> [JSONValue] {
      GenerationRequest(
        clusterName: "demo", endpoint: "https://203.0.113.10:6443", endpointHost: "203.0.113.10", secrets: [:],
        kubernetesVersion: "1.35.4", installDisk: "/dev/sda", installImage: "i", additionalSANs: [],
        contract: try #require(GenerationRequest.Contract(contract))
      ).configuration(isControlPlane: true).documents
    }
    #expect(try generated("v2.0") == generated("v1.13"))
    #expect(try generated("v1.12") != generated("v1.13"))
  }

  @Test(.enabled(if: isPresent, "../shared/data is absent"), arguments: ["v1.11", "v1.12", "v1.13"])
  func `generated configurations equal talosctl's`(contract: String) throws {
    let request = try request(contract)
    #expect(
      TalosYAML.text(request.configuration(isControlPlane: true).documents)
        == (try read("\(contract)/controlplane.yaml")))
    #expect(
      TalosYAML.text(request.configuration(isControlPlane: false).documents) == (try read("\(contract)/worker.yaml")))
    var patched = request.configuration(isControlPlane: true)
    try patched.apply(patch: try read("patch.yaml"))
    #expect(TalosYAML.text(patched.documents) == (try read("\(contract)/controlplane-patched.yaml")))
  }

  @Test(.enabled(if: isPresent, "../shared/data is absent"), arguments: ["v1.11", "v1.12", "v1.13"])
  func `talosctl's configurations read and write back unchanged`(contract: String) throws {
    for name in ["controlplane", "controlplane-patched", "worker"] {
      let text = try read("\(contract)/\(name).yaml")
      #expect(TalosYAML.text(try MachineConfiguration(text: text).documents) == text)
    }
  }
}
