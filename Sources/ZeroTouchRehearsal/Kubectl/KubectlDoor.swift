import Foundation

/// Plays `kubectl` without a process: carries out the command lines of the pipeline on the world's API, with the
/// requests that the real program makes and in its own words. A command it does not know is an error.
package struct KubectlDoor: ShimResponder {
  package init() {}

  package func answer(_ call: ShimCall, host: WorldHost) async -> ShimReply {
    await answer(call, host: host, printing: { _ in })
  }

  package func answer(
    _ call: ShimCall, host: WorldHost, printing print: @escaping @Sendable (ShimOutput) -> Void
  ) async -> ShimReply {
    do {
      let line = try KubectlCommandLine(call.arguments)
      return try await KubectlSession(call: call, line: line, host: host, show: print).run()
    } catch {
      let failure = error as? CallFailure ?? CallFailure("error: \(error)")
      return ShimReply(standardOutput: failure.output, standardError: "\(failure.message)\n", status: 1)
    }
  }
}
