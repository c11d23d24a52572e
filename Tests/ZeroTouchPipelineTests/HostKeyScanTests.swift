import Foundation
import TestSupport
import Testing
import ZeroTouchModel
import ZeroTouchPipeline
import ZeroTouchTools

/// Host keys as a provider announces them, against a real sshd.
@Suite(.enabled(if: RescueSystem.obstacle == nil, Comment(rawValue: RescueSystem.obstacle ?? "")))
struct HostKeyScanTests {
  @Test func `a machine is pinned by the fingerprint that the provider announced, and no other will do`() async throws {
    try await MetalRig.with { rig in
      let tools = MetalRig.programs
      let file = "\(rig.system.folder)/etc/ssh/host_key.pub"
      let printed = try await tools.run(SSHFingerprint.question(file)).text
      // As the provider lists it: the digits that stand behind the label.
      let own = try #require(printed.split(separator: " ").first { $0.hasPrefix("MD5:") }?.dropFirst(4)).description
      let scan = HostKeyScan(tools: tools, clock: ContinuousClock())
      let line = try #require(
        try await scan.line(of: rig.system.address, port: rig.system.port, announced: [own]))
      #expect(line.contains(rig.system.hostKey))
      let clock = ManualClock()
      let stranger = "56:29:99:a4:5d:ed:ac:95:c1:f5:88:82:90:5d:dd:10"
      let scripted = ScriptedToolRunner { call in
        .printing(call.tool == "ssh-keyscan" ? "\(line)\n" : "256 MD5:\(own) no comment (ED25519)\n")
      }
      let nobody = try await clock.running {
        try await HostKeyScan(tools: scripted, clock: clock).line(
          of: rig.system.address, port: 22, announced: [stranger])
      }
      #expect(nobody == nil)
      let workspace = Workspace(root: "\(rig.folder)/state")
      try workspace.prepare()
      var bootstrap = try await rig.bootstrap()
      let files = RescueTicketFiles(workspace: workspace, node: bootstrap.spec.nodes[0])
      try files.pin(line)
      bootstrap.installation.pinned = ["cp01": try #require(files.pinned)]
      let outcome = try await rig.install(bootstrap)
      #expect(outcome.failure == nil)
      // The next rescue system has another key.
      #expect(files.pinned == nil)
    }
  }
}
