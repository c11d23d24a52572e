import Testing
import ZeroTouchManifests
import ZeroTouchModel

struct ApplicationSetExpectationTests {
  private func rendered(generator: String, name: String = "tenant-{{ .path.basename }}") -> String {
    """
    apiVersion: argoproj.io/v1alpha1
    kind: ApplicationSet
    metadata: {name: tenants, annotations: {argocd.argoproj.io/sync-wave: "21"}}
    spec:
      goTemplate: true
      generators: [\(generator)]
      template:
        metadata: {name: "\(name)"}
        spec: {source: {repoURL: r, targetRevision: main, path: "{{.path.path}}"}}
    """
  }

  private let git =
    "{git: {repoURL: r, revision: main, directories: [{path: tenants/*}, {path: tenants/no-*, exclude: true}]}}"

  @Test func `Git expects an application for each folder of a set, in the set's wave`() throws {
    let expected = try ExpectedApplications.parse(
      rendered(generator: git), source: "x",
      folders: ["tenants", "tenants/a", "tenants/a/deep", "tenants/no-b", "other/c"])
    #expect(expected.applications.map(\.name) == ["tenant-a"])
    #expect(expected.applications.first?.wave == 21)
    #expect(expected.applications.first?.sources.first?.path == "tenants/a")
  }

  @Test func `a set that cannot be told is named, not left out`() {
    let clusters = #expect(throws: InvalidInput.self) {
      try ExpectedApplications.parse(rendered(generator: "{clusters: {}}"), source: "x", folders: [])
    }
    #expect(clusters?.diagnostics.first?.message.contains("the ApplicationSet `tenants`: only one generator") == true)
    let unknown = #expect(throws: InvalidInput.self) {
      try ExpectedApplications.parse(
        rendered(generator: git, name: "{{ .values.x }}"), source: "x", folders: ["tenants/a"])
    }
    #expect(unknown?.diagnostics.first?.message.contains("`{{.values.x}}` is not known here") == true)
  }
}
