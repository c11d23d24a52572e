/// Plays a tool that reaches machines: says what it would print and how it would end.
///
/// The task is cancelled when the program was ended by whoever started it.
package protocol ShimResponder: Sendable {
  func answer(_ call: ShimCall, host: WorldHost) async -> ShimReply
  /// The same for calls that print while they run.
  func answer(
    _ call: ShimCall, host: WorldHost, printing print: @escaping @Sendable (ShimOutput) -> Void
  ) async -> ShimReply
}

extension ShimResponder {
  package func answer(
    _ call: ShimCall, host: WorldHost, printing print: @escaping @Sendable (ShimOutput) -> Void
  ) async -> ShimReply {
    await answer(call, host: host)
  }
}
