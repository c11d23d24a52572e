import Testing
import ZeroTouchManifests
import ZeroTouchModel

struct DifferenceTests {
  /// The values that stand behind these paths in the bundle without secrets.
  private func values(of paths: [String]) throws -> [String] {
    try paths.map { path in
      try #require(
        path.split(separator: ".").reduce(Optional(TalosSecrets.placeholder.document)) { $0?[String($1)] }?.stringValue)
    }
  }

  @Test func `changes stand with three lines around them, as diff -u shows them`() {
    let old = (1...20).map { "line \($0)" }.joined(separator: "\n") + "\n"
    let new = old.replacing("line 10\n", with: "line ten\n").replacing("line 20\n", with: "line 20\nline 21\n")
    #expect(
      LineDifference(from: old, to: new).unified(old: "a/x", new: "b/x") == """
        --- a/x
        +++ b/x
        @@ -7,7 +7,7 @@
         line 7
         line 8
         line 9
        -line 10
        +line ten
         line 11
         line 12
         line 13
        @@ -18,3 +18,4 @@
         line 18
         line 19
         line 20
        +line 21

        """)
    #expect(LineDifference(from: old, to: old).isEmpty)
  }

  @Test func `every value of the bundle is taken out of both sides, and a change is said to be one`() throws {
    let spec = SampleCluster.demo()
    let renderer = MachineConfigurationRenderer(for: spec)
    let old = try renderer.configuration(of: spec.nodes[0], secrets: .placeholder, manifests: []).main ?? .null
    var new = old
    new[path: "machine", "token"] = "sentinel-token"
    new[path: "cluster", "network", "dnsDomain"] = "other.local"
    let before = TalosYAML.text([SecretMask.masked(old, comparedTo: nil)])
    let after = TalosYAML.text([SecretMask.masked(new, comparedTo: old)])
    let kept = try values(of: ["cluster.id"] + ["etcd", "k8s", "k8saggregator", "os"].map { "certs.\($0).crt" })
    for secret in TalosSecrets.placeholder.values.map({ String(decoding: $0.exposed, as: UTF8.self) }) {
      // Names and certificates are no secrets: every machine shows them.
      #expect(kept.contains(secret) || !(before + after).contains(secret), "\(secret)")
    }
    #expect(!after.contains("sentinel") && after.contains("token: <redacted>, changed"))
    #expect(before.contains("dnsDomain: cluster.local") && after.contains("dnsDomain: other.local"))
  }

  @Test func `what users put into configurations is taken out by what it is, even where nobody knew it`() {
    let patch: JSONValue = [
      "machine": [
        "files": [["path": "/var/a", "content": "sentinel-file"]], "env": ["https_proxy": "http://u:sentinel-env@p"],
      ],
      "cluster": [
        "extraManifestHeaders": ["Authorization": "sentinel-header"],
        "inlineManifests": [["name": "s", "contents": "kind: Secret\nstringData: {a: sentinel-manifest}"]],
      ],
      "password": "sentinel-password",
    ]
    for other in [nil, patch] {
      #expect(!SecretMask.masked(patch, comparedTo: other).text().contains("sentinel"))
    }
  }

  @Test(arguments: [
    "kind: \"Secret\"\nstringData: {a: sentinel}", "{\"kind\": \"Secret\", \"stringData\": {\"a\": \"sentinel\"}}",
    "apiVersion: v1\nkind: List\nitems:\n  - kind: Secret\n    stringData: {a: sentinel}",
    "kind: SecretList\nitems: [{stringData: {a: sentinel}}]", "kind: A\n---\nkind:   Secret # b\ndata: {a: sentinel}",
    "kind: Composition\nspec: {resources: [{base: {kind: Secret, stringData: {a: sentinel}}}]}",
    "kind: {{ .Kind }\nstringData: sentinel",
  ])
  func `an inline manifest with a Secret in it is not shown, however it is written`(contents: String) {
    let cluster: JSONValue = ["inlineManifests": [["name": "s", "contents": .string(contents)]]]
    #expect(
      SecretMask.masked(["cluster": cluster], comparedTo: nil)
        == ["cluster": ["inlineManifests": [["name": "s", "contents": .string(Redactor.mark)]]]])
    let other: JSONValue = ["inlineManifests": [["name": "s", "contents": "kind: ConfigMap\ndata: {a: b}"]]]
    #expect(SecretMask.masked(other, comparedTo: nil) == other)
  }

  @Test(arguments: [
    ("https://api.example.org?jointoken=sentinel", "https://api.example.org?<redacted>"),
    ("https://u:sentinel@r.example.org:5000/v2", "https://<redacted>@r.example.org:5000/v2"),
    ("tcp://sent@inel:sentinel/@log:514/", "tcp://<redacted>@log:514/"),
    ("a=http://sentinel@a/x?sentinel b", "a=http://<redacted>@a/x?<redacted> b"),
    ("http://a b=udp://c#sentinel d", "http://a b=udp://c#<redacted> d"),
    ("https://u:\"sentinel\"@r/", "https://<redacted>@r/"), ("https://r/v2/", "https://r/v2/"), ("a@b?c", "a@b?c"),
  ])
  func `an address shows where it leads, and nothing that opens it`(address: String, shown: String) {
    let documents: JSONValue = [
      "apiUrl": .string(address), "endpoints": [["url": .string(address)]], "extraManifests": [.string(address)],
      "mirrors": .object([address: 1]),
    ]
    #expect(
      SecretMask.masked(documents, comparedTo: nil) == [
        "apiUrl": .string(shown), "endpoints": [["url": .string(shown)]], "extraManifests": [.string(shown)],
        "mirrors": .object([shown: 1]),
      ])
  }

  @Test func `another credential in an address is said to be another one`() {
    let masked = SecretMask.masked(
      ["url": "https://u:sentinel@r/", "place": "https://u@s/"],
      comparedTo: ["url": "https://u:before@r/", "place": "https://u@r/"])
    #expect(masked == ["url": "https://<redacted>@r/, changed", "place": "https://<redacted>@s/"])
  }
}
