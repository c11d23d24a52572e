import Foundation

extension ToolFailure {
  /// Reads what kubectl printed on standard error.
  package init(kubectl text: String) {
    let lines = text.split(whereSeparator: \.isNewline).map(String.init)
    let said = lines.filter { !$0.isLogLine && !$0.hasPrefix("Warning: ") }
    // Where everything is logging, the last line of it is all there is.
    let words = said.isEmpty ? (lines.last ?? "kubectl said nothing") : said.joined(separator: "\n").inOneLine
    self.init(Self.kubectlKind(of: words), words)
  }

  private static func kubectlKind(of words: String) -> Kind {
    kubectlPhrases.first { phrase, _ in words.range(of: phrase, options: .caseInsensitive) != nil }?.kind ?? .other
  }

  /// Phrases and what they mean; the first that occurs decides.
  private static let kubectlPhrases: [(phrase: String, kind: Kind)] = [
    ("doesn't have a resource type", .noSuchKind),
    ("no matches for kind", .noSuchKind),
    ("could not find the requested resource", .noSuchKind),
    ("x509:", .certificate),
    ("tls: failed to verify", .certificate),
    ("(Unauthorized)", .unauthorized),
    ("(Forbidden)", .forbidden),
    ("(NotFound)", .notFound),
    ("(AlreadyExists)", .alreadyExists),
    ("(Conflict)", .conflict),
    ("Apply failed with", .conflict),
    ("(Invalid)", .invalid),
    ("(BadRequest)", .invalid),
    ("is invalid:", .invalid),
    ("(ServiceUnavailable)", .unavailable),
    ("(InternalError)", .unavailable),
    ("(TooManyRequests)", .unavailable),
    ("(Timeout)", .unavailable),
    ("currently unable to handle the request", .unavailable),
    ("etcdserver:", .unavailable),
    ("was refused", .unreachable),
    ("connection refused", .unreachable),
    ("connection reset", .unreachable),
    ("no route to host", .unreachable),
    ("network is unreachable", .unreachable),
    ("no such host", .unreachable),
    ("handshake timeout", .unreachable),
    ("i/o timeout", .unreachable),
    ("deadline exceeded", .unreachable),
    ("Client.Timeout", .unreachable),
    ("unexpected EOF", .unreachable),
    ("Unable to connect to the server", .unreachable),
    (": EOF", .unreachable),
    ("not found", .notFound),
  ]
}

extension String {
  /// Whether this is a line of klog: a letter of severity, month and day, then a time.
  fileprivate var isLogLine: Bool {
    let head = prefix(5)
    return head.count == 5 && "EWIF".contains(head[head.startIndex]) && head.dropFirst().allSatisfy(\.isNumber)
  }
}
