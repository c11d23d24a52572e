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

  private func manifests(_ change: (inout JSONValue) -> Void, folders: [String]) throws -> [JSONValue] {
    var set = try #require(try YAMLDocuments.parse(rendered(generator: git), file: "x").first)
    change(&set)
    return try ApplicationSet(set)?.manifests(folders: folders) ?? []
  }

  @Test(arguments: [
    ("tenants/a*b*c", ["abc", "a-b-c", "abbc", "aXbYbZc"], ["ac", "acbc-", "a-c", "cba"]),
    ("tenants/ab*ba", ["abba", "abxba"], ["aba", "ab"]), ("tenants/*", ["x", "a.b"], []),
  ])
  func `a pattern's pieces stand in the folder's name in their order`(
    pattern: String, fitting: [String], others: [String]
  ) throws {
    let made = try manifests(
      {
        $0[path: "spec", "generators"] = [
          ["git": ["repoURL": "r", "revision": "main", "directories": [["path": .string(pattern)]]]]
        ]
      }, folders: (fitting + others).map { "tenants/\($0)" })
    #expect(made.compactMap { $0[path: "metadata", "name"]?.stringValue } == fitting.sorted().map { "tenant-\($0)" })
  }

  @Test(arguments: [
    ("{path: 'tenants/**'}", "`**` is not known"), ("{path: 'tenants/?'}", "`?` is not known"),
    ("{path: 'tenants/[ab]'}", "`[` is not known"), ("{path: a, exclude: true, deep: 1}", "directories[].deep` is not"),
    ("{path: a}], values: {a: b}, x: [", "git.values` is not known"),
    ("{path: a}], pathParamPrefix: own, x: [", "git.pathParamPrefix` is not known"),
    ("{path: a}]}, selector: {}, x: {y: [", "generators[].selector` is not known"),
  ])
  func `what a generator asks for beyond that is named, not ignored`(directories: String, says: String) {
    let text = rendered(generator: "{git: {repoURL: r, directories: [\(directories)]}}")
    let error = #expect(throws: InvalidInput.self) { try ExpectedApplications.parse(text, source: "x") }
    #expect(error?.diagnostics.first?.message.contains(says) == true, "\(error?.description ?? "")")
  }

  @Test(arguments: ["strategy", "templatePatch", "ignoreApplicationDifferences", "preservedFields"])
  func `what a set asks for beyond that is named, not ignored`(key: String) {
    let error = #expect(throws: ApplicationSet.Unusable.self) {
      try manifests({ $0[path: "spec", key] = ["a": 1] }, folders: [])
    }
    #expect(error?.description == "`spec.\(key)` is not known here")
  }

  @Test func `what an application made goes with it, unless the set says otherwise`() throws {
    func finalizers(_ change: (inout JSONValue) -> Void) throws -> JSONValue? {
      try manifests(change, folders: ["tenants/a"]).first?[path: "metadata", "finalizers"]
    }
    #expect(try finalizers { _ in } == ["resources-finalizer.argocd.argoproj.io"])
    #expect(try finalizers { $0[path: "spec", "syncPolicy"] = ["preserveResourcesOnDeletion": true] } == nil)
    #expect(try finalizers { $0[path: "spec", "template", "metadata", "finalizers"] = ["own"] } == ["own"])
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
