import Foundation
import TestSupport
import ZeroTouchManifests
import ZeroTouchModel
import ZeroTouchPipeline
import ZeroTouchReadiness
import ZeroTouchSecrets
import ZeroTouchTools

/// What the tests of this module share: specs, bootstraps and an environment over a scripted world.
enum Fixtures {
  static let sentinel = "S3ntinel-value/with+signs"

  static func address(_ last: UInt8) -> IPAddress { IPAddress(203, 0, 113, last) }

  static func spec(
    controlPlanes: Int = 1, workers: Int = 0, provider: ClusterSpec.Provider = .talos, hasSecrets: Bool = false
  ) -> ClusterSpec {
    let planes = (0..<controlPlanes).map {
      Node(
        name: "cp0\($0 + 1)", role: .controlPlane, address: address(UInt8(10 + $0)),
        access: Node.Access(sshKey: SecretReference("file:/keys/id")))
    }
    let others = (0..<workers).map {
      Node(name: "worker0\($0 + 1)", role: .worker, address: address(UInt8(20 + $0)))
    }
    let aws = SecretReferences.AWS(
      accessKeyID: .environment("KEY_ID"), secretAccessKey: .environment("KEY"), region: "eu-central-1",
      prefix: "/zerotouch/prod")
    return ClusterSpec(
      name: "demo", provider: provider, endpoint: Endpoint(host: "203.0.113.10"), nodes: planes + others,
      gitops: GitOps(repoURL: "https://example.org/platform.git"),
      secrets: SecretReferences(aws: hasSecrets ? aws : nil))
  }

  static func applications(_ waves: [Int] = [-3, -1, 1]) -> ExpectedApplications {
    ExpectedApplications(
      waves.compactMap { wave in
        Application([
          "apiVersion": "argoproj.io/v1alpha1", "kind": "Application",
          "metadata": [
            "name": .string(wave == 1 ? "crossplane" : "app\(wave)"), "namespace": "argocd",
            "annotations": ["argocd.argoproj.io/sync-wave": .string("\(wave)")],
          ],
          "spec": ["source": ["repoURL": "https://example.org/platform.git", "path": "x"]],
        ])
      })
  }

  /// What lies in the cache for an artifact.
  static func content(of name: String) -> String {
    name.hasPrefix("gateway-api-") ? CiliumRendering.definitions : "content"
  }

  static func artifact(_ name: String) -> ArtifactLock.Artifact {
    let versions = ["talos-image": "v1.13.9", "cilium": "1.19.6", "gateway-api-gateways": "v1.4.1"]
    return ArtifactLock.Artifact(
      name: name, version: versions[name] ?? "10.1.1", url: "https://example.org/\(name).tgz",
      sha256: SHA256.hexadecimal(of: content(of: name).utf8), size: nil, purpose: "test")
  }

  static let lock = ArtifactLock(
    artifacts: ["talos-image", "cilium", "argo-cd", "gateway-api-gateways"].map { artifact($0) })

  static func bootstrap(_ spec: ClusterSpec, directory: String = "/nowhere", kubeconfig: String? = nil) -> Bootstrap {
    Bootstrap(
      spec: spec, layout: RepositoryLayout(root: "\(directory)/repository"), lock: lock, cache: "\(directory)/cache",
      workspace: Workspace(root: "\(directory)/state"), applications: applications(), kubeconfig: kubeconfig)
  }

  static func environment(
    _ tools: any ToolRunner, _ clock: ManualClock, _ directory: String, secrets: [String: String] = [:],
    retries: RetryPolicy = RetryPolicy(), width: Int? = nil,
    report: @escaping @Sendable (PipelineEvent, Duration) -> Void = { _, _ in }
  ) -> PipelineEnvironment {
    PipelineEnvironment(
      tools: tools, gates: GateKeeper(tools: tools, clock: clock, executor: clock), clock: clock,
      workspace: Workspace(root: "\(directory)/state"),
      secrets: SecretResolver(environment: secrets, contents: { _ in throw CancellationError() }), retries: retries,
      width: width,
      report: report)
  }
}

/// A directory of a test's own, gone with the test. A suite holds it in a property: a variable of the test would be
/// released after its last use, and what works on would make the directory anew.
final class ScratchDirectory: Sendable {
  let path = NSTemporaryDirectory() + "zerotouch tests \(UInt64.random(in: 0...UInt64.max))"

  init() {
    // Where this fails, every file of the test does, and says so.
    try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}

extension Probe {
  /// Asks nothing and sees nothing, so that the step is always performed.
  static var always: Self { Probe([]) { _ in .missing("nothing") } }
}
