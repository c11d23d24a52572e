import Foundation
import ZeroTouchTools

/// A process that outlives the one that starts it: the world's.
///
/// Every other program is run through the tool runner, which ends what it started. This one must not be ended
/// with its parent: a pipeline killed with SIGKILL leaves the world standing, and `--keep` leaves it up. So it
/// gets a session of its own, no terminal, and files for its standard streams.
struct DetachedProcess {
  private let pid: pid_t

  /// `POSIX_SPAWN_SETSID`, which the C library shows only to GNU sources.
  private static var newSession: Int16 {
    #if canImport(Darwin)
      0x0400
    #else
      0x80
    #endif
  }

  /// The open files that a program started now would find open.
  private static var inheritable: [CInt] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "/dev/fd")) ?? []
    return names.compactMap { CInt($0) }.sorted().filter { descriptor in
      let flags = fcntl(descriptor, F_GETFD)
      return descriptor > 2 && flags >= 0 && flags & FD_CLOEXEC == 0
    }
  }

  init(_ executable: String, _ arguments: [String], log: String) throws {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, log, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    posix_spawn_file_actions_adddup2(&actions, 1, 2)
    // A pipe of the parent that stayed open here would keep its reader waiting for ever.
    for descriptor in Self.inheritable { posix_spawn_file_actions_addclose(&actions, descriptor) }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    posix_spawnattr_setflags(&attributes, Self.newSession)
    pid = try Self.spawn(executable, arguments, &actions, &attributes)
  }

  private static func spawn(
    _ executable: String, _ arguments: [String], _ actions: inout posix_spawn_file_actions_t,
    _ attributes: inout posix_spawnattr_t
  ) throws -> pid_t {
    let words = ([executable] + arguments).map { strdup($0) } + [nil]
    // It lives on, and everybody of this user can read its variables: the caller's credentials stay out.
    let inherited = ToolEnvironment(inheriting: ProcessInfo.processInfo.environment).variables
    let variables = inherited.sorted { $0.key < $1.key }.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for text in words + variables { free(text) } }
    var pid = pid_t()
    let failure = posix_spawn(&pid, executable, &actions, &attributes, words, variables)
    guard failure == 0 else { throw WorldError.system("start \(executable)", failure) }
    return pid
  }

  /// Whether it still runs; takes its exit status, so that it leaves no zombie.
  var isRunning: Bool {
    var status: CInt = 0
    return waitpid(pid, &status, WNOHANG) == 0
  }

  func end() { kill(pid, SIGTERM) }
}
