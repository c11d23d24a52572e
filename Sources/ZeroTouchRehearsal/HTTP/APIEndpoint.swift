/// Where the simulated cluster's API answers: a port of this machine and a path nobody can guess.
package struct APIEndpoint: Sendable, Hashable, Codable {
  package let port: Int
  /// The first component of every path, 128 random bits in hexadecimal; it stands in for credentials.
  package let prefix: String

  package init(port: Int, prefix: String) {
    self.port = port
    self.prefix = prefix
  }

  package var url: String { "http://127.0.0.1:\(port)/\(prefix)" }

  /// A prefix nobody can guess.
  package static func unguessablePrefix() -> String {
    var generator = SystemRandomNumberGenerator()
    return (0..<2).map { _ in
      let digits = String(generator.next() as UInt64, radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }.joined()
  }
}
