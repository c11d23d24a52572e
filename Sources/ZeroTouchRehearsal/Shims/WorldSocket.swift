import Foundation
import NIOCore
import NIOPosix

/// The world's end of its Unix socket: plays the tools that reach machines, says how it is, and stops.
struct WorldSocket: Sendable {
  typealias Connection = NIOAsyncChannel<ByteBuffer, ByteBuffer>

  let path: String
  let host: WorldHost
  /// Who plays which tool, by name.
  let responders: [String: any ShimResponder]
  let speed: Double
  let stop: @Sendable () -> Void

  /// Answers until the task is cancelled; `whenReady` is called once programs can connect.
  func serve(whenReady: () throws -> Void) async throws {
    let open = OpenChannels()
    let listener = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
      .bind(unixDomainSocketPath: path, cleanupExistingSocketFile: true) { channel in
        open.add(channel)
        return channel.eventLoop.makeCompletedFuture { try Connection(wrappingChannelSynchronously: channel) }
      }
    try await withTaskCancellationHandler {
      try await listener.executeThenClose { connections in
        guard chmod(path, 0o600) == 0 else { throw WorldError.system("chmod \(path)", errno) }
        try whenReady()
        try await withThrowingDiscardingTaskGroup { group in
          for try await connection in connections { group.addTask { await converse(connection) } }
          open.closeAll()
        }
      }
    } onCancel: {
      listener.channel.close(promise: nil)
      open.closeAll()
    }
  }

  /// Answers one program; what goes wrong with it concerns nobody else.
  private func converse(_ connection: Connection) async {
    try? await connection.executeThenClose { inbound, outbound in
      var reader = FrameReader()
      for try await bytes in inbound {
        reader.append(bytes.readableBytesView)
        do {
          guard let question = try reader.next(WorldQuestion.self) else { continue }
          try await answer(question, connection.channel, outbound)
        } catch let error as WorldError {
          try await outbound.write(.refused("\(error)"))
        }
        break
      }
    }
  }

  private func answer(
    _ question: WorldQuestion, _ channel: any Channel, _ outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
  ) async throws {
    switch question {
    case .status: try await outbound.write(.status(host.status(speed: speed)))
    case .stop:
      try await outbound.write(.stopping)
      stop()
    case .call(let call):
      guard let responder = responders[call.program] else {
        return try await outbound.write(.refused("no tool `\(call.program)` is simulated"))
      }
      try await play(call, by: responder, channel, outbound)
    }
  }

  /// Plays a tool; a program that goes away cancels its call.
  private func play(
    _ call: ShimCall, by responder: any ShimResponder, _ channel: any Channel,
    _ outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
  ) async throws {
    let answers = Signals<WorldAnswer>()
    channel.closeFuture.whenComplete { _ in answers.end() }
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        let reply = await responder.answer(call, host: host) { answers.send(.output($0)) }
        answers.send(.ended(reply))
        answers.end()
      }
      defer { group.cancelAll() }
      for await answer in answers.stream { try await outbound.write(answer) }
    }
  }
}

extension NIOAsyncChannelOutboundWriter<ByteBuffer> {
  fileprivate func write(_ answer: WorldAnswer) async throws {
    try await write(ByteBuffer(bytes: try Data(framing: answer)))
  }
}
