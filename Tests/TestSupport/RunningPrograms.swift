import Foundation

/// The programs that run on this machine.
package enum RunningPrograms {
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
