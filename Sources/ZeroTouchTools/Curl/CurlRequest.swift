package import ZeroTouchModel

/// One of several requests that a single curl makes, one after the other, over one connection.
package struct CurlRequest: Sendable, Hashable {
  package let url: String
  package let headers: [String: Secret]
  package let body: Secret

  package init(url: String, headers: [String: Secret], body: Secret) {
    self.url = url
    self.headers = headers
    self.body = body
  }

  /// The request in the words of a curl configuration.
  var configuration: String {
    var lines = [
      "silent", "show-error", "proto = \"=https,http\"", "connect-timeout = 10", "max-time = 30",
      "url = \(Self.quoted(url))", "header = \"Expect:\"",
    ]
    for (name, value) in headers.sorted(by: { $0.key < $1.key }) {
      lines.append("header = \(Self.quoted("\(name): \(String(decoding: value.exposed, as: UTF8.self))"))")
    }
    lines.append("data-raw = \(Self.quoted(String(decoding: body.exposed, as: UTF8.self)))")
    lines.append("write-out = \(Self.quoted("\n\(CurlAnswer.boundary) %{http_code}\n"))")
    return lines.joined(separator: "\n")
  }

  private static func quoted(_ text: String) -> String {
    let escaped = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
    return "\"\(escaped)\""
  }
}
