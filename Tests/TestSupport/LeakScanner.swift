package import Foundation

/// Looks for what must not be anywhere: a mark that stands in every secret of a test, plainly or encoded.
///
/// The mark is letters and digits alone, so that quoting, JSON and URLs leave it as it is; what is left are base64 at
/// every alignment, twice too, and hexadecimal. It shares nothing with the code that takes secrets out.
package struct LeakScanner: Sendable {
  package let mark: String
  private let needles: [(name: String, bytes: Data)]

  package init(mark: String = "Zq9SENTxWv7K") {
    self.mark = mark
    let once = Self.inside(Array(mark.utf8))
    let twice = once.flatMap { Self.inside($0) }
    let hexadecimal = mark.utf8.map { String($0, radix: 16) }.joined()
    let forms =
      [("plain", Array(mark.utf8))] + once.map { ("base64", $0) } + twice.map { ("base64 of base64", $0) }
      + [("hexadecimal", Array(hexadecimal.utf8)), ("hexadecimal", Array(hexadecimal.uppercased().utf8))]
    needles = forms.map { ($0.0, Data($0.1)) }
  }

  /// A secret with the mark in every line and characters that every encoding writes otherwise.
  package func secret(_ name: String, lines: Int = 1) -> String {
    (0..<lines).map { "\(mark)\(name)\($0)\"/+='\\ <&>\(mark)ü\(name)" }.joined(separator: "\n")
  }

  /// The same without anything that a header or a variable of a tool could not hold.
  package func token(_ name: String) -> String { "\(mark)\(name)/+\(mark)" }

  /// How the mark shows in some bytes; nothing where it does not.
  package func findings(in bytes: Data) -> [String] {
    needles.filter { bytes.range(of: $0.bytes) != nil }.map(\.name)
  }

  package func findings(in text: String) -> [String] { findings(in: Data(text.utf8)) }

  /// The files below a folder that hold the mark, each with how; git's objects are compressed and left out, and so is
  /// what lies in this package too.
  package func findings(below folder: String, except allowed: (String) -> Bool = { _ in false }) -> [String] {
    let paths = (try? FileManager.default.subpathsOfDirectory(atPath: folder)) ?? []
    return paths.sorted().flatMap { path -> [String] in
      guard !path.contains(".git/objects"), !allowed(path),
        let bytes = FileManager.default.contents(atPath: "\(folder)/\(path)"), bytes != Self.original(of: path)
      else { return [] }
      return findings(in: bytes).map { "\(path): \($0)" }
    }
  }

  /// The file of this package that one in a copy of the repository was made of.
  private static func original(of path: String) -> Data? {
    let parts = path.split(separator: "/")
    guard let top = parts.firstIndex(where: { ["bootstrap", "platform", "tenants"].contains($0) }) else { return nil }
    return FileManager.default.contents(atPath: "\(BuiltProgram.packageRoot)/\(parts[top...].joined(separator: "/"))")
  }

  /// Base64 of everything that holds the bytes: at each of the three places the characters that depend on them alone.
  private static func inside(_ bytes: [UInt8]) -> [[UInt8]] {
    (0..<3).flatMap { before -> [[UInt8]] in
      let text = Array(
        (Array(repeating: 0, count: before) + bytes + [0, 0]).withUnsafeBytes { Data($0).base64EncodedString() }.utf8)
      let inner = Array(text[((before * 8 + 5) / 6)..<((before + bytes.count) * 8 / 6)])
      let forURLs = inner.map {
        $0 == UInt8(ascii: "+") ? UInt8(ascii: "-") : $0 == UInt8(ascii: "/") ? UInt8(ascii: "_") : $0
      }
      return inner == forURLs ? [inner] : [inner, forURLs]
    }
  }
}
