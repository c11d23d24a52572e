import ZeroTouchModel
import ZeroTouchWorld

/// Plays `talosctl`: answers its command lines on the machines of the world, in its own words and exit statuses.
package struct TalosDoor: ShimResponder {
  package init() {}

  package func answer(_ call: ShimCall, host: WorldHost) async -> ShimReply {
    let line: TalosCommandLine
    do { line = try TalosCommandLine(call.arguments) } catch { return Self.refusal(error) }
    if line.has("help") { return ShimReply(standardOutput: "\(line.command.summary)\n\n\(line.command.usage)") }
    let kubeconfig = host.kubeconfig
    if line.command.words == ["health"] { return await TalosHealth(call: call, line: line).answer(host) }
    await Self.dial(TalosSession(call: call, line: line, kubeconfig: kubeconfig), host)
    return await host.withWorld { Self.answer(call, line, kubeconfig: kubeconfig, world: &$0) }
  }

  /// Connects as talosctl does: for 20 s, as long as nobody answers, not even to refuse.
  private static func dial(_ session: TalosSession, _ host: WorldHost) async {
    let dialled = session.dialled
    let meetsSilence = await host.withWorld { world in dialled.contains { world.isSilent(at: $0) } }
    guard meetsSilence else { return }
    _ = await host.wait(atMost: .seconds(20)) { world in dialled.allSatisfy { !world.isSilent(at: $0) } }
  }

  /// Answers in the world as it is at this moment.
  static func answer(_ call: ShimCall, _ line: TalosCommandLine, kubeconfig: String, world: inout World) -> ShimReply {
    let session = TalosSession(call: call, line: line, kubeconfig: kubeconfig)
    do { return try session.run(&world) } catch { return session.reply(to: error) }
  }

  private static func refusal(_ error: TalosCommandLine.UsageError) -> ShimReply {
    guard !error.message.isEmpty else { return ShimReply(standardOutput: error.usage) }
    return ShimReply(standardError: "\(error.message)\n\n\(error.usage)\n", status: 1)
  }
}
