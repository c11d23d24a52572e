import Foundation
package import ZeroTouchTools

/// What a real program once answered, where the shared recordings are present.
package struct Recording: Sendable {
  package let output: ToolOutput
  /// The command line as it was typed.
  package let command: String

  /// Whether the recordings are here; tests that need them are skipped elsewhere.
  package static var arePresent: Bool { FileManager.default.fileExists(atPath: folder) }

  private static var folder: String {
    URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "shared/data/recordings").path
  }

  /// Reads one recording, such as `kubectl-v1.36/nodes.txt`.
  package init(_ name: String) throws {
    let text = try String(contentsOfFile: "\(Self.folder)/\(name)", encoding: .utf8)
    command = String(text.prefix { $0 != "\n" }.dropFirst(2))
    let parts = text.components(separatedBy: "[stdout]\n")
    let streams = (parts.count > 1 ? parts[1] : "").components(separatedBy: "[stderr]")
    let status = text.firstMatch(of: /\[exit (\d+)\]/).flatMap { Int32($0.1) } ?? 0
    output = ToolOutput(
      status: status, standardOutput: Data(streams[0].utf8),
      standardError: Data((streams.count > 1 ? String(streams[1].dropFirst()) : "").utf8))
  }
}
