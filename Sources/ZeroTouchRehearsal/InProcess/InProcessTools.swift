import Foundation
import ZeroTouchModel
package import ZeroTouchTools

/// Answers the pipeline's command lines on a world in this very process: what reaches a cluster or a machine is played
/// here, and what only works on files goes to `local`.
package struct InProcessTools: ToolRunner {
  private let host: WorldHost
  private let clock: any Clock<Duration>
  private let local: any ToolRunner
  private let responders: [String: any ShimResponder] = [
    "kubectl": KubectlDoor(), "ssh": RescueDoor(), "talosctl": TalosDoor(),
  ]

  package init(host: WorldHost, clock: any Clock<Duration>, local: any ToolRunner) {
    self.host = host
    self.clock = clock
    self.local = local
  }

  package func run(
    _ invocation: ToolInvocation, observing: @escaping @Sendable (OutputChunk) -> Void
  ) async throws(ToolError) -> ToolOutput {
    guard !Task.isCancelled else { throw .cancelled(invocation) }
    guard let responder = responder(for: invocation) else {
      return try await local.run(invocation, observing: observing)
    }
    let call = try Self.call(for: invocation)
    let reply = await withTaskGroup(of: ShimReply?.self) { [host, clock] group in
      group.addTask { await responder.answer(call, host: host) { observing(OutputChunk($0)) } }
      if let deadline = invocation.deadline {
        group.addTask {
          try? await clock.sleep(for: deadline)
          return nil
        }
      }
      defer { group.cancelAll() }
      return await group.next().flatMap(\.self)
    }
    if Task.isCancelled { throw .cancelled(invocation) }
    guard let reply else { throw .timedOut(invocation, after: invocation.deadline ?? .zero) }
    return ToolOutput(reply, of: invocation)
  }

  /// Who plays the program; nobody where it asks neither a cluster nor a machine.
  private func responder(for invocation: ToolInvocation) -> (any ShimResponder)? {
    if invocation.tool == "kubectl", invocation.arguments.first != "--kubeconfig" { return nil }
    return responders[invocation.tool]
  }

  private static func call(for invocation: ToolInvocation) throws(ToolError) -> ShimCall {
    var call = ShimCall(
      program: invocation.tool, arguments: invocation.arguments, environment: invocation.environment)
    switch invocation.input {
    case .none: break
    case .text(let text): call.standardInput = Data(text.utf8)
    case .secret(let secret): call.standardInput = secret.exposed
    case .file(let path):
      guard let contents = FileManager.default.contents(atPath: path) else {
        throw .notStarted(invocation, reason: "its input `\(path)` could not be opened: no such file or directory")
      }
      call.standardInput = contents
    }
    return call
  }
}

extension OutputChunk {
  fileprivate init(_ output: ShimOutput) {
    switch output {
    case .standardOutput(let data): self = .standardOutput(data)
    case .standardError(let data): self = .standardError(data)
    }
  }
}

extension ToolOutput {
  /// A watch is only observed, so its output is not collected.
  fileprivate init(_ reply: ShimReply, of invocation: ToolInvocation) {
    self.init(
      status: reply.status, standardOutput: invocation.deadline == nil ? Data() : reply.standardOutput,
      standardError: reply.standardError)
  }
}
