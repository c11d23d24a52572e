import Foundation
import TestSupport
import Testing
import ZeroTouchModel

extension RehearsalTests {
  /// A Deployment that Talos's pod security refuses; the name of its volume is a secret of the surroundings.
  private static let refused = """
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: refused, namespace: default}
    spec:
      selector: {matchLabels: {app: refused}}
      template:
        metadata: {labels: {app: refused}}
        spec:
          containers: [{name: main, image: "example/app:1"}]
          volumes: [{name: rehearsed-secret, hostPath: {path: /var/data}}]

    """

  @Test func `diagnose finds nothing in a healthy cluster, and the cause once something is wrong`() async throws {
    try await KeptRehearsal.with(nodes: "control-plane=1") { kept in
      let healthy = try await kept.program.run(["diagnose"])
      #expect(healthy.status == 0, "\(healthy.output)\(healthy.narration)")
      #expect(healthy.output.contains("anti-affinity"), "the second operator waits, and that is as it should be")

      let talosconfig = "\(kept.state)/talosconfig"
      try FileManager.default.moveItem(atPath: talosconfig, toPath: "\(talosconfig).away")
      let elsewhere = try await kept.program.run(["diagnose"])
      #expect(elsewhere.status == 0 && elsewhere.output.contains("not read:\n  the machines: "), "\(elsewhere.output)")
      try FileManager.default.moveItem(atPath: "\(talosconfig).away", toPath: talosconfig)

      try kept.write(Self.refused, to: "refused.yaml")
      let kubeconfig = ["--kubeconfig", "\(kept.state)/kubeconfig"]
      let applied = try await kept.program.tool("kubectl", kubeconfig + ["apply", "--filename", "refused.yaml"])
      #expect(applied.status == 0, "\(applied.narration)")
      let file = "\(kept.root)/bundle.json"
      let sick = try await kept.program.run(["diagnose", "-o", "json", "--bundle", file])
      #expect(sick.status == 2, "\(sick.output)\(sick.narration)")
      let found = try JSONValue(parsing: sick.output)
      #expect(found["healthy"] == false && found["unexplained"]?.arrayValue == [] && found["unread"]?.arrayValue == [])
      #expect(found["causes"]?.arrayValue?.map { $0["id"] } == ["pod-security-refuses"], "\(sick.output)")
      try Self.look(at: file)

      let unreachable = try await kept.program.run(["diagnose", "--kubeconfig", "nowhere"])
      #expect(unreachable.status == 1)
    }
  }

  /// The bundle is nobody else's to read, holds what was found and how, and no secret.
  private static func look(at file: String) throws {
    let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
    #expect(mode == 0o600)
    let text = try String(contentsOfFile: file, encoding: .utf8)
    #expect(text.contains("violates PodSecurity") && text.contains(Redactor.mark))
    #expect(!text.contains("rehearsed-secret"))
    let bundle = try JSONValue(parsing: text)
    #expect(bundle[path: "examination", "calls"]?.arrayValue?.isEmpty == false)
    #expect(bundle[path: "lastRun", "end"] == "done")
  }

  @Test func `what a program said is explained without any cluster`() async throws {
    try await withTemporaryFolder { folder in
      let path = "\(folder)/said.txt"
      try "error: no matching resources found\n".write(toFile: path, atomically: true, encoding: .utf8)
      let program = BuiltProgram(in: folder)
      let known = try await program.run(["diagnose", "--said", path])
      #expect(known.status == 2 && known.output.contains("(nothing-to-wait-for)"), "\(known)")
      try "all is well\n".write(toFile: path, atomically: true, encoding: .utf8)
      #expect(try await program.run(["diagnose", "--said", path]).status == 0)
      let unread = try await program.run(["diagnose", "--said", "\(folder)/none"])
      #expect(unread.status == 1 && unread.narration.contains("name a file with what the program said"))
    }
  }
}
