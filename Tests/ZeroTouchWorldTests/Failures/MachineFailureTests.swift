import TestSupport
import Testing
import ZeroTouchDiagnosis
import ZeroTouchModel
import ZeroTouchTools

/// What machines say through talosctl, in its own words, and what is made of that.
struct MachineFailureTests {
  /// The failures that are provoked here.
  static let provoked: Set<String> = [
    "two-etcd-clusters", "etcd-not-bootstrapped", "other-authority", "talos-does-not-answer", "time-not-in-sync",
    "etcd-member-lost", "etcd-majority-lost",
  ]

  private static let refused =
    "error getting version: rpc error: code = Unavailable desc = connection error: desc = \"transport: Error while "
    + "dialing: dial tcp 203.0.113.10:50000: connect: connection refused\""
  private static let unknown =
    "rpc error: code = Unavailable desc = connection error: desc = \"transport: authentication handshake failed: tls: "
    + "failed to verify certificate: x509: certificate signed by unknown authority\""

  /// Two control planes that answer talosctl by what stands behind their addresses.
  private func diagnosis(
    _ answer: @escaping @Sendable (_ words: String, _ isFirst: Bool) -> ToolOutput
  ) async -> Diagnosis {
    let tools = ScriptedToolRunner { invocation throws(ToolError) in
      let words = invocation.arguments.dropFirst(6).joined(separator: " ")
      return answer(words, invocation.arguments.contains("203.0.113.10"))
    }
    let nodes = [10, 11].map { number in
      Node(name: "cp\(number)", role: .controlPlane, address: IPAddress(203, 0, 113, UInt8(number)))
    }
    let examined = await Examiner(tools: tools, clock: ManualClock()).examine(
      ExaminedCluster(name: "demo", kubectl: nil, talosctl: Talosctl(talosconfig: "/state/talosconfig"), nodes: nodes))
    #expect(tools.mutations.isEmpty)
    return Diagnosis(of: examined)
  }

  private static func status(_ stage: String, _ unmet: String = "[]") -> ToolOutput {
    .printing(#"{"spec": {"stage": "\#(stage)", "status": {"ready": false, "unmetConditions": \#(unmet)}}}"#)
  }

  private static func services(_ etcd: String) -> ToolOutput {
    .printing(
      """
      NODE           SERVICE   STATE       HEALTH   LAST CHANGE   LAST EVENT
      203.0.113.10   kubelet   Running     OK        ago          <none>
      203.0.113.10   etcd      \(etcd)    ago          <none>

      """)
  }

  private static func members(_ id: String) -> ToolOutput {
    .printing(
      """
      NODE           ID        HOSTNAME   PEER URLS                   CLIENT URLS                 LEARNER
      203.0.113.10   \(id)   cp         https://203.0.113.10:2380   https://203.0.113.10:2379   false

      """)
  }

  @Test func `control planes whose etcds do not know each other are two clusters`() async {
    let found = await diagnosis { words, isFirst in
      if words.contains("machinestatus") { return Self.status("running") }
      return words.contains("members")
        ? Self.members(isFirst ? "aaaaaa" : "bbbbbb") : Self.services("Running     OK   ")
    }
    #expect(found.causes.map(\.failure.id) == ["two-etcd-clusters"], "\(found.text)")
  }

  @Test func `a member whose machine is silent is counted by the others`() async {
    let found = await diagnosis { words, isFirst in
      guard isFirst else { return .failing(Self.refused) }
      if words.contains("machinestatus") { return Self.status("running") }
      guard words.contains("members") else { return Self.services("Running     OK   ") }
      return .printing(
        """
        NODE           ID        HOSTNAME   PEER URLS                   CLIENT URLS                 LEARNER
        203.0.113.10   aaaaaa    cp10       https://203.0.113.10:2380   https://203.0.113.10:2379   false
        203.0.113.10   bbbbbb    cp11       https://203.0.113.11:2380   https://203.0.113.11:2379   false

        """)
    }
    #expect(found.causes.map(\.failure.id) == ["talos-does-not-answer", "etcd-member-lost"], "\(found.text)")
    #expect(found.text.contains("member cp11: it is counted as a member of etcd, and its machine does not answer"))
    #expect(found.text.contains("zerotouch replace NAME"))
  }

  @Test func `an etcd without a leader has lost its majority, and the way out is named`() async {
    let found = await diagnosis { words, isFirst in
      guard isFirst else { return .failing(Self.refused) }
      if words.contains("machinestatus") { return Self.status("running") }
      return words.contains("members")
        ? .failing(
          "error getting members: 1 error occurred:\n\t* 203.0.113.10: rpc error: code = Unknown desc = "
            + "etcdserver: no leader\n\n") : Self.services("Running     Fail ")
    }
    #expect(found.causes.map(\.failure.id) == ["talos-does-not-answer", "etcd-majority-lost"], "\(found.text)")
    #expect(found.text.contains("zerotouch rebuild --confirm CLUSTER"))
  }

  @Test func `etcd that prepares itself was never bootstrapped`() async {
    let found = await diagnosis { words, _ in
      words.contains("machinestatus") ? Self.status("booting") : Self.services("Preparing   Fail ")
    }
    #expect(found.causes.map(\.failure.id) == ["etcd-not-bootstrapped"], "\(found.text)")
  }

  @Test func `a machine that knows nobody of ours is in maintenance mode, or another cluster's`() async {
    let found = await diagnosis { _, isFirst in isFirst ? .failing(Self.unknown) : Self.status("running") }
    #expect(found.causes.map(\.failure.id) == ["other-authority"], "\(found.text)")
  }

  @Test func `a machine that does not listen is not up`() async {
    let found = await diagnosis { _, isFirst in isFirst ? .failing(Self.refused) : Self.status("running") }
    #expect(found.causes.map(\.failure.id) == ["talos-does-not-answer"], "\(found.text)")
  }

  @Test func `a machine without the time says so in its status`() async {
    let found = await diagnosis { words, _ in
      words.contains("machinestatus")
        ? Self.status("booting", #"[{"name": "time", "reason": "time is not synced"}]"#)
        : Self.services("Waiting     Fail ")
    }
    #expect(found.causes.map(\.failure.id) == ["time-not-in-sync"], "\(found.text)")
  }
}
