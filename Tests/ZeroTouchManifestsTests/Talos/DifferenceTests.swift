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
    let masked = SecretMask.masked(old, new)
    let (before, after) = (TalosYAML.text([masked.old]), TalosYAML.text([masked.new]))
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
    let masked = SecretMask.masked(patch, patch)
    #expect(!masked.old.text().contains("sentinel") && !masked.new.text().contains("sentinel"))
  }
}
