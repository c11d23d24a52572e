import Foundation
import Synchronization
package import ZeroTouchModel
package import ZeroTouchTools

/// A cluster of canned objects behind kubectl's command line: it lists them, streams changes to open watches, and
/// answers everything else from a table. A question it does not know is an error.
package final class ScriptedCluster: ToolRunner {
  private struct Watch {
    let resource: String
    let namespace: String?
    let send: @Sendable (OutputChunk) -> Void
    let end: AsyncStream<Void>.Continuation
  }

  private struct State {
    var objects: [String: [String: JSONValue]] = [:]
    var watches: [Int: Watch] = [:]
    var nextWatch = 0
    var started: [ToolInvocation] = []
    var answers: [(words: String, output: ToolOutput)] = []
    var refusal: String?
    var unserved: Set<String> = []
  }

  private let state = Mutex(State())

  package init() {}

  package var invocations: [ToolInvocation] { state.withLock { $0.started } }
  package var watchesStarted: Int { invocations.count { $0.arguments.contains("--watch") } }
  package var watchesOpen: Int { state.withLock { $0.watches.count } }

  /// Answers every command line that contains these words.
  package func answer(_ words: String, with output: ToolOutput) {
    state.withLock { state in
      state.answers.removeAll { $0.words == words }
      state.answers.append((words, output))
    }
  }

  /// Refuses everything that concerns the API with this error text; nil answers again.
  package func refuse(_ text: String?) { state.withLock { $0.refusal = text } }

  /// Says whether a resource is served; one that is not is unknown to kubectl.
  package func serve(_ resource: String, _ isServed: Bool) {
    state.withLock { if isServed { $0.unserved.remove(resource) } else { $0.unserved.insert(resource) } }
  }

  /// Creates or replaces an object and tells the open watches.
  package func put(_ object: JSONValue, _ resource: String, silently: Bool = false) {
    let sends = state.withLock { state in
      let isNew = state.objects[resource]?[Self.key(object)] == nil
      state.objects[resource, default: [:]][Self.key(object)] = object
      return silently ? [] : Self.sends(state, resource, object, isNew ? "ADDED" : "MODIFIED")
    }
    for send in sends { send() }
  }

  /// Deletes an object and tells the open watches.
  package func delete(_ object: JSONValue, _ resource: String, silently: Bool = false) {
    let sends = state.withLock { state in
      state.objects[resource]?[Self.key(object)] = nil
      return silently ? [] : Self.sends(state, resource, object, "DELETED")
    }
    for send in sends { send() }
  }

  /// Ends every open watch without a word, as API servers do.
  package func endWatches() {
    for watch in state.withLock({ $0.watches.values.map(\.end) }) { watch.finish() }
  }

  package func run(
    _ invocation: ToolInvocation, observing: @escaping @Sendable (OutputChunk) -> Void
  ) async throws(ToolError) -> ToolOutput {
    state.withLock { $0.started.append(invocation) }
    let words = invocation.arguments.joined(separator: " ")
    if let output = state.withLock({ state in state.answers.first { words.contains($0.words) }?.output }) {
      return output
    }
    guard invocation.tool == "kubectl", invocation.arguments.count > 3, invocation.arguments[2] == "get" else {
      throw .notStarted(invocation, reason: "nobody taught the script an answer")
    }
    let resource = invocation.arguments[3]
    if let refusal = state.withLock({ $0.refusal }) { return .failing(refusal) }
    if state.withLock({ $0.unserved.contains(resource) }) {
      return .failing("error: the server doesn't have a resource type \"\(resource)\"")
    }
    let namespace = invocation.arguments.firstIndex(of: "-n").map { invocation.arguments[$0 + 1] }
    if invocation.arguments.contains("--watch") {
      return try await watch(invocation, resource, namespace, observing)
    }
    return list(resource, namespace)
  }

  private func list(_ resource: String, _ namespace: String?) -> ToolOutput {
    let items = state.withLock { state in
      (state.objects[resource] ?? [:]).values.filter { Self.isIn(namespace, $0) }
    }
    let list: JSONValue = ["apiVersion": "v1", "kind": "List", "items": .array(items)]
    return .printing(list.text())
  }

  private func watch(
    _ invocation: ToolInvocation, _ resource: String, _ namespace: String?,
    _ send: @escaping @Sendable (OutputChunk) -> Void
  ) async throws(ToolError) -> ToolOutput {
    let (endings, end) = AsyncStream.makeStream(of: Void.self)
    let (id, sends) = state.withLock { state in
      state.nextWatch += 1
      state.watches[state.nextWatch] = Watch(resource: resource, namespace: namespace, send: send, end: end)
      let present = (state.objects[resource] ?? [:]).values.filter { Self.isIn(namespace, $0) }
      return (state.nextWatch, present.map { Self.event("ADDED", $0) })
    }
    for event in sends { send(event) }
    for await _ in endings {}
    state.withLock { $0.watches[id] = nil }
    if Task.isCancelled { throw .cancelled(invocation) }
    return ToolOutput()
  }

  private static func sends(
    _ state: State, _ resource: String, _ object: JSONValue, _ change: String
  ) -> [@Sendable () -> Void] {
    state.watches.values.filter { $0.resource == resource && isIn($0.namespace, object) }.map { watch in
      { watch.send(event(change, object)) }
    }
  }

  private static func event(_ change: String, _ object: JSONValue) -> OutputChunk {
    let event: JSONValue = ["type": .string(change), "object": object]
    return .standardOutput(Data((event.text() + "\n").utf8))
  }

  private static func isIn(_ namespace: String?, _ object: JSONValue) -> Bool {
    namespace == nil || object[path: "metadata", "namespace"]?.stringValue == namespace
  }

  private static func key(_ object: JSONValue) -> String {
    "\(object[path: "metadata", "namespace"]?.stringValue ?? "")/\(object[path: "metadata", "name"]?.stringValue ?? "")"
  }
}
