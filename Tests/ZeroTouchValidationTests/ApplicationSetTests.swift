import Testing

@testable import ZeroTouchValidation

/// What ApplicationSets make of lists, folders, files and their products, and what is said of the others.
struct ApplicationSetTests {
  private static let repository = "https://github.com/a/own.git"

  private func set(_ generators: String, name: String, path: String, isGo: Bool = true) -> String {
    """
    apiVersion: argoproj.io/v1alpha1
    kind: ApplicationSet
    metadata: {name: all, namespace: argocd}
    spec:
      goTemplate: \(isGo)
      generators:
    \(generators.split(separator: "\n").map { "    \($0)" }.joined(separator: "\n"))
      template:
        metadata: {name: '\(name)'}
        spec:
          project: default
          source: {repoURL: \(Self.repository), path: '\(path)', targetRevision: main}
          destination: {server: https://kubernetes.default.svc, namespace: '\(name)'}
    """
  }

  private static let configMap = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n"

  /// The Applications with their numbers of objects, and what is not known.
  private func made(_ set: String, _ files: [String: String]) async throws -> (made: [String], unknown: [String]) {
    let repository = try CheckedRepository(files.merging(["sets/all.yaml": set]) { $1 })
    defer { repository.remove() }
    let clusters = try await repository.survey().clusters
    let names = clusters.flatMap { cluster in
      cluster.applications.map { "\($0.name) \(cluster.objects(of: $0).count)" }
    }
    return (names, clusters.flatMap(\.unknowns).map(\.text))
  }

  private let apps = ["apps/shop/a.yaml": configMap, "apps/mail/a.yaml": configMap, "apps/old/a.yaml": configMap]

  @Test func `a list makes an Application of each element`() async throws {
    let list = "- list: {elements: [{team: Shop, values: {folder: shop}}, {team: Mail, values: {folder: mail}}]}"
    let folder = "apps/{{ .values.folder }}"
    let made = try await made(set(list, name: "{{ .team | lower }}", path: folder), apps)
    #expect(made.made == ["shop 1", "mail 1"] && made.unknown.isEmpty)
  }

  @Test func `folders are read by both kinds of templates`() async throws {
    let folders =
      "- git:\n    repoURL: \(Self.repository)\n    directories: [{path: apps/*}, {path: apps/old, exclude: true}]"
    let new = try await made(set(folders, name: "{{ .path.basename }}", path: "{{ .path.path }}"), apps)
    #expect(new.made == ["mail 1", "shop 1"])
    let old = try await made(set(folders, name: "{{path.basename}}", path: "{{path}}", isGo: false), apps)
    #expect(old.made == new.made)
    let segment = try await made(set(folders, name: "a-{{ index .path.segments 1 }}", path: "{{ .path.path }}"), apps)
    #expect(segment.made == ["a-mail 1", "a-shop 1"])
  }

  @Test func `files are read for their values, and a product has the values of both`() async throws {
    let files = apps.merging([
      "clusters/one/config.json": "{\"stage\": \"dev\"}", "clusters/two/config.yaml": "stage: prod\n",
    ]) {
      $1
    }
    let read = "- git: {repoURL: \(Self.repository), files: [{path: \"clusters/**/config.*\"}]}"
    let each = try await made(set(read, name: "{{ .path.basename }}-{{ .stage }}", path: "apps/shop"), files)
    #expect(each.made == ["one-dev 1", "two-prod 1"] && each.unknown.isEmpty)
    let flat = try await made(set(read, name: "{{path.basename}}-{{stage}}", path: "apps/shop", isGo: false), files)
    #expect(flat.made == each.made)
    let product =
      "- matrix:\n    generators:\n      \(read)\n      - list: {elements: [{app: shop}, {app: mail}]}"
    let both = try await made(set(product, name: "{{ .stage }}-{{ .app }}", path: "apps/{{ .app }}"), files)
    #expect(both.made == ["dev-shop 1", "dev-mail 1", "prod-shop 1", "prod-mail 1"])
  }

  @Test(arguments: [
    ("- clusters: {}", "the generator `clusters`"), ("- scmProvider: {}", "the generator `scmProvider`"),
    ("- list: {elements: [{a: b}]}\n  selector: {matchLabels: {a: b}}", "`selector`"),
    ("- git: {repoURL: https://github.com/b/theirs.git, directories: [{path: none/*}]}", "another repository"),
    ("- list: {elements: [{a: b}]}", "`{{.name}}` has no value"),
  ])
  func `what no file tells is said to be unknown`(_ generator: String, _ words: String) async throws {
    let made = try await made(set(generator, name: "{{.name}}", path: "apps/shop"), apps)
    #expect(made.made.isEmpty && made.unknown.count == 1 && made.unknown[0].contains(words), "\(made.unknown)")
  }

  @Test func `what its template says wrong is told once`() async throws {
    let list = "- list: {elements: [{team: shop}, {team: mail}, {team: old}]}"
    let template = set(list, name: "{{ .team }}", path: "apps/{{ .team }}")
    let wrong =
      template.replacing("namespace: '{{ .team }}'}", with: "}") + """

              syncPolicy: {syncOptions: [CreateNamespace=true]}
        """
    let repository = try CheckedRepository(apps.merging(["sets/all.yaml": wrong]) { $1 })
    defer { repository.remove() }
    let found = try await repository.report([.namespaceCreatedWithoutName]).findings
    #expect(found.count == 1)
    #expect(found.first?.what.hasSuffix("and so for 2 more of its ApplicationSet") == true, "\(found.map(\.what))")
  }
}
