#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A process known by its number, whoever started it.
struct ForeignProcess {
  let id: pid_t

  /// Whether it still runs; takes the exit status of a child, which would count as running for ever. This process
  /// itself, which tests let play a world, counts as ended.
  var isRunning: Bool {
    var status: CInt = 0
    return id != getpid() && waitpid(id, &status, WNOHANG) != id && kill(id, 0) == 0
  }

  /// Sends a signal; zero sends none.
  func send(_ signal: CInt) {
    guard signal != 0, isRunning else { return }
    kill(id, signal)
  }
}
