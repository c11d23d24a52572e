import Foundation
import TestSupport
import Testing
import ZeroTouchModel
import ZeroTouchTools
import ZeroTouchWorld

@testable import ZeroTouchRehearsal

struct WorldServerTests {
  private let scenario = Scenario(
    name: "demo",
    machines: [
      .init(name: "cp1", role: .controlPlane, address: "10.0.0.10"),
      .init(name: "w1", role: .worker, address: "10.0.0.20", state: .maintenance),
      .init(name: "w2", role: .worker, address: "10.0.0.21", delay: .seconds(60)),
    ], speed: 10, repository: "/nowhere", repoURL: "https://git.example/r.git")

  private let epoch = Date(timeIntervalSince1970: 1_800_000_000)

  /// Runs a world's process inside this one for as long as the work lasts.
  private func serve<Value: Sendable>(
    _ scenario: Scenario, in folder: String, during work: @escaping @Sendable (WorldClient) async throws -> Value
  ) async throws -> Value {
    let clock = ManualClock()
    let directory = WorldDirectory(folder)
    try directory.create()
    try directory.write(scenario, to: directory.scenario)
    let server = server(in: folder, clock)
    return try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await server.run(epoch: epoch) }
      defer { group.cancelAll() }
      try await Self.patiently { FileManager.default.fileExists(atPath: directory.record) }
      return try await work(WorldClient(directory: folder, clock: clock))
    }
  }

  /// Waits for files of a server that runs beside, which may have failed: a minute at most.
  private static func patiently(until isSo: () -> Bool) async throws {
    for _ in 0..<6000 where !isSo() { try await ContinuousClock().sleep(for: .milliseconds(10)) }
    try #require(isSo(), "the server neither started nor ended")
  }

  private func server(in folder: String, _ clock: ManualClock) -> WorldServer {
    let tools = ScriptedToolRunner { _ throws(ToolError) in .failing("no tool is to be started") }
    return WorldServer(directory: folder, executable: "/opt/zero touch/zerotouch", tools: tools, clock: clock)
  }

  private func permissions(_ path: String) throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
  }

  @Test(arguments: ["world", "a world with spaces", String(repeating: "long ", count: 30) + "end"])
  func `a world answers from any folder, to its owner only`(name: String) async throws {
    try await withTemporaryFolder(named: name) { folder in
      let socket = try await serve(scenario, in: folder) { client in
        let directory = client.directory
        let record = try directory.readRecord()
        #expect(try permissions(directory.path) == 0o700)
        #expect(try permissions(directory.record) == 0o600)
        #expect(try permissions(record.socket) == 0o600)
        #expect(try permissions(URL(filePath: record.socket).deletingLastPathComponent().path) == 0o700)
        #expect(record.socket.utf8.count < 104)
        for program in ["talosctl", "ssh"] {
          let target = try FileManager.default.destinationOfSymbolicLink(atPath: "\(directory.programs)/\(program)")
          #expect(target == "/opt/zero touch/zerotouch")
        }
        let status = try await SocketClient.beside { try client.status() }
        #expect(status.machines.map(\.name) == ["cp1", "w1", "w2"])
        #expect(status.machines.map(\.stage) == ["rescue", "maintenance", "off"])
        #expect(status.isServing == false)
        return record.socket
      }
      #expect(!FileManager.default.fileExists(atPath: socket))
      #expect(!FileManager.default.fileExists(atPath: WorldDirectory(folder).record))
    }
  }

  @Test func `a scenario without machines is a cluster that is ready`() async throws {
    var ready = scenario
    ready.machines = []
    try await withTemporaryFolder { folder in
      try await serve(ready, in: folder) { client in
        let status = try await SocketClient.beside { try client.status() }
        #expect(status.isServing)
      }
    }
  }

  @Test func `a world that is asked to stop ends and leaves no record`() async throws {
    try await withTemporaryFolder { folder in
      try await serve(scenario, in: folder) { client in
        let record = try client.directory.readRecord()
        let socket = try await SocketClient.connect(to: record.socket)
        try await socket.send(try Data(framing: WorldQuestion.stop))
        _ = try await socket.receiveAll()
        try await Self.patiently { !FileManager.default.fileExists(atPath: client.directory.record) }
        #expect(throws: WorldError.gone(directory: folder)) { try client.status() }
        try await client.stop()
      }
    }
  }

  @Test func `two worlds at once have their own everything`() async throws {
    try await withTemporaryFolder(named: "one") { first in
      try await withTemporaryFolder(named: "two") { second in
        try await serve(scenario, in: first) { [self] one in
          try await serve(scenario, in: second) { two in
            let (a, b) = (try one.directory.readRecord(), try two.directory.readRecord())
            #expect(a.port != b.port)
            #expect(a.prefix != b.prefix)
            #expect(a.socket != b.socket)
          }
        }
      }
    }
  }

  @Test func `a machine without an address is refused by name`() {
    var broken = scenario
    broken.machines[0].address = "ten"
    #expect(throws: WorldError.protocolViolated("`ten` of machine `cp1` is no IP address")) {
      try World.assembled(broken, epoch: epoch)
    }
  }

  @Test func `a process that cannot start says so with its last words`() async throws {
    try await withTemporaryFolder { folder in
      let script = "\(folder)/program"
      try writeProgram("#!/bin/sh\necho world: cannot begin >&2\nexit 1\n", to: script)
      // A real program takes real time to end.
      let client = WorldClient(directory: folder, clock: ContinuousClock())
      await #expect(throws: WorldError.notStarted(directory: folder, log: "world: cannot begin")) {
        try await client.start(scenario, executable: script)
      }
    }
  }
}
