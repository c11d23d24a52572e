#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Why a world's process cannot be started, reached or run.
package enum WorldError: Error, Sendable, Hashable, CustomStringConvertible {
  /// A call of the operating system failed.
  case system(_ call: String, CInt)
  /// A file of the world's directory cannot be read or written.
  case file(path: String, reason: String)
  /// Nothing answers on the world's socket.
  case gone(directory: String)
  /// Something holds the world's socket and does not answer.
  case silent(directory: String, pid: Int32)
  /// The world's process cannot be ended.
  case immortal(directory: String, pid: Int32)
  /// The process ended, or did not answer in time; with the last lines it wrote.
  case notStarted(directory: String, log: String)
  /// The other side speaks something else.
  case protocolViolated(String)

  package var description: String {
    switch self {
    case .system(let call, let code): "`\(call)` failed: \(String(cString: strerror(code)))"
    case .file(let path, let reason): "`\(path)`: \(reason)"
    case .gone(let directory):
      "the simulated world of `\(directory)` does not answer: its process has ended\nstart a new one with `zerotouch rehearse --keep`"
    case .silent(let directory, let pid):
      "the simulated world of `\(directory)` does not answer within ten seconds; its process \(pid) still runs\ntry again, or end it with `zerotouch rehearse --stop \(directory)`"
    case .immortal(let directory, let pid):
      "process \(pid) of the simulated world of `\(directory)` cannot be ended\nend it by hand: kill -9 \(pid)"
    case .notStarted(let directory, let log):
      "the simulated world of `\(directory)` did not start\(log.isEmpty ? "" : ": \(log)")\nsee `\(directory)/world.log`"
    case .protocolViolated(let reason): "the answer of the simulated world cannot be read: \(reason)"
    }
  }
}
