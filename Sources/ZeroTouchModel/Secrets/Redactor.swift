import Foundation

/// Takes secret values out of texts: the values themselves, their lines, and the ways they are usually encoded.
///
/// Values shorter than four bytes are left alone: replacing them would make every text unreadable.
package struct Redactor: Sendable, Hashable {
  private var index = SecretFormIndex()
  /// What was learnt: making all the forms of a value costs more than clearing many texts of them.
  private var learnt: Set<Secret> = []
  /// What stands in the place of a secret.
  package static let mark = "<redacted>"

  package init() {}

  package init(_ secrets: some Sequence<Secret>) {
    for secret in secrets { learn(secret) }
  }

  /// Adds a value that no text may hold from now on.
  package mutating func learn(_ secret: Secret) {
    guard learnt.insert(secret).inserted else { return }
    for form in SecretForms(of: secret.exposed).all { index.insert(form) }
  }

  /// The text without any of the values.
  package func redact(_ text: String) -> String {
    guard !index.isEmpty else { return text }
    var text = text
    return text.withUTF8 { bytes in cleaned(UnsafeRawBufferPointer(bytes)) } ?? text
  }

  /// What lies outside of the values; nil where there are none.
  private func cleaned(_ text: UnsafeRawBufferPointer) -> String? {
    let places = Self.joined(places(in: text) + placesAcrossLines(in: text) + placesBehindEscapes(in: text))
    guard !places.isEmpty else { return nil }
    var clean: [UInt8] = []
    var end = 0
    for place in places {
      clean += text[end..<place.lowerBound]
      clean += Self.mark.utf8
      end = place.upperBound
    }
    clean += text[end...]
    return String(decoding: clean, as: UTF8.self)
  }

  /// Where the values stand.
  private func places(in text: UnsafeRawBufferPointer) -> [Range<Int>] {
    var places: [Range<Int>] = []
    for start in 0..<max(text.count - SecretForms.shortest + 1, 0) {
      let length = index.length(in: text, at: start)
      if length > 0 { places.append(start..<start + length) }
    }
    return places
  }

  /// Where values stand that were broken into lines, wherever the breaks are, and however the lines are indented.
  private func placesAcrossLines(in text: UnsafeRawBufferPointer) -> [Range<Int>] {
    guard text.contains(UInt8(ascii: "\n")) else { return [] }
    var (bytes, origins): ([UInt8], [Int]) = ([], [])
    var isIndentation = false
    for (place, byte) in text.enumerated() {
      let isBreak = byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
      let isBlank = byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
      isIndentation = isBreak || isIndentation && isBlank
      guard !isIndentation else { continue }
      bytes.append(byte)
      origins.append(place)
    }
    return bytes.withUnsafeBytes { places(in: $0) }.map { origins[$0.lowerBound]..<origins[$0.upperBound - 1] + 1 }
  }

  /// Where values stand that were escaped in part: every writer has an own idea of which characters want it.
  private func placesBehindEscapes(in text: UnsafeRawBufferPointer) -> [Range<Int>] {
    guard let unescaped = UnescapedText(text) else { return [] }
    return unescaped.bytes.withUnsafeBytes { places(in: $0) }.map { found in
      unescaped.places[found.lowerBound].lowerBound..<unescaped.places[found.upperBound - 1].upperBound
    }
  }

  /// The places in their order; those that overlap are one.
  private static func joined(_ places: [Range<Int>]) -> [Range<Int>] {
    places.sorted { $0.lowerBound < $1.lowerBound }.reduce(into: []) { joined, place in
      if let last = joined.last, place.lowerBound < last.upperBound {
        joined[joined.count - 1] = last.lowerBound..<max(last.upperBound, place.upperBound)
      } else {
        joined.append(place)
      }
    }
  }
}
