import Foundation
import TestSupport
import Testing

/// `zerotouch render` as a person types it, on a rehearsal that was kept: talosctl is the rehearsal's, helm the real one.
@Suite(.rehearsals) struct RenderTests {
  @Test func `what render writes is what the machines were given, twice the same, and nobody else's to read`()
    async throws
  {
    try await KeptRehearsal.with(nodes: "control-plane=1,workers=1") { ground in
      let given = try ["cp01", "worker01"].map { try ground.read("rendered/nodes/\($0).yaml") }
      let first = try await ground.program.run(["render"])
      #expect(first.status == 0, "\(first.narration)")
      let files = try ground.rendered()
      #expect(try ["cp01", "worker01"].map { try ground.read("rendered/nodes/\($0).yaml") } == given)
      #expect(try await ground.program.run(["render", "--output", "elsewhere"]).status == 0)
      #expect(try await ground.program.run(["render"]).status == 0)
      #expect(try ground.rendered() == files)
      let elsewhere = try String(contentsOfFile: "\(ground.root)/elsewhere/nodes/cp01.yaml", encoding: .utf8)
      #expect(elsewhere == given[0])
      for path in ["nodes/cp01.yaml", "steady/cp01.yaml", "talosconfig", "manifests/10-cilium.yaml"] {
        #expect(try ground.mode("elsewhere/\(path)") == 0o600, "\(path)")
      }
      let steady = try String(contentsOfFile: "\(ground.root)/elsewhere/steady/cp01.yaml", encoding: .utf8)
      #expect(given[0].contains("inlineManifests") && !steady.contains("inlineManifests"))
      try await showsDifference(ground)
      try await refusesBadPatch(ground)
      try await refusesUnknownValues(ground)
      try await takesStandIns(ground)
      try await neverMakesNewKeys(ground)
    }
  }

  /// Every value of the secrets bundle is a sentinel: none of them stands in what is printed.
  private func showsDifference(_ ground: KeptRehearsal) async throws {
    let same = try await ground.program.run(["render", "--diff", "--exit-code"])
    #expect(same.status == 0 && same.output.isEmpty, "\(same.output)")
    let before = try ground.rendered()
    try ground.write("machine: {sysctls: {vm.max_map_count: \"262144\"}}\n", to: "bootstrap/talos/worker.yaml")
    let changed = try await ground.program.run(["render", "--diff", "--exit-code", "--verbose"])
    #expect(changed.status == 6)
    #expect(changed.output.contains("+++ b/nodes/worker01.yaml"))
    #expect(changed.output.contains("+        vm.max_map_count: \"262144\""))
    #expect(!changed.output.contains("cp01"))
    #expect(try ground.rendered() == before)
    let whole = try await ground.program.run(["render", "--diff", "--output", "nowhere"])
    #expect(whole.output.contains("token: <redacted>"))
    #expect(whole.output.contains("+++ b/steady/cp01.yaml"))
    let bundle = try ground.read("secrets.yaml").split(separator: "\n").compactMap { line in
      line.split(separator: ": ").dropFirst().first.map(String.init)
    }
    #expect(bundle.count == 14)
    for secret in bundle {
      for text in [changed.output, changed.narration, whole.output, whole.narration] {
        #expect(!text.contains(secret))
      }
    }
  }

  private func refusesBadPatch(_ ground: KeptRehearsal) async throws {
    let before = try ground.rendered()
    try ground.write("machine:\n  kublet: {}\n", to: "bootstrap/talos/nodes/worker01.yaml")
    let answer = try await ground.program.run(["render"])
    #expect(answer.status == 2)
    #expect(answer.narration.contains("nodes/worker01.yaml:2:3: error: Talos knows no key `kublet` here"))
    #expect(answer.narration.contains("did you mean `kubelet`?"))
    #expect(try ground.rendered() == before)
    try FileManager.default.removeItem(atPath: "\(ground.root)/bootstrap/talos/nodes/worker01.yaml")
  }

  /// With a chart that was fetched, every value is held against it.
  private func refusesUnknownValues(_ ground: KeptRehearsal) async throws {
    let before = try ground.rendered()
    let (lock, values) = ("\(ground.root)/bootstrap/artifacts.lock.yaml", "bootstrap/cilium/values.yaml")
    let (pins, text) = (
      try String(contentsOfFile: lock, encoding: .utf8),
      try String(contentsOfFile: "\(ground.root)/\(values)", encoding: .utf8)
    )
    try ground.write(pins.replacing("    standIn: true\n", with: ""), to: "bootstrap/artifacts.lock.yaml")
    try ground.write("kubeProxyReplacment: true\n" + text, to: values)
    let answer = try await ground.program.run(["render"])
    #expect(answer.status == 2)
    #expect(answer.narration.contains("values.yaml:1:1: error: the chart `cilium 1.19.6` knows no value"))
    #expect(answer.narration.contains("did you mean `kubeProxyReplacement`?"))
    #expect(try ground.rendered() == before)
    try ground.write(text, to: values)
    #expect(try await ground.program.run(["render", "--output", "checked"]).status == 0)
    try ground.write(pins, to: "bootstrap/artifacts.lock.yaml")
  }

  /// What was not fetched is named with the command that fetches it; stand-ins take its place only where one says so.
  private func takesStandIns(_ ground: KeptRehearsal) async throws {
    let own = "bootstrap/artifacts.lock.yaml"
    let pins = try String(contentsOfFile: "\(ground.root)/\(own)", encoding: .utf8)
    try ground.write(try String(contentsOfFile: "\(BuiltProgram.packageRoot)/\(own)", encoding: .utf8), to: own)
    let before = try ground.rendered()
    let refused = try await ground.program.run(["render"])
    #expect(refused.status == 4)
    for name in ["cilium", "gateway-api-httproutes"] {
      #expect(refused.narration.contains("zerotouch artifacts fetch \(name)\n"), "\(refused.narration)")
    }
    #expect(try ground.rendered() == before)
    let taken = try await ground.program.run(["render", "--stand-ins", "--verbose", "--output", "stood-in"])
    #expect(taken.status == 0, "\(taken.narration)")
    for part in [
      "stand-ins, for want of the fetched artifacts: talos-image v1.13.9, cilium 1.19.6",
      "warning: stand-ins take the places of cilium 1.19.6", "cilium 1.19.6 (stand-in) from the cache",
      "the Gateway API's CRDs (stand-ins)",
    ] { #expect(taken.narration.contains(part), "\(part)") }
    #expect(
      try String(contentsOfFile: "\(ground.root)/stood-in/nodes/cp01.yaml", encoding: .utf8).contains("10-cilium"))
    try ground.write(pins, to: own)
  }

  private func neverMakesNewKeys(_ ground: KeptRehearsal) async throws {
    let bundle = "\(ground.state)/secrets.yaml"
    try FileManager.default.moveItem(atPath: bundle, toPath: bundle + ".away")
    let first = try await ground.program.run(["render"])
    #expect(first.status == 5)
    #expect(first.narration.contains("zerotouch secrets import"))
    // Without any trace of the cluster on this laptop, its machines still say that they run.
    try FileManager.default.removeItem(atPath: "\(ground.state)/kubeconfig")
    let second = try await ground.program.run(["render"])
    #expect(second.status == 5)
    #expect(second.narration.contains("`cp01`"))
    #expect(!FileManager.default.fileExists(atPath: bundle))
    try FileManager.default.moveItem(atPath: bundle + ".away", toPath: bundle)
  }
}
