package import Foundation

/// What came back for one of several requests.
package struct CurlAnswer: Sendable, Hashable {
  /// The HTTP status; 0 where nothing answered.
  package let status: Int
  package let body: Data

  /// Stands on a line of its own behind every body. JSON holds no line feed, so none can imitate it.
  static let boundary = "=== zerotouch: end of answer"

  /// Why curl brought no answer, by its exit status: its own words may repeat what it was given.
  package static func silence(of status: Int32) -> String {
    let reasons: [Int32: String] = [
      5: "the proxy's name is not known", 6: "the name of the service is not known", 7: "there is no connection",
      28: "the service takes too long", 35: "no TLS connection came about", 52: "the service closed the connection",
      56: "the connection broke off", 60: "the certificate of the service is not trusted",
    ]
    return reasons[status] ?? "curl ended with the status \(status)"
  }

  /// The answers in the order of the requests; those that never came have the status 0.
  package static func split(_ output: ToolOutput, _ requests: [CurlRequest]) -> [CurlAnswer] {
    var answers: [CurlAnswer] = []
    var rest = output.standardOutput[...]
    let mark = Data("\n\(boundary) ".utf8)
    while let found = rest.firstRange(of: mark) {
      let line = rest[found.upperBound...].prefix { $0 != UInt8(ascii: "\n") }
      let status = Int(String(decoding: line, as: UTF8.self)) ?? 0
      answers.append(CurlAnswer(status: status, body: Data(rest[..<found.lowerBound])))
      rest = rest[line.endIndex...].dropFirst()
    }
    let silent = CurlAnswer(status: 0, body: Data())
    return (answers + Array(repeating: silent, count: max(requests.count - answers.count, 0))).prefix(requests.count)
      .map { $0 }
  }
}
