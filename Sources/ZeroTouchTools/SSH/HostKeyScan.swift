package import ZeroTouchModel

/// Waits until a machine shows one of the host keys that its provider announced; only the system that is meant has it.
package struct HostKeyScan: Sendable {
  private let tools: any ToolRunner
  private let clock: any Clock<Duration>
  /// How long a machine may take to restart, and the pause between two looks at it.
  private static let patience = Duration.seconds(600)
  private static let pause = Duration.seconds(2)

  package init(tools: any ToolRunner, clock: any Clock<Duration>) {
    self.tools = tools
    self.clock = clock
  }

  /// The line of a known-hosts file that pins the key; nil where the machine did not show it within ten minutes.
  package func line(of host: IPAddress, port: Int, announced: [String]) async throws -> String? {
    try await withThrowingTaskGroup(of: String?.self) { group in
      group.addTask { try await look(for: announced, at: host, port) }
      group.addTask { [clock] in
        try await clock.sleep(for: Self.patience)
        return nil
      }
      defer { group.cancelAll() }
      return try await group.next() ?? nil
    }
  }

  private func look(for announced: [String], at host: IPAddress, _ port: Int) async throws -> String {
    while true {
      for line in try await keys(of: host, port) where try await isAnnounced(line, announced) { return line }
      try await clock.sleep(for: Self.pause)
    }
  }

  private func keys(of host: IPAddress, _ port: Int) async throws -> [String] {
    let scan = ToolInvocation(
      "ssh-keyscan", ["-T", "5", "-p", "\(port)", "\(host)"], place: .machine, deadline: .seconds(30))
    let output = try await tools.run(scan)
    return output.text.split(separator: "\n").map(String.init).filter { !$0.hasPrefix("#") && !$0.isEmpty }
  }

  private func isAnnounced(_ line: String, _ announced: [String]) async throws -> Bool {
    var question = SSHFingerprint.question("-")
    question.input = .text(line + "\n")
    return SSHFingerprint(try await tools.run(question).text).map { announced.contains($0.description) } ?? false
  }
}
