import Testing
import ZeroTouchManifests
import ZeroTouchModel

struct RenderingDifferenceTests {
  private func configuration(_ manifests: [(String, String)], hostname: String = "cp01") -> String {
    let inline = manifests.map { JSONValue.object(["name": .string($0), "contents": .string($1)]) }
    return TalosYAML.text([
      [
        "version": "v1alpha1", "machine": ["network": ["hostname": .string(hostname)]],
        "cluster": ["inlineManifests": .array(inline)],
      ]
    ])
  }

  private func rendering(_ manifest: String, _ others: [(String, String)] = []) -> [String: String] {
    [
      "nodes/cp01.yaml": configuration([("10-cilium", manifest)] + others),
      "nodes/cp02.yaml": configuration([("10-cilium", manifest)] + others, hostname: "cp02"),
      "manifests/10-cilium.yaml": manifest,
    ]
  }

  @Test func `a manifest that changed is shown once, not in the configuration of every control plane`() {
    let (old, new) = ("kind: ConfigMap\ndata: {mtu: \"1500\"}\n", "kind: ConfigMap\ndata: {mtu: \"1400\"}\n")
    #expect(
      RenderingDifference(from: rendering(old), to: rendering(new)).text == """
        --- a/manifests/10-cilium.yaml
        +++ b/manifests/10-cilium.yaml
        @@ -1,2 +1,2 @@
         kind: ConfigMap
        -data: {mtu: "1500"}
        +data: {mtu: "1400"}

        """)
    #expect(RenderingDifference(from: rendering(old), to: rendering(old)).isEmpty)
    let added = RenderingDifference(from: rendering(old), to: rendering(old, [("own", "kind: Own\n")])).text
    #expect(added.contains("+++ b/nodes/cp02.yaml") && added.contains("kind: Own") && !added.contains("1500"))
  }

  @Test func `a Secret among the manifests shows its name and that it changed, and nothing else`() {
    let old = "kind: Secret\nmetadata: {name: ca}\ndata: {a: sentinel1}\n---\nkind: A\nmtu: 1500\n"
    let new = "kind: Secret\nmetadata: {name: ca}\ndata: {a: sentinel2}\n---\nkind: A\nmtu: 1400\n"
    let text = RenderingDifference(from: rendering(old), to: rendering(new)).text
    #expect(!text.contains("sentinel") && text.contains("-mtu: 1500\n+mtu: 1400\n"))
    #expect(text.contains("+contents: <redacted>, changed") && text.contains("name: ca"))
    let broken = RenderingDifference(from: rendering(old), to: rendering("kind: {\nsentinel")).text
    #expect(!broken.isEmpty && !broken.contains("sentinel"))
  }

  @Test func `a credential in the address of a manifest is never shown, and a change of it is`() {
    let (old, new) = ("proxy: http://u:sentinel1@p:1\n", "proxy: http://u:sentinel2@p:1\n")
    let text = RenderingDifference(from: rendering(old), to: rendering(new)).text
    #expect(text.contains("-proxy: http://<redacted>@p:1\n+proxy: http://<redacted>@p:1\n"))
    #expect(!text.contains("sentinel"))
  }

  @Test func `a control plane that is new is shown whole in a moment, however long it is`() {
    let lines = (0..<200_000).map { "\($0)" }
    let difference = LineDifference(from: "", to: lines.joined(separator: "\n") + "\n")
    let text = difference.unified(old: "/dev/null", new: "b/x")
    #expect(text.hasPrefix("--- /dev/null\n+++ b/x\n@@ -1,0 +1,200000 @@\n+0\n"))
  }

  @Test func `two long texts are compared around the lines that both have once`() {
    let old = (0..<30_000).map { "line \($0)" }
    var new = (0..<30_000).map { $0 % 3 == 0 ? "line \($0)" : "other \($0)" }
    let text = LineDifference(from: old.joined(separator: "\n"), to: new.joined(separator: "\n"))
      .unified(old: "a", new: "b")
    let lines = text.split(separator: "\n").dropFirst(3)
    #expect(lines.filter { !$0.hasPrefix("+") }.map { $0.dropFirst() } == old.map { $0[...] })
    #expect(lines.filter { !$0.hasPrefix("-") }.map { $0.dropFirst() } == new.map { $0[...] })
    #expect(lines.filter { $0.hasPrefix(" ") }.count == 10_000)
    new = (0..<30_000).map { "nothing alike \($0)" }
    #expect(
      LineDifference(from: old.joined(separator: "\n"), to: new.joined(separator: "\n")).unified(old: "a", new: "b")
        .hasPrefix("--- a\n+++ b\n@@ -1,30000 +1,30000 @@\n-line 0\n"))
  }
}
