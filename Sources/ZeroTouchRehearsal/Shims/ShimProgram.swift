import Foundation

/// The stand-in for a tool that reaches machines: this program under the tool's name.
///
/// It hands its arguments and what is piped into it to the world's process and prints what comes back.
package struct ShimProgram: Sendable {
  /// The tools that are stood in for.
  package static let names = ["kind", "ssh", "talosctl"]

  /// The variables handed on, because the tools look at them.
  private static let variables = ["HOME", "KUBECONFIG", "NO_COLOR", "TALOSCONFIG", "TERM"]
  /// The most that is read from standard input.
  private static let largestInput = 32 << 20

  private let name: String
  private let invokedAs: String
  private let arguments: [String]
  private let environment: [String: String]

  /// Nil when the program was started under its own name.
  package init?(_ commandLine: [String], environment: [String: String]) {
    guard let invokedAs = commandLine.first, let name = invokedAs.split(separator: "/").last.map(String.init),
      Self.names.contains(name)
    else { return nil }
    self.name = name
    self.invokedAs = invokedAs
    self.arguments = Array(commandLine.dropFirst())
    self.environment = environment
  }

  /// Runs to the end and returns the exit status.
  package func run() -> Int32 {
    do {
      let directory = try findWorld()
      return try converse(directory)
    } catch {
      write(Data("\(name): \(error)\n".utf8), to: 2)
      // 255 is what ssh says when it cannot connect; talosctl knows only 1.
      return name == "ssh" ? 255 : 1
    }
  }

  private func converse(_ directory: WorldDirectory) throws -> Int32 {
    let record = try directory.readRecord()
    let call = ShimCall(
      program: name, arguments: arguments, standardInput: try standardInput(),
      directory: FileManager.default.currentDirectoryPath,
      environment: environment.filter { Self.variables.contains($0.key) })
    do {
      var connection = try WorldConnection(to: record.socket)
      try connection.send(.call(call))
      while let answer = try connection.receive() {
        if let status = try show(answer) { return status }
      }
    } catch WorldError.system {
      // Whatever call failed: there is nobody at the other end.
    }
    throw WorldError.gone(directory: directory.path)
  }

  /// Prints one answer; returns the exit status with the last.
  private func show(_ answer: WorldAnswer) throws -> Int32? {
    switch answer {
    case .output(.standardOutput(let data)): write(data, to: 1)
    case .output(.standardError(let data)): write(data, to: 2)
    case .ended(let reply):
      write(reply.standardOutput, to: 1)
      write(reply.standardError, to: 2)
      return reply.status
    case .refused(let reason): throw WorldError.protocolViolated(reason)
    case .status, .stopping: throw WorldError.protocolViolated("it answers another question")
    }
    return nil
  }
}

extension ShimProgram {
  /// The world's directory: named by the environment, or the one in which this stand-in lies.
  private func findWorld() throws -> WorldDirectory {
    if let named = environment["ZEROTOUCH_WORLD"], !named.isEmpty { return WorldDirectory(named) }
    let candidates =
      invokedAs.contains("/")
      ? [invokedAs] : (environment["PATH"] ?? "").split(separator: ":").map { "\($0)/\(name)" }
    for candidate in candidates {
      let directory = WorldDirectory(
        URL(filePath: candidate).deletingLastPathComponent().deletingLastPathComponent().path)
      if FileManager.default.fileExists(atPath: directory.scenario) { return directory }
    }
    throw WorldError.file(
      path: invokedAs, reason: "belongs to no simulated world\nset `ZEROTOUCH_WORLD` to its directory")
  }

  /// What is piped in, for the calls that read it: a tool that does not must not wait for its end.
  private func standardInput() throws -> Data {
    let reads = name == "ssh" ? !arguments.contains("-n") : arguments.contains { $0 == "-" || $0 == "/dev/stdin" }
    guard reads, isatty(0) == 0 else { return Data() }
    var input = Data()
    var piece = [UInt8](repeating: 0, count: 64 << 10)
    while true {
      let count = read(0, &piece, piece.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return input }
      input.append(contentsOf: piece[..<count])
      guard input.count <= Self.largestInput else {
        throw WorldError.protocolViolated("more than \(Self.largestInput) bytes on standard input")
      }
    }
  }

  /// Writes everything; a reader that went away is its own business.
  private func write(_ data: Data, to descriptor: CInt) {
    var rest = data[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { writeOnce(descriptor, $0) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }
}

private func writeOnce(_ descriptor: CInt, _ bytes: UnsafeRawBufferPointer) -> Int {
  write(descriptor, bytes.baseAddress, bytes.count)
}
