import Foundation
import ZeroTouchModel
import ZeroTouchWorld

extension KubectlSession {
  func get() async throws -> ShimReply {
    if let path = line.value("raw") {
      let reply = try await answer(to: APIRequest("GET", path))
      return ShimReply(standardOutput: reply.body, standardError: Data(), status: 0)
    }
    if !line.all("filename").isEmpty { return try await objectsOfFiles() }
    guard line.words.count > 1 else { throw CallFailure("error: Required resource not specified.") }
    let type = try await type(called: line.words[1])
    if line.words.count > 2 { return try await one(type, line.words[2]) }
    if line.has("watch") { return try await watch(type) }
    let list = try await send("GET", Self.path(type, namespace(type)), query: selection)
    let items = (list["items"]?.arrayValue ?? []).map { printable(type.completed($0, in: list)) }
    return ShimReply(standardOutput: Self.list(items).text() + "\n")
  }

  private func objectsOfFiles() async throws -> ShimReply {
    var items: [JSONValue] = []
    for (object, file) in try manifests() {
      let (type, apiVersion, namespace, name) = try await place(of: object, in: file)
      do throws(CallFailure) {
        items.append(printable(try await send("GET", Self.path(type, namespace, name, as: apiVersion))))
      } catch {
        guard line.has("ignore-not-found"), error.isNotFound else { throw error }
      }
    }
    if items.isEmpty, line.has("ignore-not-found") { return ShimReply() }
    let isAlone = line.all("filename").count == 1 && items.count == 1
    return ShimReply(standardOutput: (isAlone ? items[0] : Self.list(items)).text() + "\n")
  }

  private static func list(_ items: [JSONValue]) -> JSONValue {
    ["apiVersion": "v1", "items": .array(items), "kind": "List", "metadata": ["resourceVersion": ""]]
  }

  private var selection: [(String, String)] { line.value("selector").map { [("labelSelector", $0)] } ?? [] }

  private func one(_ type: ResourceType, _ name: String) async throws(CallFailure) -> ShimReply {
    let object = try await send("GET", Self.path(type, namespace(type), name))
    switch line.value("output") {
    case "name": return ShimReply(standardOutput: "\(Self.name(type, name))\n")
    case "json": return ShimReply(standardOutput: printable(object).text() + "\n")
    default: throw CallFailure("error: unable to match a printer suitable for the output format")
    }
  }

  /// An object as it is printed: who manages its fields is left out, unless it was asked for.
  private func printable(_ object: JSONValue) -> JSONValue {
    guard !line.has("show-managed-fields") else { return object }
    var printed = object
    printed[path: "metadata", "managedFields"] = nil
    return printed
  }

  /// Lists, prints what exists as added, and then follows until its caller ends it or the server does.
  private func watch(_ type: ResourceType) async throws -> ShimReply {
    let path = Self.path(type, namespace(type))
    let list = try await send("GET", path, query: selection)
    for object in list["items"]?.arrayValue ?? [] {
      tell("ADDED", type.completed(object, in: list))
    }
    let revision = list[path: "metadata", "resourceVersion"]?.stringValue ?? ""
    let query = selection + [("watch", "true"), ("resourceVersion", revision)]
    let request = APIRequest("GET", path, query: query.map { APIRequest.QueryItem(name: $0.0, value: $0.1) })
    guard case .watch(let watch) = await host.answer(request) else { throw Self.closed }
    for await _ in watch.wakes {
      let batch = await host.events(of: watch)
      for event in batch.events { tell(event["type"] ?? .null, event["object"] ?? .null) }
      if batch.isLast { break }
    }
    await host.close(watch)
    return ShimReply()
  }

  private func tell(_ type: JSONValue, _ object: JSONValue) {
    let event: JSONValue = ["type": type, "object": printable(object)]
    show(.standardOutput(event.encoded() + [UInt8(ascii: "\n")]))
  }

  /// Prints what a container printed.
  func logs() async throws -> ShimReply {
    guard line.words.count == 2 else {
      throw CallFailure("error: expected 'logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]'.")
    }
    let query = [
      line.value("container").map { ("container", $0) }, line.value("tail").map { ("tailLines", $0) },
      line.has("previous") ? ("previous", "true") : nil,
    ]
    let request = APIRequest(
      "GET", "/api/v1/namespaces/\(line.value("namespace") ?? "default")/pods/\(line.words[1])/log",
      query: query.compactMap(\.self).map { .init(name: $0.0, value: $0.1) })
    return ShimReply(standardOutput: try await answer(to: request).body, standardError: Data(), status: 0)
  }

  /// Runs a command in a container, which for a workload is one of its pods.
  func exec() async throws -> ShimReply {
    guard line.words.count > 1, !line.trailing.isEmpty else {
      throw CallFailure("error: you must specify at least one command for the container")
    }
    let namespace = line.value("namespace") ?? "default"
    let pod = try await pod(line.words[1], namespace)
    let query = line.trailing.map { ("command", $0) } + (line.value("container").map { [("container", $0)] } ?? [])
    let request = APIRequest(
      "GET", "/api/v1/namespaces/\(namespace)/pods/\(pod)/exec",
      query: (query + [("stdout", "true"), ("stderr", "true")]).map { .init(name: $0.0, value: $0.1) })
    switch await host.answer(request) {
    case .exec(let outcome): return Self.reply(to: outcome)
    case .reply(let reply): throw Self.failure(reply)
    case .watch, .closed: throw Self.closed
    }
  }

  private static func reply(to outcome: ExecOutcome) -> ShimReply {
    let ending = outcome.status == 0 ? "" : "command terminated with exit code \(outcome.status)\n"
    return ShimReply(
      standardOutput: outcome.standardOutput, standardError: outcome.standardError + ending,
      status: Int32(outcome.status))
  }

  /// The pod that is meant: named, or the first running one behind a workload's selector.
  private func pod(_ name: String, _ namespace: String) async throws -> String {
    let parts = name.split(separator: "/").map(String.init)
    guard parts.count == 2, parts[0] != "pod" else { return parts.last ?? name }
    let type = try await type(called: parts[0])
    let owner = try await send("GET", Self.path(type, namespace, parts[1]))
    let labels = (owner[path: "spec", "selector", "matchLabels"] ?? .null).stringMap
    let selector = labels.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: ",")
    let pods = try await send(
      "GET", "/api/v1/namespaces/\(namespace)/pods", query: [("labelSelector", selector)])
    let items = pods["items"]?.arrayValue ?? []
    let running = items.first { $0[path: "status", "phase"] == "Running" } ?? items.first
    guard let pod = running?[path: "metadata", "name"]?.stringValue else {
      throw CallFailure("error: timed out waiting for the condition")
    }
    return pod
  }
}

extension ResourceType {
  /// An item of a list with what the list alone says: its version and kind.
  fileprivate func completed(_ item: JSONValue, in list: JSONValue) -> JSONValue {
    guard item["kind"] == nil else { return item }
    var object = item
    object["apiVersion"] = list["apiVersion"]
    object["kind"] = .string(kind)
    return object
  }
}
