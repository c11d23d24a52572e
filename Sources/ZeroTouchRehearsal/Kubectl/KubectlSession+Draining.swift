import Foundation
import ZeroTouchModel
import ZeroTouchWorld

extension KubectlSession {
  /// Cordons a node and evicts its pods, until none is left but those that would be made there again.
  func drain() async throws -> ShimReply {
    guard line.words.count > 1 else { throw CallFailure("error: USAGE: drain NODE [flags]") }
    let name = line.words[1]
    let node = Self.path(try await type(called: "nodes"), nil, name)
    _ = try await send("GET", node)
    _ = try await merge(["spec": ["unschedulable": true]], node)
    let query = [("fieldSelector", "spec.nodeName=\(name)")]
    let first = try await send("GET", "/api/v1/pods", query: query)
    let revision = first[path: "metadata", "resourceVersion"]?.stringValue ?? ""
    let watching = (query + [("watch", "true"), ("resourceVersion", revision)]).map {
      APIRequest.QueryItem(name: $0.0, value: $0.1)
    }
    guard case .watch(let watch) = await host.answer(APIRequest("GET", "/api/v1/pods", query: watching)) else {
      throw Self.closed
    }
    do {
      try await evict(first, watching: watch, query)
      await host.close(watch)
    } catch {
      await host.close(watch)
      throw error
    }
    return ShimReply(standardOutput: "node/\(name) cordoned\nnode/\(name) drained\n")
  }

  /// Asks again whenever something happens: a budget may have held an eviction up.
  private func evict(_ first: JSONValue, watching watch: OpenedWatch, _ query: [(String, String)]) async throws {
    var left = Self.movable(first)
    guard !left.isEmpty else { return }
    try await evict(left)
    for await _ in watch.wakes {
      if await host.events(of: watch).isLast { throw Self.closed }
      left = Self.movable(try await send("GET", "/api/v1/pods", query: query))
      if left.isEmpty { return }
      try await evict(left.filter { $0[path: "metadata", "deletionTimestamp"] == nil })
    }
  }

  private func evict(_ pods: [JSONValue]) async throws {
    for pod in pods {
      let names = ["namespace", "name"].map { pod[path: "metadata", $0]?.stringValue ?? "" }
      let eviction: JSONValue = [
        "apiVersion": "policy/v1", "kind": "Eviction",
        "metadata": ["namespace": .string(names[0]), "name": .string(names[1])],
      ]
      do throws(CallFailure) {
        _ = try await send(
          "POST", "/api/v1/namespaces/\(names[0])/pods/\(names[1])/eviction", query: [], eviction,
          as: "application/json")
      } catch {
        // A budget holds it up, or it is gone already.
        let isPassing = ["TooManyRequests", "NotFound"].contains { error.message.contains($0) }
        guard isPassing else { throw error }
      }
    }
  }

  /// Neither static pods nor those of a DaemonSet, which tolerates the cordon, nor those that have ended.
  private static func movable(_ list: JSONValue) -> [JSONValue] {
    (list["items"]?.arrayValue ?? []).filter { pod in
      let owners = pod[path: "metadata", "ownerReferences"]?.arrayValue ?? []
      let isStatic = pod[path: "metadata", "annotations", "kubernetes.io/config.mirror"] != nil
      let phase = pod[path: "status", "phase"]?.stringValue
      return !isStatic && !owners.contains { $0["kind"] == "DaemonSet" } && phase != "Succeeded" && phase != "Failed"
    }
  }
}
