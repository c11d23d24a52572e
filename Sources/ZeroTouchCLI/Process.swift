import Foundation

/// This process, as others see it.
enum Process {
  static var id: Int32 { getpid() }

  /// Keeps this process, and what it starts, from leaving its memory on a disk when it crashes: it holds secrets.
  static func leaveNoCoreDump() {
    var none = rlimit(rlim_cur: 0, rlim_max: 0)
    _ = setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
  }

  /// How many files may be open: a program that waits for a machine holds five, and 288 may wait side by side.
  private static let files: rlim_t = 4096

  /// Takes the open files that hundreds of machines need, as far as the system lets it.
  static func openManyFiles() {
    var limit = rlimit()
    let kind = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    guard getrlimit(kind, &limit) == 0, limit.rlim_cur < files else { return }
    limit.rlim_cur = min(files, limit.rlim_max)
    _ = setrlimit(kind, &limit)
  }

  /// Who runs this, for whoever finds the lock taken or reads the journal.
  static var holder: String {
    let user = ProcessInfo.processInfo.userName
    let command = CommandLine.arguments.dropFirst().first ?? ""
    return "\(user)@\(ProcessInfo.processInfo.hostName), process \(id): zerotouch \(command)"
  }

  /// The largest amount of memory it has held, in bytes; 0 where the kernel does not say.
  static var peakMemory: Int { peakMemory(of: "self") }

  /// The same of another process.
  static func peakMemory(of process: String) -> Int {
    guard let status = FileManager.default.contents(atPath: "/proc/\(process)/status") else { return 0 }
    let line = String(decoding: status, as: UTF8.self).split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
    return line.flatMap { Int($0.filter(\.isNumber)) }.map { $0 * 1024 } ?? 0
  }
}
