import Foundation
import TestSupport
import Testing
import ZeroTouchManifests
import ZeroTouchModel
import ZeroTouchTools

@testable import ZeroTouchRehearsal

/// What this repository's own `bootstrap` and `platform` say, as kubectl builds them.
struct PlatformTreeTests {
  private func values(_ name: String) throws -> JSONValue {
    let path = "\(BuiltProgram.packageRoot)/bootstrap/\(name)/values.yaml"
    return try #require(
      YAMLDocuments.parse(try String(contentsOfFile: path, encoding: .utf8), file: path).first)
  }

  @Test(.enabled(if: RealTools.arePresent, "scripts/tools has not brought kubectl and helm"))
  func `the repository and revision of one file reach every Application that lives in it`() async throws {
    try await withTemporaryFolder { folder in
      try copyRepository(to: folder)
      let mine = GitOpsRepository(repoURL: "https://git.example.org/mine.git", revision: "v9")
      try mine.text.write(toFile: "\(folder)/bootstrap/argocd/repository.yaml", atomically: true, encoding: .utf8)
      let tools = RealTools.runner(home: folder)
      for (overlay, own) in [
        ("bootstrap/root/main-production", 1), ("bootstrap/root/preview-dev", 1),
        ("platform/overlays/main-production", 11), ("platform/overlays/preview-dev", 8),
      ] {
        let text = try await tools.succeed(Kubectl.kustomize("\(folder)/\(overlay)")).text
        let expected = try ExpectedApplications.parse(text, source: overlay)
        let sources = expected.applications.flatMap(\.sources).filter { $0.repoURL == mine.repoURL }
        #expect(sources.count == own, "\(overlay)")
        #expect(sources.allSatisfy { $0.revision == "v9" }, "\(overlay)")
        #expect(!text.contains("repoURL: repository") && !text.contains("github.com/example"), "\(overlay)")
      }
    }
  }

  @Test(.enabled(if: RealTools.arePresent, "scripts/tools has not brought kubectl and helm"))
  func `the platform comes in its waves, and Argo CD's own Application after what it needs`() async throws {
    let folder = "\(BuiltProgram.packageRoot)/platform/overlays/main-production"
    let text = try await RealTools.runner(home: NSTemporaryDirectory()).succeed(Kubectl.kustomize(folder)).text
    let waves = try ExpectedApplications.parse(text, source: folder).waves
    #expect(waves.map(\.wave) == [-3, -2, -1, 0, 1, 2, 3, 4, 5, 6, 20])
    #expect(
      waves.map { $0.applications.map(\.name).sorted() } == [
        ["local-path-provisioner"], ["gateway-api-crds"], ["cilium"], ["external-secrets"],
        ["aws-parameter-store", "cert-manager", "crossplane"],
        ["cloudnative-pg", "dragonfly-operator", "plugin-barman-cloud"], ["foundation-configuration", "kagent-crds"],
        ["dns-config", "gateway-config", "kagent", "keda"], ["nats"], ["argocd", "intelligence", "platform-apis"],
        ["tenant-infrastructure"],
      ])
  }

  @Test(
    .enabled(if: RealTools.arePresent, "scripts/tools has not brought kubectl and helm"),
    arguments: ["main", "preview"], [("dev", "/dev"), ("staging", "/staging"), ("production", "/prod")])
  func `every stage's store looks in that stage's parameters`(environment: String, stage: (String, String)) async throws
  {
    let layout = RepositoryLayout(root: BuiltProgram.packageRoot)
    let tools = RealTools.runner(home: NSTemporaryDirectory())
    let overlay = layout.path("platform/overlays/\(environment)-\(stage.0)")
    let text = try await tools.succeed(Kubectl.kustomize(overlay)).text
    let folder = try #require(try ExpectedApplications.parse(text, source: overlay).parameterStore)
    let stores = try await tools.succeed(Kubectl.kustomize(layout.path(folder))).text
    #expect(try ParameterStore.parse(stores, file: folder)?.prefix == "/zerotouch\(stage.1)")
    // Tenants' parameters lie below the platform's, wherever that is.
    let places = try ManifestReader.objects(in: stores, file: folder).filter { $0["kind"] == "ClusterSecretStore" }
      .map { $0[path: "spec", "provider", "aws"] }
    #expect(places.map { $0?["prefix"]?.stringValue } == ["/zerotouch\(stage.1)", "/zerotouch\(stage.1)/tenants"])
    #expect(Set(places.map { $0?["region"]?.stringValue }) == ["eu-central-1"])
    if stage.0 == "production" {
      // What a run without a file reads.
      let own = try String(contentsOfFile: layout.parameterStore, encoding: .utf8)
      #expect(try ParameterStore.parse(own, file: "own") == ParameterStore.parse(stores, file: folder))
    }
  }

  @Test(
    .enabled(if: RealTools.arePresent, "scripts/tools has not brought kubectl and helm"),
    arguments: [("main-dev", JSONValue("MatchString")), ("preview-dev", "None"), ("preview-production", "None")])
  func `only where there is a Gateway does a claim wait for its route`(overlay: String, check: JSONValue) async throws {
    let tools = RealTools.runner(home: NSTemporaryDirectory())
    let path = "\(BuiltProgram.packageRoot)/platform/overlays/\(overlay)"
    let text = try await tools.succeed(Kubectl.kustomize(path)).text
    let apis = try #require(
      try ExpectedApplications.parse(text, source: path).applications.first { $0.name == "platform-apis" })
    let folder = try #require(apis.sources.first?.path)
    let built = try await tools.succeed(Kubectl.kustomize("\(BuiltProgram.packageRoot)/\(folder)")).text
    let routes = try ManifestReader.objects(in: built, file: folder).flatMap { composition in
      (composition[path: "spec", "pipeline"]?.arrayValue ?? []).flatMap {
        $0[path: "input", "resources"]?.arrayValue ?? []
      }
    }.filter { $0[path: "base", "kind"] == "HTTPRoute" }
    #expect(routes.count == 2)
    for route in routes {
      let checks = route["readinessChecks"]?.arrayValue ?? []
      #expect(!checks.isEmpty && checks.allSatisfy { $0["type"] == check })
    }
  }

  @Test func `two operators are wanted, and the one that waits for a second node holds up no wave`() throws {
    let operators = try #require(try values("cilium")["operator"])
    #expect(operators["replicas"]?.intValue == 2)
    // A text, since an annotation is one; the chart puts it on the Deployment and not on its pods.
    #expect(operators["annotations"]?["argocd.argoproj.io/ignore-healthcheck"] == "true")
  }

  @Test func `the proxy may listen on the ports of the web, and keeps the right to`() throws {
    let rights = try #require(try values("cilium")[path: "envoy", "securityContext", "capabilities"])
    #expect(rights["envoy"] == ["NET_ADMIN", "SYS_ADMIN", "NET_BIND_SERVICE"])
    #expect(rights["keepCapNetBindService"] == true)
  }

  @Test func `Argo CD asks the server what an apply would change`() throws {
    #expect(try values("argocd")[path: "configs", "params", "controller.diff.server.side"] == "true")
  }

  @Test(.enabled(if: RealTools.arePresent, "scripts/tools has not brought kubectl and helm"))
  func `what an Application ignores it does not write either`() async throws {
    try await withTemporaryFolder { folder in
      try copyRepositoryWithObservability(to: folder)
      let path = "\(folder)/platform/overlays/main-production"
      let text = try await RealTools.runner(home: folder).succeed(Kubectl.kustomize(path)).text
      var seen = 0
      for object in try ManifestReader.objects(in: text, file: path) where object["kind"] == "Application" {
        guard object[path: "spec", "ignoreDifferences"] != nil else { continue }
        seen += 1
        let options = object[path: "spec", "syncPolicy", "syncOptions"]?.arrayValue ?? []
        #expect(options.contains("RespectIgnoreDifferences=true"), "\(object.kindAndName)")
      }
      #expect(seen == 5)
    }
  }

  @Test func `Argo CD knows when an Application is healthy and runs beside a control plane's taint`() throws {
    let values = try values("argocd")
    let script = values[path: "configs", "cm", "resource.customizations.health.argoproj.io_Application"]?.stringValue
    #expect(script?.contains("Synced") == true)
    #expect(script?.contains("Degraded") == false)
    let tolerations = values[path: "global", "tolerations"]?.arrayValue ?? []
    #expect(tolerations.contains { $0["key"] == "node-role.kubernetes.io/control-plane" && $0["operator"] == "Exists" })
  }
}
