import Foundation
import ZeroTouchWorld

/// The path and query of a request behind the secret prefix.
struct RequestTarget: Hashable {
  /// Why a request target is not answered.
  enum Refusal: Error, Hashable {
    /// The prefix is missing or wrong: whoever asks learns nothing.
    case withoutPrefix
    case malformed
  }

  let path: String
  let query: [APIRequest.QueryItem]
  private static let openPaths: Set = ["/healthz", "/livez", "/readyz"]

  static func parse(_ uri: String, prefix: String) -> Result<RequestTarget, Refusal> {
    let (path, query) = split(uri)
    // kubectl 1.32 leaves out the prefix in `get --raw`; whether the server lives is no secret.
    if openPaths.contains(String(path)) { return .success(RequestTarget(path: String(path), query: [])) }
    guard path == "/\(prefix)" || path.hasPrefix("/\(prefix)/") else { return .failure(.withoutPrefix) }
    let behind = path.dropFirst(prefix.utf8.count + 1)
    guard let decoded = String(behind).removingPercentEncoding, let items = self.items(query) else {
      return .failure(.malformed)
    }
    return .success(RequestTarget(path: decoded.isEmpty ? "/" : decoded, query: items))
  }

  private static func split(_ uri: String) -> (path: Substring, query: Substring) {
    guard let mark = uri.firstIndex(of: "?") else { return (uri[...], "") }
    return (uri[..<mark], uri[uri.index(after: mark)...])
  }

  /// The query's items in order, because names such as `command` repeat.
  private static func items(_ query: Substring) -> [APIRequest.QueryItem]? {
    var items: [APIRequest.QueryItem] = []
    for pair in query.split(separator: "&") {
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard let name = decoded(parts[0]), let value = decoded(parts.count > 1 ? parts[1] : "") else { return nil }
      items.append(.init(name: name, value: value))
    }
    return items
  }

  private static func decoded(_ text: Substring) -> String? {
    text.replacingOccurrences(of: "+", with: " ").removingPercentEncoding
  }
}
