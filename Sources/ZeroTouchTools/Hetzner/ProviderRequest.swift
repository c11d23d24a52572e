package import ZeroTouchModel

/// One request to the API of a provider of servers. Everything about it travels to curl on standard input, for it holds
/// credentials; it follows no redirect, which could carry them elsewhere.
package struct ProviderRequest: Sendable, Hashable {
  package enum Method: String, Sendable, Hashable {
    case get = "GET"
    case post = "POST"
  }

  package enum Credentials: Sendable, Hashable {
    case basic(user: Secret, password: Secret)
    case bearer(Secret)
  }

  package enum Body: Sendable, Hashable {
    case none
    /// Names and values, in this order; a name may come several times.
    case form([Field])
    case json(JSONValue)
  }

  package struct Field: Sendable, Hashable {
    package let name: String
    package let value: String

    package init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  package let method: Method
  package let url: String
  package let credentials: Credentials
  package let body: Body

  package init(_ method: Method, _ url: String, _ credentials: Credentials, body: Body = .none) {
    self.method = method
    self.url = url
    self.credentials = credentials
    self.body = body
  }

  package var invocation: ToolInvocation {
    ToolInvocation(
      "curl",
      [
        "--disable", "--silent", "--show-error", "--proto", "=https,http", "--connect-timeout", "20", "--write-out",
        "\\n%{http_code}", "--config", "-",
      ], input: .secret(Secret(lines.joined(separator: "\n") + "\n")), effect: method == .get ? .reads : .mutates,
      place: .machine, deadline: .seconds(60))
  }

  private var lines: [String] {
    var lines = ["url = \(Self.quoted(url))", "request = \(Self.quoted(method.rawValue))"]
    switch credentials {
    case .basic(let user, let password):
      lines.append("user = \(Self.quoted("\(Self.text(user)):\(Self.text(password))"))")
    case .bearer(let token): lines.append("header = \(Self.quoted("Authorization: Bearer \(Self.text(token))"))")
    }
    switch body {
    case .none: break
    case .form(let fields):
      // curl encodes what stands behind the equals sign, not the name.
      lines += fields.map { "data-urlencode = \(Self.quoted("\($0.name)=\($0.value)"))" }
    case .json(let value):
      lines += ["header = \(Self.quoted("Content-Type: application/json"))", "data = \(Self.quoted(value.text()))"]
    }
    return lines
  }

  private static func text(_ secret: Secret) -> String { String(decoding: secret.exposed, as: UTF8.self) }

  private static func quoted(_ text: String) -> String {
    "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n") + "\""
  }
}
