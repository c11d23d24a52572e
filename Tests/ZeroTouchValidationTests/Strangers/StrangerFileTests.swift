import Testing
import ZeroTouchModel

@testable import ZeroTouchValidation

/// Files as other people's repositories have them.
struct StrangerFileTests {
  @Test func `a text whose placeholders another program fills in is no broken YAML`() async throws {
    for text in [
      "annotations:\n  <ISSUER>\n  a: b\n", "clusterIP: {PREFIX}.16\nb: c\na: {\n  b: [ {X}.1 ]\n}\n",
      "auth:\n${PROVIDER}\n  users:\n    - ${USER}\n", "targets: [vault.${DOMAIN}:8200]\n",
      "spec:\n  ...\n  template:\n    ...\n", "key: @NAME@\n",
    ] {
      let repository = try CheckedRepository(["values.yaml": text])
      defer { repository.remove() }
      let report = try await repository.report([.unreadableYAML])
      #expect(report.open == [], "\(text)")
    }
    // What is broken stays broken, with placeholders or without.
    #expect(try await findings(["a.yaml": "a: ${B}\n c: d\n"], .unreadableYAML) == ["ZT101 a.yaml:2"])
  }

  @Test func `a placeholder that kustomize reads is a fault, but not in a repository of templates`() async throws {
    let text = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  <NAME>\n  namespace: a\n"
    let one = ["a/kustomization.yaml": "resources: [a.yaml]\n", "a/a.yaml": text]
    #expect(try await findings(one, .unreadableYAML) == ["ZT101 a/a.yaml:5"])
    var many = one
    for name in ["b", "c"] { many["\(name).yaml"] = text }
    #expect(try await findings(many, .unreadableYAML) == [])
    // Flux fills in what a generator puts into a ConfigMap as a text.
    let generated = [
      "a/kustomization.yaml": "configMapGenerator: [{name: a, files: [a.yaml]}]\n", "a/a.yaml": "a: [b.${C}:80]\n",
    ]
    #expect(try await findings(generated, .unreadableYAML) == [])
  }

  @Test func `an object that nothing parts from the one before is told once`() async throws {
    let text =
      "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\napiVersion: v1\nkind: Secret\nmetadata: {name: b}\n"
    #expect(try await findings(["a.yaml": text], .keyTwice) == ["ZT102 a.yaml:4"])
    #expect(try await findings(["a.yaml": "a: 1\nb: 2\na: 3\n"], .keyTwice) == ["ZT102 a.yaml:3"])
  }

  @Test func `a folder of which a kustomization picks little is no list of what was forgotten`() async throws {
    var files = ["a/kustomization.yaml": "resources: [one.yaml]\n"]
    func map(_ name: String) -> String { "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: \(name)}\n" }
    for name in ["one", "two", "three", "four", "five"] { files["a/\(name).yaml"] = map(name) }
    #expect(try await findings(files, .unreferencedManifest) == [])
    for name in ["two", "three", "four"] { files["a/\(name).yaml"] = nil }
    #expect(try await findings(files, .unreferencedManifest) == ["ZT108 a/five.yaml:2"])
  }

  @Test func `a patch over what another program brings is no patch over nothing`() async throws {
    let patch = "patches: [{patch: '[]', target: {kind: Deployment, name: source-controller}}]\n"
    let flux = ["a/kustomization.yaml": "resources: [gotk.yaml]\n" + patch, "a/gotk.yaml": "# written by bootstrap\n"]
    #expect(try await findings(flux, .patchWithoutTarget, .kustomizationFails) == [])
    let component = """
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: {name: a}
      spec: {path: ./a, components: [../parts]}
      """
    let map = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n"
    var files = ["a/kustomization.yaml": "resources: [map.yaml]\n" + patch, "a/map.yaml": map, "flux.yaml": component]
    #expect(try await findings(files, .patchWithoutTarget) == [])
    files["flux.yaml"] = nil
    #expect(try await findings(files, .patchWithoutTarget) == ["ZT107 a/kustomization.yaml:2"])
  }
}
