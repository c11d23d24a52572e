import ZeroTouchModel
import ZeroTouchWorld

/// `talosctl health`: waits for one condition after the other and says so.
struct TalosHealth: Sendable {
  let call: ShimCall
  let line: TalosCommandLine

  /// A condition and whether it holds; nil skips it.
  struct Check: Sendable {
    let name: String
    let holds: @Sendable (World, [Machine]) -> Bool?
  }

  func answer(_ host: WorldHost) async -> ShimReply {
    let session = TalosSession(call: call, line: line, kubeconfig: host.kubeconfig)
    let opened = await host.withWorld { world -> Result<IPAddress, CallFailure> in
      do throws(CallFailure) { return .success(try session.target(world)) } catch { return .failure(error) }
    }
    switch opened {
    case .failure(let failure): return session.reply(to: failure)
    case .success(let node): return await check(node, host)
    }
  }

  private func check(_ node: IPAddress, _ host: WorldHost) async -> ShimReply {
    let names = await host.withWorld { world in world.discovered(by: node).map { "\"\($0.address)\"" } }
    var text = "discovered nodes: [\(names.joined(separator: " "))]\n"
    let deadline = await host.withWorld { $0.now } + timeout
    for check in Self.checks {
      text += "waiting for \(check.name): ...\n"
      switch await outcome(of: check, node, host, deadline) {
      case .some(true): text += "waiting for \(check.name): OK\n"
      case nil: text += "waiting for \(check.name): SKIP\n"
      case .some(false):
        let error = "healthcheck error: rpc error: code = DeadlineExceeded desc = context deadline exceeded\n"
        // Ended by a signal, the real program swallows the cancellation and exits with 0.
        return Task.isCancelled ? ShimReply(standardError: text) : ShimReply(standardError: text + error, status: 1)
      }
    }
    return ShimReply(standardError: text)
  }

  /// Looks until the condition holds or the time is over.
  private func outcome(of check: Check, _ node: IPAddress, _ host: WorldHost, _ deadline: Duration) async -> Bool? {
    let look: @Sendable (World) -> Bool? = { world in check.holds(world, world.discovered(by: node)) }
    let first = await host.withWorld { look($0) }
    guard first == false else { return first }
    return await withTaskGroup(of: Bool.self) { group in
      group.addTask { await host.wait { look($0) != false } }
      group.addTask {
        let now = await host.withWorld { $0.now }
        try? await host.sleep(virtual: max(deadline - now, .zero))
        return false
      }
      defer { group.cancelAll() }
      return await group.next() ?? false
    }
  }

  private var timeout: Duration { line.value("wait-timeout").flatMap(Self.duration) ?? .seconds(1200) }

  /// Reads Go's notation of durations: `20m`, `1h30m`, `15s`, `500ms`.
  static func duration(_ text: String) -> Duration? {
    var rest = text[...]
    var total = Duration.zero
    while !rest.isEmpty {
      let digits = rest.prefix { $0.isNumber || $0 == "." }
      rest = rest.dropFirst(digits.count)
      let unit = rest.prefix { $0.isLetter }
      rest = rest.dropFirst(unit.count)
      let units = ["ms": 0.001, "s": 1, "m": 60, "h": 3600]
      guard let number = Double(digits), let seconds = units[String(unit)] else { return nil }
      total += .seconds(number * seconds)
    }
    return total
  }
}
