import Foundation
import Synchronization
import TestSupport
import ZeroTouchModel
import ZeroTouchTools

/// A cluster that holds Secrets, as kubectl shows it; it can be killed at any of its calls.
final class SecretShelf: Sendable {
  /// When a call is to be the last of its run.
  struct Kill: Sendable {
    let call: Int
    /// Whether what was asked for still happens.
    let happens: Bool
  }

  private struct State {
    var objects: [String: JSONValue] = [:]
    var writes: [String] = []
    var calls = 0
    var kill: Kill?
    /// The Secrets that were there once, and were not at a later call.
    var lost: Set<String> = []
    var known: Set<String> = []
  }

  private let state = Mutex(State())

  var writes: [String] { state.withLock(\.writes) }
  var calls: Int { state.withLock(\.calls) }
  /// The Secrets that existed and were absent at any later moment.
  var lost: Set<String> { state.withLock(\.lost) }

  subscript(path: String) -> JSONValue? { state.withLock { $0.objects[path] } }

  /// The values of every Secret, for comparison.
  var values: [String: [String: String]] {
    state.withLock { $0.objects.compactMapValues { $0["data"]?.stringMap } }
  }

  func put(_ object: JSONValue, at path: String) {
    state.withLock { $0.objects[path] = object }
  }

  func begin(killing kill: Kill? = nil) {
    state.withLock {
      $0.calls = 0
      $0.kill = kill
      $0.writes = []
    }
  }

  var tools: ScriptedToolRunner {
    ScriptedToolRunner { invocation throws(ToolError) in
      let (output, isKilled) = self.state.withLock { state -> (ToolOutput, Bool) in
        state.calls += 1
        let isKilled = state.kill?.call == state.calls
        let output = isKilled && state.kill?.happens == false ? .printing("") : Self.answer(invocation, &state)
        let secrets = Set(state.objects.keys.filter { $0.hasPrefix("secret/") })
        state.lost.formUnion(state.known.subtracting(secrets))
        state.known.formUnion(secrets)
        return (output, isKilled)
      }
      if isKilled { throw ToolError.cancelled(invocation) }
      return output
    }
  }

  private static func answer(_ invocation: ToolInvocation, _ state: inout State) -> ToolOutput {
    let words = invocation.arguments
    if words.contains("--client") { return .printing(#"{"clientVersion":{"gitVersion":"v1.35.0"}}"#) }
    if words.contains("/readyz") { return .printing("ok") }
    if invocation.effect == .mutates { state.writes.append(words.dropFirst(2).joined(separator: " ")) }
    switch words[2] {
    case "apply": return apply(invocation, &state)
    case "patch": return patch(invocation, &state)
    case "get":
      let namespace = words.firstIndex(of: "-n").map { words[$0 + 1] } ?? ""
      let path = "\(words[3])/\(namespace)/\(words[4])"
      return state.objects[path].map { .printing($0.text()) }
        ?? .failing("Error from server (NotFound): \(words[3]) \"\(words[4])\" not found")
    default: return .failing("error: unknown command \"\(words[2])\" for \"kubectl\"")
    }
  }

  private static func apply(_ invocation: ToolInvocation, _ state: inout State) -> ToolOutput {
    guard case .secret(let manifest) = invocation.input,
      let items = (try? JSONValue(parsing: manifest.exposed))?["items"]?.arrayValue, let secret = items.last
    else { return .failing("error: no objects passed to apply") }
    var object = secret
    let path =
      "secret/\(secret[path: "metadata", "namespace"]?.stringValue ?? "")/\(secret[path: "metadata", "name"]?.stringValue ?? "")"
    // What others set stays, as with server-side apply.
    let held = state.objects[path]?["data"]?.objectValue ?? [:]
    object["data"] = .object(held.merging(secret["data"]?.objectValue ?? [:]) { $1 })
    object[path: "metadata", "managedFields"] = [managed(by: "zerotouch")]
    state.objects[path] = object
    return .printing("")
  }

  private static func patch(_ invocation: ToolInvocation, _ state: inout State) -> ToolOutput {
    let words = invocation.arguments
    guard case .text(let text) = invocation.input, let patch = try? JSONValue(parsing: Data(text.utf8)),
      let at = words.firstIndex(of: "-n"), let removed = patch["data"]?.objectValue
    else { return .failing("error: unable to parse the patch") }
    let path = "secret/\(words[at + 1])/\(words[4])"
    let kept = (state.objects[path]?["data"]?.objectValue ?? [:]).filter { removed[$0.key] == nil }
    state.objects[path]?["data"] = .object(kept)
    return .printing("")
  }

  static func managed(by manager: String) -> JSONValue {
    ["manager": .string(manager), "operation": "Update", "fieldsV1": ["f:data": [:]], "time": "2026-11-21T10:00:00Z"]
  }
}
