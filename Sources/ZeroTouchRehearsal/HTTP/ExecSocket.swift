import Foundation
import NIOCore
import NIOWebSocket
import ZeroTouchModel
import ZeroTouchWorld

/// Tells a client over WebSocket what a command in a container printed and how it ended.
///
/// Binary messages whose first byte names the channel, as the API server and kubectl agreed on. What the
/// client sends on standard input is read until it ends and goes nowhere: the command has run already.
/// The answer waits for that end where it can be seen, because kubectl complains when it may not finish.
struct ExecSocket {
  private enum Channel {
    static let standardInput: UInt8 = 0
    static let standardOutput: UInt8 = 1
    static let standardError: UInt8 = 2
    static let status: UInt8 = 3
    static let end: UInt8 = 255
  }

  /// How long the end of standard input is waited for; at a terminal it may never come.
  private static let inputPatience = Duration.seconds(1)
  /// How long a client that has heard everything may take to hang up.
  private static let patience = Duration.seconds(5)
  private static let largestMessage = 32 << 10

  let outcome: ExecOutcome
  let handshake: ExecHandshake
  let clock: any Clock<Duration>

  func run(on channel: NIOAsyncChannel<WebSocketFrame, WebSocketFrame>) async throws {
    let input = Signals<Never>()
    if !handshake.awaitsEndOfInput { input.end() }
    try await channel.executeThenClose { inbound, outbound in
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask {
          defer { input.end() }
          try await drain(inbound, outbound, input)
        }
        group.addTask {
          for await _ in input.stream {}
          try await tell(outbound)
          try await clock.sleep(for: Self.patience)
        }
        group.addTask {
          try await clock.sleep(for: Self.inputPatience)
          input.end()
          try await clock.sleep(for: Self.patience)
        }
        defer { group.cancelAll() }
        try await group.next()
      }
    }
  }

  private func tell(_ outbound: NIOAsyncChannelOutboundWriter<WebSocketFrame>) async throws {
    try await write(outcome.standardOutput, on: Channel.standardOutput, outbound)
    try await write(outcome.standardError, on: Channel.standardError, outbound)
    try await outbound.write(message(Channel.status, status.encoded()))
    var code = ByteBuffer()
    code.write(webSocketErrorCode: .normalClosure)
    try await outbound.write(WebSocketFrame(fin: true, opcode: .connectionClose, data: code))
  }

  private func write(
    _ text: String, on channel: UInt8, _ outbound: NIOAsyncChannelOutboundWriter<WebSocketFrame>
  ) async throws {
    var rest = Data(text.utf8)[...]
    while !rest.isEmpty {
      try await outbound.write(message(channel, rest.prefix(Self.largestMessage)))
      rest = rest.dropFirst(Self.largestMessage)
    }
  }

  private func message(_ channel: UInt8, _ bytes: some Sequence<UInt8>) -> WebSocketFrame {
    var data = ByteBuffer(bytes: [channel])
    data.writeBytes(bytes)
    return WebSocketFrame(fin: true, opcode: .binary, data: data)
  }

  /// Reads what the client sends until it closes its side.
  private func drain(
    _ inbound: NIOAsyncChannelInboundStream<WebSocketFrame>,
    _ outbound: NIOAsyncChannelOutboundWriter<WebSocketFrame>, _ input: Signals<Never>
  ) async throws {
    for try await frame in inbound {
      switch frame.opcode {
      case .connectionClose: return
      case .ping: try await outbound.write(WebSocketFrame(fin: true, opcode: .pong, data: frame.unmaskedData))
      case .binary where Array(frame.unmaskedData.readableBytesView) == [Channel.end, Channel.standardInput]:
        input.end()
      default: continue
      }
    }
  }

  private var status: JSONValue {
    guard outcome.status != 0 else { return ["metadata": [:], "status": "Success"] }
    let message = "command terminated with non-zero exit code: exit status \(outcome.status)"
    return [
      "metadata": [:], "status": "Failure", "message": .string(message), "reason": "NonZeroExitCode",
      "details": ["causes": [["reason": "ExitCode", "message": .string(String(outcome.status))]]],
    ]
  }
}
