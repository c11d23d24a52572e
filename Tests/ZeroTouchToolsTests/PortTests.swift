import Foundation
import Synchronization
import TestSupport
import Testing
import ZeroTouchModel
import ZeroTouchTools

struct PortTests {
  private static let node = Node(name: "cp01", role: .controlPlane, address: IPAddress(203, 0, 113, 10))

  @Test func `a port is tried without logging in, without a trace and within a bound`() {
    let knock = SSH.knock(at: IPAddress(203, 0, 113, 10), port: 50000, within: 3)
    #expect(
      knock.description
        == "ssh -F /dev/null -o BatchMode=yes -o ConnectTimeout=3 -o ConnectionAttempts=1 "
        + "-o PreferredAuthentications=none -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null "
        + "-o GlobalKnownHostsFile=/dev/null -o LogLevel=ERROR -p 50000 root@203.0.113.10 -- true")
    #expect(knock.deadline == .seconds(13))
    #expect(knock.effect == .reads)
  }

  @Test(arguments: [
    ("ssh: connect to host 203.0.113.10 port 50000: Connection refused", PortState.closed),
    ("ssh: connect to host 203.0.113.10 port 50000: Connection timed out", .filtered),
    ("ssh: connect to host 203.0.113.10 port 50000: Operation timed out", .filtered),
    ("ssh: connect to host 2001:db8::1 port 22: No route to host", .unreachable("No route to host")),
    ("Connection timed out during banner exchange\r\nConnection to 203.0.113.10 port 50000 timed out", .open),
    ("kex_exchange_identification: banner line contains invalid characters", .open),
    ("kex_exchange_identification: read: Connection reset by peer", .open),
    ("root@203.0.113.10: Permission denied (publickey,password).", .open),
    ("Bad configuration option: x", .untried("Bad configuration option: x")),
  ])
  func `ssh's own words say what a port is`(words: String, state: PortState) {
    #expect(PortState(.success(.failing(words + "\r\n", status: 255))) == state)
  }

  @Test func `a program that is still connected after its bound found something, a missing one found nothing`() {
    let knock = SSH.knock(at: IPAddress(203, 0, 113, 10), port: 22, within: 3)
    #expect(PortState(.failure(.timedOut(knock, after: .seconds(13)))) == .untried("ssh did not end within 13s"))
    #expect(PortState(.failure(.notFound(tool: "ssh"))) == .untried("`ssh` was not found on PATH"))
  }

  private func problems(_ ssh: PortState, _ talos: PortState, _ kubernetes: PortState) -> [String] {
    MachinePorts(Self.node, [.ssh: ssh, .talos: talos, .kubernetes: kubernetes]).verdicts.compactMap {
      $0.problem?.message
    }
  }

  @Test func `a machine in its rescue system, in maintenance and in a cluster is as it should be`() {
    #expect(problems(.open, .closed, .closed) == [])
    #expect(problems(.closed, .open, .closed) == [])
    #expect(problems(.filtered, .open, .open) == [])
  }

  @Test func `what keeps a bootstrap from a machine is named once, with the port`() {
    #expect(problems(.filtered, .filtered, .filtered) == ["nothing of `cp01` answers at 203.0.113.10"])
    let noRoute = PortState.unreachable("No route to host")
    #expect(problems(noRoute, noRoute, noRoute) == ["nothing of `cp01` answers at 203.0.113.10 (No route to host)"])
    #expect(
      problems(.closed, .closed, .closed) == ["`cp01` is on, but neither a rescue system nor Talos runs on it"])
    #expect(problems(.open, .filtered, .closed) == ["something on the way to `cp01` drops what goes to port 50000/tcp"])
    #expect(problems(.closed, .open, .filtered) == ["something on the way to `cp01` drops what goes to port 6443/tcp"])
  }

  @Test func `workers are asked for no Kubernetes API, and the verdicts keep the order of the machines`() async {
    let worker = Node(name: "worker01", role: .worker, address: IPAddress(203, 0, 113, 20))
    let tools = ScriptedToolRunner { _ in .failing("ssh: connect to host x port 1: Connection refused", status: 255) }
    let verdicts = await PortInspection(by: tools, width: 2).verdicts(on: [Self.node, worker])
    #expect(
      verdicts.map { "\($0.node.name) \($0.port.number)" } == [
        "cp01 22/tcp", "cp01 50000/tcp", "cp01 6443/tcp", "worker01 22/tcp", "worker01 50000/tcp",
      ])
    #expect(tools.invocations.count == 5)
  }

  @Test func `as many programs run at once as the width allows, and no more`() async throws {
    let counts = Mutex((now: 0, most: 0))
    let clock = ManualClock()
    let tools = ScriptedToolRunner { _ in
      counts.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1)) }
      try? await clock.sleep(for: .seconds(1))
      counts.withLock { $0.now -= 1 }
      return .failing("ssh: connect to host x port 1: Connection refused", status: 255)
    }
    let nodes = (1...40).map { Node(name: "n\($0)", role: .worker, address: IPAddress(10, 0, 0, UInt8($0))) }
    _ = try await clock.running { await PortInspection(by: tools, width: 4).verdicts(on: nodes) }
    #expect(counts.withLock { $0.most } == 4)
    #expect(tools.invocations.count == 80)
  }

  private static let hasSSH = (try? ExecutableSearch(directories: ["/usr/bin", "/bin"]).path(of: "ssh")) != nil

  @Test(.enabled(if: hasSSH, "no ssh is installed here"))
  func `the real ssh tells a listening socket from a closed port`() async throws {
    let listener = try LoopbackSocket()
    let runner = SubprocessToolRunner(
      environment: ToolEnvironment(inheriting: ["PATH": "/usr/bin:/bin"]), clock: ContinuousClock())
    let loopback = IPAddress(127, 0, 0, 1)
    func knock(_ port: Int) -> ToolInvocation {
      var knock = SSH.knock(at: loopback, port: port, within: 3)
      knock.deadline = .seconds(120)
      return knock
    }
    let open = try await runner.run(knock(listener.port))
    #expect(PortState(.success(open)) == .open, "\(open.errorText)")
    // A port that is taken, so that no other test can listen there, and that nobody listens at.
    let silent = try LoopbackSocket(listens: false)
    let closed = try await runner.run(knock(silent.port))
    #expect(PortState(.success(closed)) == .closed, "\(closed.errorText)")
  }
}
