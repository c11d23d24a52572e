import Foundation

/// Starts a world's process, asks it how it is, and stops it.
package struct WorldClient: Sendable {
  package let directory: WorldDirectory
  private let clock: any Clock<Duration>

  package init(directory: String, clock: any Clock<Duration>) {
    self.directory = WorldDirectory(directory)
    self.clock = clock
  }

  /// Starts the process, with more arguments where there are some, and waits until it answers; returns where.
  package func start(
    _ scenario: Scenario, executable: String, arguments: [String] = []
  ) async throws -> WorldRecord {
    try directory.create()
    try directory.write(scenario, to: directory.scenario)
    try? FileManager.default.removeItem(atPath: directory.record)
    let process = try DetachedProcess(
      executable, ["world", "--directory", directory.path] + arguments, log: directory.log)
    // Two thousand looks of ten milliseconds: a loaded machine may take a while, a broken one ends at once.
    for _ in 0..<2000 {
      if let record = try? directory.readRecord(), (try? status()) != nil { return record }
      guard process.isRunning else { break }
      try await clock.sleep(for: .milliseconds(10))
    }
    process.end()
    throw WorldError.notStarted(directory: directory.path, log: lastWords)
  }

  /// How the world is now; throws when it is gone.
  package func status() throws -> WorldStatus {
    guard case .status(let status) = try ask(.status) else {
      throw WorldError.protocolViolated("no status in it")
    }
    return status
  }

  /// Has the process end, and returns when it has: asked, then told, then forced. A world that is gone already is fine.
  package func stop() async throws {
    guard let record = try? directory.readRecord() else { return }
    do {
      guard case .stopping = try ask(.stop) else { throw WorldError.protocolViolated("it does not stop") }
    } catch WorldError.gone {
      return
    } catch WorldError.silent {
      // It is there and too busy, or stuck: then it is told in the way that needs no answer.
    }
    let process = ForeignProcess(id: record.pid)
    for signal in [0, SIGTERM, SIGKILL] {
      process.send(signal)
      for _ in 0..<500 where process.isRunning { try await clock.sleep(for: .milliseconds(10)) }
      if !process.isRunning { return }
    }
    throw WorldError.immortal(directory: directory.path, pid: record.pid)
  }

  private func ask(_ question: WorldQuestion) throws -> WorldAnswer {
    let record = try directory.readRecord()
    do {
      var connection = try WorldConnection(to: record.socket, patience: 10)
      try connection.send(question)
      guard let answer = try connection.receive() else { throw WorldError.gone(directory: directory.path) }
      return answer
    } catch WorldError.system(_, EAGAIN) {
      throw WorldError.silent(directory: directory.path, pid: record.pid)
    } catch WorldError.system(_, ECONNREFUSED), WorldError.system(_, ENOENT), WorldError.system(_, EPIPE),
      WorldError.system(_, ECONNRESET)
    {
      throw WorldError.gone(directory: directory.path)
    }
  }

  /// The last lines of the process' log.
  private var lastWords: String {
    let text = FileManager.default.contents(atPath: directory.log).map { String(decoding: $0, as: UTF8.self) } ?? ""
    return text.split(separator: "\n").suffix(3).joined(separator: "; ")
  }
}
