import Foundation
import ZeroTouchModel
import ZeroTouchWorld

/// One call of kubectl: its command line, its files, and the API it speaks to.
struct KubectlSession: Sendable {
  let call: ShimCall
  let line: KubectlCommandLine
  let host: WorldHost
  let show: @Sendable (ShimOutput) -> Void

  var files: CallFiles { CallFiles(call: call) }

  func run() async throws -> ShimReply {
    try checkKubeconfig()
    switch line.command {
    case "get": return try await get()
    case "exec": return try await exec()
    case "logs": return try await logs()
    case "apply": return try await apply()
    case "diff": return try await diff()
    case "label": return try await label()
    case "annotate": return try await annotate()
    case "patch": return try await patch()
    case "delete": return try await delete()
    case "drain": return try await drain()
    default: throw CallFailure("error: unknown command \"\(line.command)\" for \"kubectl\"")
    }
  }

  /// Whether the kubeconfig is one of this cluster; the path of the server's address is the credential.
  private func checkKubeconfig() throws(CallFailure) {
    guard let path = line.value("kubeconfig") else { throw Self.refused("localhost:8080") }
    guard files.exists(path) else { throw CallFailure("error: stat \(path): no such file or directory") }
    guard try files.read(path).contains(host.endpoint.url) else { throw Self.refused("127.0.0.1:1") }
  }

  private static func refused(_ server: String) -> CallFailure {
    CallFailure("The connection to the server \(server) was refused - did you specify the right host or port?")
  }

  // MARK: - Requests

  /// The kind that the user calls by this name.
  func type(called name: String) async throws(CallFailure) -> ResourceType {
    let found = await host.withWorld { world in world.isServing ? world.registry.type(called: name) : nil }
    if let found { return found }
    guard await host.withWorld({ $0.isServing }) else { throw Self.closed }
    throw CallFailure("error: the server doesn't have a resource type \"\(name)\"")
  }

  /// The namespace of the command line; nil where the kind has none or every one is meant.
  func namespace(_ type: ResourceType) -> String? {
    type.isNamespaced && !line.has("all-namespaces") ? line.value("namespace") ?? "default" : nil
  }

  /// Where objects of a kind lie.
  static func path(
    _ type: ResourceType, _ namespace: String?, _ name: String? = nil, as apiVersion: String? = nil
  ) -> String {
    let version = apiVersion ?? type.preferredAPIVersion
    let root = version.contains("/") ? "/apis/\(version)" : "/api/\(version)"
    let scope = namespace.map { "/namespaces/\($0)" } ?? ""
    return "\(root)\(scope)/\(type.id.resource)" + (name.map { "/\($0)" } ?? "")
  }

  /// Sends a request without a body.
  func send(_ method: String, _ path: String, query: [(String, String)] = []) async throws(CallFailure) -> JSONValue {
    try Self.document(try await answer(to: APIRequest(method, path, query: Self.items(query))))
  }

  /// Sends a document of a media type.
  func send(
    _ method: String, _ path: String, query: [(String, String)], _ document: JSONValue, as type: String
  ) async throws(CallFailure) -> JSONValue {
    let request = APIRequest(
      method, path, query: Self.items(query), headers: ["content-type": type], document: document)
    return try Self.document(try await answer(to: request))
  }

  func answer(to request: APIRequest) async throws(CallFailure) -> APIResponse.Reply {
    guard case .reply(let reply) = await host.answer(request) else { throw Self.closed }
    guard reply.status < 300 else { throw Self.failure(reply) }
    return reply
  }

  private static func items(_ query: [(String, String)]) -> [APIRequest.QueryItem] {
    query.map { APIRequest.QueryItem(name: $0.0, value: $0.1) }
  }

  private static func document(_ reply: APIResponse.Reply) throws(CallFailure) -> JSONValue {
    guard let document = reply.document else { throw CallFailure("error: the server's answer is no JSON") }
    return document
  }

  // MARK: - Words

  static let closed = CallFailure("Unable to connect to the server: EOF")

  /// A Status of the API in kubectl's words.
  static func failure(_ reply: APIResponse.Reply) -> CallFailure {
    let status = reply.document ?? .null
    let message = status["message"]?.stringValue ?? String(decoding: reply.body, as: UTF8.self)
    let reason = status["reason"]?.stringValue ?? ""
    if reason == "Invalid", !message.hasPrefix(" ") { return CallFailure("The \(message)") }
    return CallFailure("Error from server\(reason.isEmpty ? "" : " (\(reason))"): \(message)")
  }

  /// An object as kubectl names it: `deployment.apps/web`.
  static func name(_ type: ResourceType, _ name: String) -> String {
    "\(type.kind.lowercased())\(type.id.group.isEmpty ? "" : ".\(type.id.group)")/\(name)"
  }
}
