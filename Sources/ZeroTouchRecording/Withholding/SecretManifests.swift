import Foundation
import ZeroTouchModel

/// Takes the values out of Secrets as YAML writes them, and leaves everything else as it is written.
enum SecretManifests {
  /// The text with `withheld` in the places of values.
  static func emptied(_ text: String) -> String {
    guard text.contains("kind: Secret") else { return text }
    var documents: [[Substring]] = [[]]
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("---") { documents.append([]) }
      documents[documents.count - 1].append(line)
    }
    return documents.flatMap { isSecret($0) ? emptied($0) : $0.map(String.init) }.joined(separator: "\n")
  }

  private static func isSecret(_ document: [Substring]) -> Bool {
    document.contains { $0.wholeMatch(of: #/kind: ["']?Secret["']?\s*(#.*)?/#) != nil }
  }

  private static func emptied(_ document: [Substring]) -> [String] {
    var lines: [String] = []
    var isData = false
    for line in document {
      let isOutside = line.first.map { !$0.isWhitespace } ?? false
      if isOutside { isData = line.hasPrefix("data:") || line.hasPrefix("stringData:") }
      if !isData || isOutside && line.wholeMatch(of: #/\w+:\s*/#) != nil {
        lines.append(String(line))
      } else if isOutside {
        // Everything stands behind the colon.
        lines.append("\(line.prefix { $0 != ":" }): {}")
      } else if let key = line.wholeMatch(of: #/( {2,4}[^\s#][^:]*):.*/#) {
        lines.append("\(key.output.1): \(Withholding.withheld)")
      }
    }
    return lines
  }
}
