import Testing
import ZeroTouchModel

@testable import ZeroTouchValidation

/// Phases of Flux beside each other.
struct PhaseOrderRuleTests {
  private let shop = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: shop\n"

  private func phase(_ name: String, _ path: String, _ more: String = "") -> String {
    """
    apiVersion: kustomize.toolkit.fluxcd.io/v1
    kind: Kustomization
    metadata: {name: \(name), namespace: flux-system}
    spec:
      path: ./\(path)
      sourceRef: {kind: GitRepository, name: flux-system}
    \(more)
    """
  }

  private func definition(_ kind: String) -> String {
    """
    apiVersion: apiextensions.k8s.io/v1
    kind: CustomResourceDefinition
    metadata: {name: \(kind.lowercased())s.example.org}
    spec: {group: example.org, names: {kind: \(kind), plural: \(kind.lowercased())s}}

    """
  }

  @Test func `Kustomizations that wait for each other are found once`() async throws {
    var files = [
      "flux/a.yaml": phase("a", "a", "  dependsOn: [{name: b}]"),
      "flux/b.yaml": phase("b", "b", "  dependsOn: [{name: a}]"),
      "flux/c.yaml": phase("c", "c", "  dependsOn: [{name: b}]"), "a/a.yaml": shop, "b/a.yaml": shop, "c/a.yaml": shop,
    ]
    #expect(try await findings(files, .phasesInCircle) == ["ZT706 flux/a.yaml:7"])
    files["flux/b.yaml"] = phase("b", "b")
    #expect(try await findings(files, .phasesInCircle) == [])
    files["flux/b.yaml"] = phase("b", "b", "  dependsOn: [{name: b}]")
    #expect(try await findings(files, .phasesInCircle) == ["ZT706 flux/b.yaml:7"])
  }

  @Test func `the same names in two clusters are no circle`() async throws {
    let files = [
      "one/a.yaml": phase("a", "x", "  dependsOn: [{name: b}]"), "one/b.yaml": phase("b", "x"),
      "two/a.yaml": phase("a", "x"), "two/b.yaml": phase("b", "x", "  dependsOn: [{name: a}]"), "x/a.yaml": shop,
    ]
    #expect(try await findings(files, .phasesInCircle) == [])
  }

  @Test func `two Kustomizations that apply one folder in one way are found`() async throws {
    var files = ["flux/a.yaml": phase("a", "apps"), "flux/b.yaml": phase("b", "apps"), "apps/a.yaml": shop]
    #expect(try await findings(files, .twoRoots) == ["ZT704 flux/b.yaml:5"])
    files["flux/b.yaml"] = phase("b", "apps", "  targetNamespace: other")
    #expect(try await findings(files, .twoRoots) == [])
    files["flux/b.yaml"] = nil
    files["clusters/two/b.yaml"] = phase("b", "apps")
    #expect(try await findings(files, .twoRoots) == [], "another cluster's")
  }

  @Test func `the only folder that does not exist is found where Flux follows this repository`() async throws {
    var files = ["flux/a.yaml": phase("a", "apps"), "flux/flux-system/gotk-sync.yaml": "# written by flux\n"]
    #expect(try await findings(files, .fluxNamesMissing) == ["ZT705 flux/a.yaml:5"])
    files["flux/flux-system/gotk-sync.yaml"] = nil
    #expect(try await findings(files, .fluxNamesMissing) == [])
    let repository = try CheckedRepository(files)
    defer { repository.remove() }
    let notes = try await repository.survey().notes.map(\.text)
    #expect(notes.contains { $0.contains("`./apps` of the Kustomization `a` is not in this tree") }, "\(notes)")
  }

  @Test func `a definition in a phase that waits for none is found`() async throws {
    func files(_ kind: String, _ object: String) -> [String: String] {
      [
        "flux/crds.yaml": phase("crds", "crds"), "crds/a.yaml": definition("Shop"),
        "flux/apps.yaml": phase("apps", "apps"), "apps/a.yaml": object,
      ]
    }
    for kind in ["Shop", "Cart"] {
      let repository = try CheckedRepository(files(kind, definition(kind)))
      defer { repository.remove() }
      let found = try await repository.report([.definitionsInLaterPhase]).open
      #expect(found.map { "\($0.location.file):\($0.location.line)" } == ["apps/a.yaml:2"])
      #expect(found.map(\.severity) == [kind == "Shop" ? .error : .warning], "two owners of one are worse")
    }
    #expect(try await findings(files("", shop), .definitionsInLaterPhase) == [])
  }

  @Test func `a chart that nobody here knows is said to be unknown behind the definitions`() async throws {
    func notes(_ crds: String) async throws -> [String] {
      let release = """
        apiVersion: helm.toolkit.fluxcd.io/v2
        kind: HelmRelease
        metadata: {name: mystery}
        spec:
          chart: {spec: {chart: mystery, version: 1.0.0, sourceRef: {kind: HelmRepository, name: a}}}
          install: {crds: \(crds)}
        """
      let repository = try CheckedRepository([
        "flux/crds.yaml": phase("crds", "crds"), "crds/a.yaml": definition("Shop"), "apps/a.yaml": release,
        "flux/apps.yaml": phase("apps", "apps", "  dependsOn: [{name: crds}]"),
      ])
      defer { repository.remove() }
      return try await repository.survey().notes.map(\.text).filter { $0.contains("`mystery`") }
    }
    #expect(try await notes("CreateReplace").count == 1)
    #expect(try await notes("Skip") == [])
  }
}
