import Foundation

/// The programs that run on this machine.
package enum RunningPrograms {
  /// The command lines in which a folder is named, once a program that is just ending had its time to: half a minute.
  package static func left(naming folder: String) async throws -> [String] {
    for _ in 0..<600 {
      if naming(folder).isEmpty { return [] }
      try await ContinuousClock().sleep(for: .milliseconds(50))
    }
    return naming(folder)
  }

  /// The command lines in which a folder is named.
  package static func naming(_ folder: String) -> [String] {
    let processes = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return processes.sorted().compactMap { process in
      guard Int(process) != nil, let line = FileManager.default.contents(atPath: "/proc/\(process)/cmdline") else {
        return nil
      }
      let words = String(decoding: line, as: UTF8.self).replacing("\0", with: " ")
      return words.contains(folder) ? words : nil
    }
  }
}
