import Foundation
import TestSupport
import Testing
import ZeroTouchModel
import ZeroTouchTools
import ZeroTouchWorld

@testable import ZeroTouchRehearsal

/// Every recorded command line of the real talosctl, typed to the simulated one in the same situation.
@Suite(.enabled(if: Recording.arePresent, "../shared/data is absent"))
struct TalosRecordingTests {
  private static let address = "127.0.0.2"

  private func rig(_ folder: String) throws -> TalosRig {
    TalosRig(
      folder: folder,
      machines: [
        Machine(address: try #require(IPAddress(Self.address)), name: "cp01", isInMaintenance: true)
      ])
  }

  /// Types what was recorded and compares everything that comes back.
  private func replay(_ name: String, in rig: TalosRig, allowsMore: Bool = false) async throws {
    let recording = try Recording("talosctl-v1.13.9/\(name).txt")
    let reply = await rig.talosctl(String(recording.command.dropFirst("talosctl ".count)))
    #expect(reply.status == recording.output.status, "\(name): \(reply.errorText)")
    #expect(normalized(reply.outputText) == normalized(recording.output.text), "\(name)")
    let errors = (normalized(reply.errorText), normalized(recording.output.errorText))
    #expect(allowsMore ? errors.0.hasPrefix(errors.1) : errors.0 == errors.1, "\(name)")
  }

  /// Takes out moments, counters and ports, which differ from run to run.
  private func normalized(_ text: String) -> String {
    text.replacing(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/, with: "TIME")
      .replacing(/"version": \d+/, with: "\"version\": N")
      .replacing(/machine   \d+ +/, with: "machine   N   ")
      .replacing(/revision \d+, total keys \d+/, with: "revision N, total keys N")
      .replacing(/127\.0\.0\.1:\d+/, with: "127.0.0.1:PORT")
  }

  @Test func `files are made and checked`() async throws {
    try await withTemporaryFolder { folder in
      let rig = try rig(folder)
      try rig.write("apiVersion: v1alpha1\nkind: HostnameConfig\nauto: off\nhostname: cp01\n", to: "cp.yaml")
      for name in ["talosctl-version-client", "gen-secrets", "gen-secrets-again", "gen-config", "validate-ok"] {
        try await replay(name, in: rig)
      }
      let text = try rig.read("cfg/controlplane.yaml")
      try rig.write(
        text.replacing("    network:\n", with: "    network:\n        cni: {name: calico}\n"), to: "bad.yaml")
      try rig.write(text.replacing("    type: controlplane", with: "    typ: controlplane"), to: "unk.yaml")
      try await replay("validate-bad", in: rig)
      try await replay("validate-unknown-key", in: rig)
    }
  }

  @Test func `a machine in maintenance mode`() async throws {
    try await withTemporaryFolder { folder in
      let rig = try rig(folder)
      try await rig.prepare(Self.address)
      for name in [
        "maintenance-version", "maintenance-machinestatus", "maintenance-mtls-version", "unreachable-version",
        "apply-config-insecure", "just-after-apply-machinestatus",
      ] { try await replay(name, in: rig) }
    }
  }

  @Test func `a configured machine before and after its bootstrap`() async throws {
    try await withTemporaryFolder { folder in
      let rig = try rig(folder)
      try await rig.prepare(Self.address)
      try await replay("apply-config-insecure", in: rig)
      rig.pass(12)
      try await replay("bootstrap-too-early", in: rig)
      rig.pass(10)
      for name in [
        "configured-machinestatus", "configured-insecure-apply", "service-before", "version", "version-short",
        "bootstrap",
        "bootstrap-again",
      ] { try await replay(name, in: rig) }
      rig.pass(15)
      for name in ["service-etcd", "service-after", "members", "kubeconfig", "etcd-snapshot"] {
        try await replay(name, in: rig)
      }
    }
  }

  @Test func `a machine whose node is ready`() async throws {
    try await withTemporaryFolder { folder in
      let rig = try rig(folder)
      try await rig.bringUp(Self.address)
      rig.pass(300)
      try await replay("machinestatus-ready", in: rig)
      try await replay("machinestatus-table", in: rig)
      // The recorded machine was a stand-in that ended the checks after the first.
      try await replay("health", in: rig, allowsMore: true)
      try await replay("health-server", in: rig, allowsMore: true)
    }
  }

  /// The real talosctl finds a kind by the lower-case plural or singular of its type (recorded for these two), so that
  /// the one kind that no recording asks for is held against the type in Talos's sources.
  @Test func `a kind is asked for by the name of its type`() throws {
    for (name, word) in [("maintenance-machinestatus", "machinestatus"), ("members", "members")] {
      let recording = try Recording("talosctl-v1.13.9/\(name).txt")
      let metadata = try JSONValue(parsing: recording.output.standardOutput)["metadata"]
      #expect(recording.command.contains("get \(word) "))
      let kind = try #require(TalosResourceKind(word))
      #expect(metadata?["type"] == .string(kind.type) && metadata?["namespace"] == .string(kind.namespace))
    }
    let call = Talosctl(talosconfig: "t").nodeAnnotation("zerotouch.dev/renewed", IPAddress(10, 0, 0, 10))
    let asked = try #require(call.arguments.firstIndex(of: "get")) + 1
    #expect(TalosResourceKind(call.arguments[asked])?.type == "NodeAnnotationSpecs.k8s.talos.dev")
  }

  @Test func `every recording is replayed or was cut short by the stand-in behind it`() throws {
    // Their recorded answers say that the machine behind the real API lacked a method.
    for name in ["etcd-members", "reset"] {
      #expect(try Recording("talosctl-v1.13.9/\(name).txt").output.errorText.contains("not implemented"))
    }
  }
}
