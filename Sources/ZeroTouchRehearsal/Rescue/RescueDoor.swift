import ZeroTouchModel
import ZeroTouchWorld

/// Plays `ssh` to the rescue systems of the world's machines.
package struct RescueDoor: ShimResponder {
  package init() {}

  package func answer(_ call: ShimCall, host: WorldHost) async -> ShimReply {
    let line: SSHCommandLine
    switch SSHCommandLine.read(call.arguments) {
    case .version: return ShimReply(standardError: "OpenSSH_9.2p1 Debian-2+deb12u7, OpenSSL 3.0.17 1 Jul 2025\n")
    case .invalid(let text): return ShimReply(standardError: text, status: 255)
    case .connect(let parsed): line = parsed
    }
    guard let address = IPAddress(line.host) else {
      return Self.failure("ssh: Could not resolve hostname \(line.host): Name or service not known")
    }
    // OpenSSH's `ConnectTimeout`, as the command lines here set it.
    _ = await host.wait(atMost: .seconds(10)) { !$0.isSilent(at: address) }
    let outcome = await host.withWorld { world -> RescueShell.Outcome in
      guard let problem = Self.problem(address, line, world) else {
        return RescueShell(call: call, line: line, address: address).run(&world)
      }
      return .reply(Self.failure(problem))
    }
    switch outcome {
    case .reply(let reply): return reply
    case .writing(let reply, let writer): return await Self.afterWriting(reply, by: writer, address, host)
    }
  }

  /// A script that writes a disk ends when the disk is written, or when a later one ends it.
  private static func afterWriting(
    _ reply: ShimReply, by writer: Int, _ address: IPAddress, _ host: WorldHost
  ) async -> ShimReply {
    let isOver = await host.wait { world in
      guard let machine = world.machines[address], machine.writers == writer else { return true }
      if case .writingImage = machine.state { return false }
      return true
    }
    guard isOver else { return ShimReply(status: 255) }
    return await host.withWorld { $0.machines[address]?.writers == writer } ? reply : ShimReply(status: 143)
  }

  /// Why no shell comes about.
  private static func problem(_ address: IPAddress, _ line: SSHCommandLine, _ world: World) -> String? {
    guard let machine = world.machines[address], machine.isReachable else {
      return "ssh: connect to host \(line.host) port \(line.port): Connection timed out"
    }
    if case .off = machine.state { return "ssh: connect to host \(line.host) port \(line.port): No route to host" }
    if line.port != 22, isListening(on: line.port, machine, world) {
      return "kex_exchange_identification: banner line contains invalid characters"
    }
    guard machine.answersSSH, line.port == 22 else {
      return "ssh: connect to host \(line.host) port \(line.port): Connection refused"
    }
    let mayEnter =
      machine.defect != .locked && line.user == "root" && line.options["preferredauthentications"] != "none"
    return mayEnter ? nil : "\(line.user)@\(line.host): Permission denied (publickey,password)."
  }

  /// Whether something other than ssh listens; a server of TLS answers ssh's greeting with an alert.
  private static func isListening(on port: Int, _ machine: Machine, _ world: World) -> Bool {
    switch port {
    case 50000: machine.answersTalos
    case 6443: world.isServing && machine.installation?.etcd.isMember == true
    default: false
    }
  }

  private static func failure(_ text: String) -> ShimReply { ShimReply(standardError: text + "\r\n", status: 255) }
}
