package import Foundation
package import ZeroTouchModel

/// A request to the Kubernetes API as it came in, without its transport.
package struct APIRequest: Sendable, Hashable {
  package struct QueryItem: Sendable, Hashable {
    package let name: String
    package let value: String

    package init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  package let method: String
  /// The path behind the access prefix, percent-decoded, such as `/api/v1/namespaces/default/pods`.
  package let path: String
  /// In order; names such as `command` repeat.
  package let query: [QueryItem]
  /// By lower-case name.
  package let headers: [String: String]
  package let body: APIBody

  package init(
    _ method: String, _ path: String, query: [QueryItem] = [], headers: [String: String] = [:], body: Data = Data()
  ) {
    self.init(method, path, query: query, headers: headers, content: .bytes(body))
  }

  package init(
    _ method: String, _ path: String, query: [QueryItem] = [], headers: [String: String] = [:], document: JSONValue
  ) {
    self.init(method, path, query: query, headers: headers, content: .document(document))
  }

  private init(
    _ method: String, _ path: String, query: [QueryItem], headers: [String: String], content: APIBody
  ) {
    self.method = method
    self.path = path
    self.query = query
    self.headers = headers
    body = content
  }

  /// The first value of a query item.
  package func first(_ name: String) -> String? { query.first { $0.name == name }?.value }
}

/// What travels with a request or an answer: a document stays a value until a door needs its bytes, and some never do.
package enum APIBody: Sendable, Hashable {
  case document(JSONValue)
  case bytes(Data)

  package var bytes: Data {
    switch self {
    case .document(let value): value.encoded()
    case .bytes(let data): data
    }
  }
}

/// What the Kubernetes API answers.
package enum APIResponse: Sendable {
  case reply(Reply)
  /// A stream of events that the door keeps asking for.
  case watch(WatchStream)
  /// A finished command in a container; the door speaks the WebSocket protocol around it.
  case exec(ExecOutcome)

  package struct Reply: Sendable, Hashable {
    package var status: Int
    package var contentType: String
    package var headers: [String: String]
    private let content: APIBody

    package init(
      status: Int = 200, contentType: String = "application/json", headers: [String: String] = [:], body: Data
    ) {
      (self.status, self.contentType, self.headers) = (status, contentType, headers)
      content = .bytes(body)
    }

    package init(
      status: Int = 200, contentType: String = "application/json", headers: [String: String] = [:],
      document: JSONValue
    ) {
      (self.status, self.contentType, self.headers) = (status, contentType, headers)
      content = .document(document)
    }

    /// The bytes that travel.
    package var body: Data { content.bytes }

    /// What they say; nil where they are no JSON.
    package var document: JSONValue? {
      switch content {
      case .document(let value): value
      case .bytes(let data): try? JSONValue(parsing: data)
      }
    }
  }
}

/// What a command in a container printed and how it ended.
package struct ExecOutcome: Sendable, Hashable {
  package var standardOutput: String
  package var standardError: String
  package var status: Int

  package init(standardOutput: String = "", standardError: String = "", status: Int = 0) {
    self.standardOutput = standardOutput
    self.standardError = standardError
    self.status = status
  }
}
