package import Foundation
package import ZeroTouchTools
import ZeroTouchWorld

/// The process of a simulated world: its API, its socket, and the files by which both are found.
package struct WorldServer: Sendable {
  package let directory: WorldDirectory
  /// The program that also plays the stand-in tools.
  package let executable: String
  private let tools: any ToolRunner
  private let clock: any Clock<Duration>
  /// What goes wrong there; nil where nothing does.
  private let disturbance: (any WorldDisturbance)?

  /// `tools` runs the programs that render the sources of Applications.
  package init(
    directory: String, executable: String, tools: any ToolRunner, clock: any Clock<Duration>,
    disturbedBy disturbance: (any WorldDisturbance)? = nil
  ) {
    self.directory = WorldDirectory(directory)
    self.executable = executable
    self.tools = tools
    self.clock = clock
    self.disturbance = disturbance
  }

  /// Runs the world its directory describes until it is asked to stop or the task is cancelled.
  package func run(epoch: Date) async throws {
    try directory.create()
    let scenario = try directory.read(Scenario.self, from: directory.scenario)
    let server = try APIServer(clock: clock)
    let cast = try Cast(for: scenario, epoch: epoch, tools: tools, disturbedBy: disturbance)
    let host = WorldHost(
      cast.world, endpoint: server.endpoint, clock: clock, speed: scenario.speed, errands: cast.errandRunner)
    let stop = Signals<Never>()
    let place = try SocketPlace(in: directory)
    defer { place.remove() }
    let socket = WorldSocket(
      path: place.path, host: host, responders: cast.responders, speed: scenario.speed, stop: { stop.end() })
    let time = clock.running(at: scenario.speed)
    let disturbing = Task { await disturbance?.play(on: host, scenario, time) }
    defer { disturbing.cancel() }
    try await withThrowingTaskGroup(of: Void.self) { group in
      defer { group.cancelAll() }
      group.addTask { await host.run() }
      group.addTask { try await server.serve(host) }
      group.addTask {
        try await socket.serve {
          try directory.linkPrograms(to: executable)
          try announce(server.endpoint, scenario, socket: place.path)
        }
      }
      group.addTask { for await _ in stop.stream {} }
      // Whichever ends first ends the world: the request to stop, or a door that broke.
      try await group.next()
    }
  }

  private func announce(_ endpoint: APIEndpoint, _ scenario: Scenario, socket: String) throws {
    let record = WorldRecord(
      pid: getpid(), port: endpoint.port, prefix: endpoint.prefix, speed: scenario.speed, socket: socket)
    try directory.write(record, to: directory.record)
  }
}

/// Where a world's socket is bound: in its directory, or in a short private one where that path is too long.
private struct SocketPlace {
  let path: String
  private let files: [String]

  init(in directory: WorldDirectory) throws {
    let usual = directory.path + "/world.sock"
    // The kernel holds 108 bytes on Linux and 104 on macOS, the last of them zero.
    if usual.utf8.count < 104 {
      (path, files) = (usual, [usual, directory.record])
      return
    }
    var template = Array("/tmp/zerotouch-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw WorldError.system("mkdtemp", errno) }
    let short = template.withUnsafeBufferPointer { String(decoding: $0.dropLast().map(UInt8.init), as: UTF8.self) }
    (path, files) = (short + "/world.sock", [short, directory.record])
  }

  func remove() { for file in files { try? FileManager.default.removeItem(atPath: file) } }
}
