import Foundation
package import ZeroTouchModel

/// A server that holds what others publish, each file below the name of its origin: `BASE/HOST/PATH`.
package struct ArtifactMirror: Sendable, Hashable {
  /// The address without credentials and without a slash at its end.
  package let base: String
  /// `USER:PASSWORD`, where the address held them.
  package let credentials: Secret?

  /// Reads `https://[USER:PASSWORD@]HOST[:PORT][/PATH]`.
  package init(_ text: String) throws(InvalidInput) {
    let parts = text.components(separatedBy: "://")
    let rest = parts.count == 2 ? parts[1] : ""
    let authority = rest.prefix { $0 != "/" }
    let at = authority.lastIndex(of: "@")
    let host = at.map { authority[authority.index(after: $0)...] } ?? authority
    guard ["https", "http"].contains(parts[0]), !host.isEmpty, !rest.contains(where: { " ?#".contains($0) }) else {
      throw InvalidInput([
        Diagnostic(
          "the mirror is no address of a web server",
          remedy: "name it as https://HOST/PATH with --mirror or ZEROTOUCH_MIRROR")
      ])
    }
    let path = rest[authority.endIndex...]
    base = "\(parts[0])://\(host)\(path)".trimmingSuffix("/")
    credentials = at.map { Secret(authority[..<$0].removingPercentEncoding ?? String(authority[..<$0])) }
  }

  /// Where the mirror holds what is published under this address.
  package func address(of url: String) -> String {
    "\(base)/\(url.components(separatedBy: "://").last ?? url)"
  }
}

extension String {
  fileprivate func trimmingSuffix(_ suffix: Character) -> String {
    String(reversed().drop { $0 == suffix }.reversed())
  }
}
