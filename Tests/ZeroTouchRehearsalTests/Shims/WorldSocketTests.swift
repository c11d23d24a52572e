import Foundation
import Synchronization
import TestSupport
import Testing
import ZeroTouchWorld

@testable import ZeroTouchRehearsal

/// Prints twice and ends; `wait` runs until it is cancelled.
private final class ScriptedTool: ShimResponder {
  private let cancellations = Mutex(0)
  private let calls = Mutex<[ShimCall]>([])

  var cancelled: Int { cancellations.withLock { $0 } }
  var seen: [ShimCall] { calls.withLock { $0 } }

  func answer(_ call: ShimCall, host: WorldHost) async -> ShimReply { ShimReply(status: 99) }

  func answer(
    _ call: ShimCall, host: WorldHost, printing print: @escaping @Sendable (ShimOutput) -> Void
  ) async -> ShimReply {
    calls.withLock { $0.append(call) }
    print(.standardOutput("one\n"))
    if call.arguments == ["wait"] {
      _ = await host.wait { _ in false }
      cancellations.withLock { $0 += 1 }
    }
    print(.standardError("two\n"))
    return ShimReply(standardOutput: "three\n", status: 7)
  }
}

struct WorldSocketTests {
  private func open<Value: Sendable>(
    _ tool: ScriptedTool, during work: (OpenWorld, String) async throws -> Value
  ) async throws -> Value {
    try await withTemporaryFolder { folder in
      try await OpenWorld.open { world in
        let path = folder + "/s"
        let socket = WorldSocket(
          path: path, host: world.host, responders: ["talosctl": tool], speed: 2, stop: {})
        return try await withThrowingTaskGroup(of: Void.self) { group in
          let ready = Signals<Never>()
          group.addTask { try await socket.serve { ready.end() } }
          defer { group.cancelAll() }
          for await _ in ready.stream {}
          return try await work(world, path)
        }
      }
    }
  }

  private func ask(_ question: WorldQuestion, at path: String) async throws -> [WorldAnswer] {
    let client = try await SocketClient.connect(to: path)
    try await client.send(try Data(framing: question))
    var reader = FrameReader()
    reader.append(try await client.receive { _ in false })
    var answers: [WorldAnswer] = []
    while let answer = try reader.next(WorldAnswer.self) { answers.append(answer) }
    return answers
  }

  @Test func `a tool's output comes in its order and ends with its status`() async throws {
    let tool = ScriptedTool()
    let call = ShimCall(
      program: "talosctl", arguments: ["-n", "10.0.0.1", "a b"], standardInput: Data([0, 200]), directory: "/here")
    try await open(tool) { _, path in
      let answers = try await ask(.call(call), at: path)
      #expect(
        answers == [
          .output(.standardOutput("one\n")), .output(.standardError("two\n")),
          .ended(ShimReply(standardOutput: "three\n", status: 7)),
        ])
      #expect(tool.seen == [call])
    }
  }

  @Test func `a tool nobody plays is refused by name`() async throws {
    try await open(ScriptedTool()) { _, path in
      let answers = try await ask(.call(ShimCall(program: "scp", arguments: [])), at: path)
      #expect(answers == [.refused("no tool `scp` is simulated")])
    }
  }

  @Test func `a program that goes away cancels its call`() async throws {
    let tool = ScriptedTool()
    try await open(tool) { world, path in
      let client = try await SocketClient.connect(to: path)
      try await client.send(
        try Data(framing: WorldQuestion.call(ShimCall(program: "talosctl", arguments: ["wait"]))))
      _ = try await client.receive(until: "output")
      #expect(tool.cancelled == 0)
      client.shutdown()
      await world.settle { tool.cancelled == 1 }
      #expect(tool.cancelled == 1)
    }
  }

  @Test(arguments: ["\u{0}\u{0}\u{0}\u{2}{}", "garbage of any kind", "\u{7f}\u{7f}\u{7f}\u{7f}"])
  func `garbage is refused and the next program is answered`(bytes: String) async throws {
    try await open(ScriptedTool()) { _, path in
      let client = try await SocketClient.connect(to: path)
      try await client.send(bytes)
      #expect(try await client.receive(until: "refused").contains("refused"))
      guard case .status(let status) = try await ask(.status, at: path).first else {
        Issue.record("no status")
        return
      }
      #expect(status.speed == 2)
      #expect(status.isServing)
    }
  }

  @Test func `a stand-in is recognized by the name it is started under`() {
    #expect(ShimProgram(["/x y/bin/talosctl", "version"], environment: [:]) != nil)
    #expect(ShimProgram(["ssh"], environment: [:]) != nil)
    #expect(ShimProgram(["/usr/bin/zerotouch", "talosctl"], environment: [:]) == nil)
    #expect(ShimProgram([], environment: [:]) == nil)
  }
}
