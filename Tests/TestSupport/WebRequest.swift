import Foundation

/// One request as it came in over HTTP/1.1.
package struct WebRequest: Sendable, Hashable {
  package let method: String
  package let target: String
  package let body: String
  private let headers: [String]

  /// Reads a request to its end; nil where the caller hangs up before or sends something else.
  init?(from connection: LoopbackSocket.Connection) {
    let blankLine = Data("\r\n\r\n".utf8)
    var data = Data()
    func isFed() -> Bool {
      guard let more = connection.receive() else { return false }
      data += more
      return true
    }
    while data.firstRange(of: blankLine) == nil { guard isFed() else { return nil } }
    guard let end = data.firstRange(of: blankLine) else { return nil }
    let lines = String(decoding: data[..<end.lowerBound], as: UTF8.self).components(separatedBy: "\r\n")
    let words = lines[0].split(separator: " " as Character)
    guard words.count == 3 else { return nil }
    (method, target, headers) = (String(words[0]), String(words[1]), Array(lines.dropFirst()))
    let length = Self.value(of: "content-length", in: headers).flatMap(Int.init) ?? 0
    while data.count - end.upperBound < length { guard isFed() else { return nil } }
    body = String(decoding: data[end.upperBound...], as: UTF8.self)
  }

  package var authorization: String? { self[header: "authorization"] }
  package var range: String? { self[header: "range"] }

  /// The value of a header, by its name in lower case.
  package subscript(header name: String) -> String? { Self.value(of: name, in: headers) }

  private static func value(of name: String, in headers: [String]) -> String? {
    headers.first { $0.lowercased().hasPrefix("\(name): ") }.map { String($0.dropFirst(name.count + 2)) }
  }
}
