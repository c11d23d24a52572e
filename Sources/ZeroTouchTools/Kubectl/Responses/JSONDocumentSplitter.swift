package import Foundation

/// Cuts a stream of JSON objects that follow each other, indented or not, into single documents.
///
/// It counts braces outside of strings, so it takes pieces as they come: a document may arrive in many, and one piece
/// may hold many documents.
package struct JSONDocumentSplitter: Sendable {
  private var pending = Data()
  private var depth = 0
  private var isInString = false
  private var isEscaped = false

  package init() {}

  /// Takes the next piece and gives the documents that are complete now.
  package mutating func append(_ piece: Data) -> [Data] {
    piece.withUnsafeBytes { append($0) }
  }

  private mutating func append(_ piece: UnsafeRawBufferPointer) -> [Data] {
    var documents: [Data] = []
    var start = 0
    for (place, byte) in piece.enumerated() {
      // What stands between documents is white space; anything else there is no JSON object and is left out.
      if depth == 0 {
        guard byte == UInt8(ascii: "{") else { continue }
        start = place
      }
      advance(over: byte)
      if depth == 0 {
        pending.append(contentsOf: piece[start...place])
        documents.append(pending)
        pending = Data()
      }
    }
    if depth > 0 { pending.append(contentsOf: piece[start...]) }
    return documents
  }

  private mutating func advance(over byte: UInt8) {
    guard !isEscaped else {
      isEscaped = false
      return
    }
    switch byte {
    case UInt8(ascii: "\\") where isInString: isEscaped = true
    case UInt8(ascii: "\""): isInString.toggle()
    case UInt8(ascii: "{") where !isInString: depth += 1
    case UInt8(ascii: "}") where !isInString: depth -= 1
    default: break
    }
  }
}
