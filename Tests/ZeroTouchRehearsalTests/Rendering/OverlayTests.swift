import Foundation
import TestSupport
import Testing
import ZeroTouchManifests
import ZeroTouchModel
import ZeroTouchTools

@testable import ZeroTouchRehearsal

/// Every kustomization of this repository, held against what it promises.
struct OverlayTests {
  private static let root = BuiltProgram.packageRoot
  private static let tools = RealTools.runner(home: FileManager.default.temporaryDirectory.path)

  /// Folders with a kustomization that stands by itself; Components are part of others.
  static let kustomizations: [String] = ["bootstrap", "platform", "tenants"].flatMap { folder in
    (FileManager.default.enumerator(atPath: "\(root)/\(folder)")?.compactMap { $0 as? String } ?? [])
      .filter { $0.hasSuffix("kustomization.yaml") }
      .map { "\(folder)/\($0.dropLast("/kustomization.yaml".count))" }
  }.filter { !text(of: "\($0)/kustomization.yaml").contains("kind: Component") }.sorted()

  @Test func `the kustomizations of the whole repository are found`() {
    let some = [
      "bootstrap/root/main-production", "platform/apis", "platform/overlays/main-production", "tenants/landing-zones",
    ]
    for folder in some {
      #expect(Self.kustomizations.contains(folder))
    }
  }

  private static func text(of path: String) -> String {
    String(decoding: FileManager.default.contents(atPath: "\(root)/\(path)") ?? Data(), as: UTF8.self)
  }

  private static func objects(_ folder: String) async throws -> [JSONValue] {
    let text = try await tools.succeed(Kubectl.kustomize("\(root)/\(folder)")).text
    return try ManifestReader.objects(in: text, file: folder)
  }

  @Test(.enabled(if: RealTools.arePresent, "scripts/tools has not brought kubectl"), arguments: kustomizations)
  func `a kustomization builds`(_ folder: String) async throws {
    let objects = try await Self.objects(folder)
    // Where ExternalSecrets are all there is, nothing is left without a store.
    #expect(!objects.isEmpty || folder.hasPrefix("platform/storeless/"))
    if folder.hasPrefix("platform/storeless/") { #expect(!objects.contains { $0["kind"] == "ExternalSecret" }) }
  }

  @Test(
    .enabled(if: RealTools.arePresent, "scripts/tools has not brought kubectl"),
    arguments: ["main", "preview"], ["dev", "staging", "production"])
  func `an overlay pins every version, says every wave and retries for ever`(
    _ environment: String, _ stage: String
  ) async throws {
    let applications = try await Self.objects("platform/overlays/\(environment)-\(stage)")
      .filter { $0["kind"] == "Application" }
    #expect(applications.count >= 10)
    for application in applications {
      let name = application[path: "metadata", "name"]?.stringValue ?? ""
      let wave = application[path: "metadata", "annotations"]?["argocd.argoproj.io/sync-wave"]?.stringValue
      #expect(wave.flatMap { Int($0) } != nil, "\(name)")
      let policy = application[path: "spec", "syncPolicy"]
      #expect(policy?[path: "retry", "limit"] == -1, "\(name)")
      #expect(policy?["syncOptions"]?.arrayValue?.contains("ServerSideApply=true") == true, "\(name)")
      let spec = application["spec"]
      for source in spec?["sources"]?.arrayValue ?? spec?["source"].map({ [$0] }) ?? [] {
        let revision = source["targetRevision"]?.stringValue ?? ""
        #expect(!["", "versions", "revision", "HEAD"].contains(revision), "\(name): \(source.text())")
        #expect(source["repoURL"] != "repository", "\(name)")
        guard source["chart"] == nil, source["path"]?.stringValue?.hasPrefix("platform/") == true else { continue }
        #expect(FileManager.default.fileExists(atPath: "\(Self.root)/\(source["path"]?.stringValue ?? "")"), "\(name)")
      }
    }
  }

  @Test(
    .enabled(if: RealTools.arePresent, "scripts/tools has not brought kubectl"),
    arguments: ["main", "preview"], ["dev", "staging", "production"])
  func `without a store the platform is the same but for it, and nothing in it renders an ExternalSecret`(
    _ environment: String, _ stage: String
  ) async throws {
    let complete = try await Self.objects("platform/overlays/\(environment)-\(stage)")
    let storeless = try await Self.objects("platform/overlays/\(environment)-storeless-\(stage)")
    let names = { (objects: [JSONValue]) in Set(objects.compactMap { $0[path: "metadata", "name"]?.stringValue }) }
    #expect(names(complete).subtracting(names(storeless)) == ["aws-parameter-store"])
    #expect(storeless.count == complete.count - 1)
    for application in storeless.compactMap(Application.init) {
      for path in application.sources.compactMap(\.path)
      where FileManager.default.fileExists(atPath: "\(Self.root)/\(path)") {
        let kinds = try await Self.objects(path).compactMap { $0["kind"]?.stringValue }
        #expect(!kinds.contains("ExternalSecret") && !kinds.contains("ClusterSecretStore"), "\(path)")
      }
    }
    let root = try await Self.objects("bootstrap/root/\(environment)-storeless-\(stage)").first
    #expect(root?[path: "spec", "source", "path"] == .string("platform/overlays/\(environment)-storeless-\(stage)"))
  }

  @Test(.enabled(if: RealTools.arePresent, "scripts/tools has not brought kubectl"))
  func `preview leaves to Kind what Kind brings, and no stage shares its secrets with another`() async throws {
    let names = try await Self.objects("platform/overlays/preview-dev").compactMap {
      $0[path: "metadata", "name"]?.stringValue
    }
    for name in ["cilium", "gateway-config", "dns-config", "local-path-provisioner"] {
      #expect(!names.contains(name), "\(name)")
    }
    var prefixes: Set<String> = []
    for folder in ["01-foundation", "stages/staging", "stages/dev"] {
      let objects = try await Self.objects("platform/\(folder)/aws-parameter-store")
      let store = objects.first { $0["kind"] == "ClusterSecretStore" }
      prefixes.insert(store?[path: "spec", "provider", "aws", "prefix"]?.stringValue ?? "none")
    }
    #expect(prefixes == ["/zerotouch/prod", "/zerotouch/staging", "/zerotouch/dev"])
  }
}
