import Foundation
import ZeroTouchTools

extension Askpass {
  /// Gives the answer on standard output, as ssh expects it; returns the exit status.
  func run() -> Int32 {
    switch answer {
    case .contents(let file):
      guard let data = FileManager.default.contents(atPath: file), let line = data.split(separator: 10).first else {
        return Self.complain("`\(file)` holds no password")
      }
      FileHandle.standardOutput.write(line + [10])
      return 0
    case .refusal(let text): return Self.complain(text)
    }
  }

  private static func complain(_ text: String) -> Int32 {
    FileHandle.standardError.write(Data("zerotouch: \(text)\n".utf8))
    return 1
  }
}
