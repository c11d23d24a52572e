import Foundation
import ZeroTouchModel
import ZeroTouchTools

/// Looks at a cluster through its API: first at the objects, then at the logs of what is in trouble.
struct ClusterExamination: Sendable {
  /// How many containers' last words are read.
  private static let logs = 12

  private let kubectl: Kubectl
  private let inquiry: Inquiry

  init(_ kubectl: Kubectl, _ inquiry: Inquiry) { (self.kubectl, self.inquiry) = (kubectl, inquiry) }

  func look() async {
    let ready = await inquiry.ask(kubectl.readyz)
    guard ready.good != nil else {
      inquiry.notes.note([Symptom(.api, "the Kubernetes API", ready.reason)])
      inquiry.notes.note(unread: "the Kubernetes API", ready.reason)
      return
    }
    var state = ClusterState()
    for (resource, items) in await lists(ClusterState.resources) { state.put(items, of: resource) }
    for (_, items) in await lists(state.claimedResources) { state.putClaims(items) }
    for (namespace, name) in ClusterState.configMaps {
      state.put(settings: await settings(namespace, name), of: "\(namespace)/\(name)")
    }
    inquiry.notes.note(state.symptoms)
    inquiry.notes.note(await words(of: Array(state.tellingContainers.prefix(Self.logs))))
  }

  private func lists(_ resources: [String]) async -> [(String, [JSONValue]?)] {
    await resources.mapSideBySide(atMost: Examiner.width) { resource in (resource, await list(resource)) }
  }

  /// The objects of one kind; nil where the API serves no such kind, or does not answer.
  private func list(_ resource: String) async -> [JSONValue]? {
    let reply = await inquiry.ask(kubectl.list(resource, .allNamespaces))
    if let output = reply.good, let list = try? ObjectList(parsing: output) { return list.items }
    let failure = reply.output.map { ToolFailure(kubectl: $0.errorText) }
    if failure?.kind != .noSuchKind { inquiry.notes.note(unread: resource, reply.reason) }
    return nil
  }

  /// The settings of a ConfigMap; nil where there is none.
  private func settings(_ namespace: String, _ name: String) async -> [String: String]? {
    let reply = await inquiry.ask(kubectl.get("configmaps", name, .namespace(namespace)))
    guard let output = reply.good, let object = try? JSONValue(parsing: output.standardOutput),
      object["kind"] == "ConfigMap"
    else {
      return nil
    }
    return object["data"]?.stringMap ?? [:]
  }

  /// The last lines of containers, of the run before where the present one has none.
  private func words(of containers: [TellingContainer]) async -> [Symptom] {
    let said = await containers.mapSideBySide(atMost: Examiner.width) { container in
      for isPrevious in container.hasEnded ? [true, false] : [false] {
        let call = kubectl.logs(
          pod: container.pod, namespace: container.namespace, container: container.name, isPrevious: isPrevious)
        if let output = await inquiry.ask(call).good, !output.text.inOneLine.isEmpty {
          return container.symptoms(output.text)
        }
      }
      return []
    }
    return said.flatMap(\.self)
  }
}
