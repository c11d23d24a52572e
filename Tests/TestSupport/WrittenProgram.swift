import Foundation

/// Writes a script that can be started at once, also while other tests start programs.
///
/// A child that was forked while the file was being written has it open until it replaces its own image, and nobody may
/// execute what somebody has open for writing. Linux grants a read lease on a file only once nobody has.
package func writeProgram(_ text: String, to path: String) throws {
  try Data(text.utf8).write(to: URL(filePath: path))
  try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
  #if os(Linux)
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    defer { close(descriptor) }
    for _ in 0..<10_000 where fcntl(descriptor, leases, F_RDLCK) != 0 && errno == EAGAIN { usleep(1000) }
    _ = fcntl(descriptor, leases, F_UNLCK)
  #endif
}

/// `F_SETLEASE` of linux/fcntl.h, which glibc keeps for itself.
private let leases: Int32 = 1024
