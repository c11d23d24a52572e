import ZeroTouchManifests
import ZeroTouchModel

/// Webhooks that are asked before the Service behind them is there.
enum EarlyWebhooks {
  static func violations(_ graph: ClusterGraph, _ survey: Survey) -> [Rule.Violation] {
    graph.cluster.objects.enumerated().compactMap { index, object in
      let manifest = object.manifest
      if case .chart = manifest.origin { return nil }
      guard manifest.group == "admissionregistration.k8s.io" else { return nil }
      for webhook in manifest.body["webhooks"]?.items ?? [] {
        guard let service = service(of: webhook), let late = graph.comesLater(service, than: .object(index)),
          let asked = asked(webhook, behind: index, in: graph)
        else { continue }
        let wave = ["metadata", "annotations", DeployedApplication.waveKey]
        return Rule.Violation(
          at: survey.place(of: manifest, at: manifest.body.node(at: wave) == nil ? ["metadata", "name"] : wave),
          "`\(manifest.title)` is asked about `\(asked.title)` and its \(service) comes \(late.other.order == late.own.order ? "later" : "in a later wave")",
          remedy: "give it the wave of the Service and of what answers there, or a later one")
      }
      return nil
    }
  }

  /// The Service that has to answer; nil where nothing is refused without it, or where it is not asked about all objects.
  private static func service(of webhook: LocatedYAML) -> Capability? {
    guard webhook["failurePolicy"]?.text != "Ignore", let service = webhook["clientConfig"]?["service"],
      let name = service["name"]?.text,
      ["namespaceSelector", "objectSelector"].allSatisfy({ webhook[$0]?.entries?.isEmpty != false }),
      webhook["matchConditions"] == nil
    else { return nil }
    return .object(GroupKind(group: "", kind: "Service"), namespace: service["namespace"]?.text, name: name)
  }

  /// An object that the webhook is asked about once it is there.
  private static func asked(_ webhook: LocatedYAML, behind index: Int, in graph: ClusterGraph) -> Manifest? {
    let own = graph.position(of: .object(index))
    return graph.cluster.objects.enumerated().first { other, object in
      guard other != index, covers(webhook, object.manifest) else { return false }
      if case .after = own.relation(to: graph.position(of: .object(other))) { return true }
      return false
    }?.element.manifest
  }

  private static func covers(_ webhook: LocatedYAML, _ manifest: Manifest) -> Bool {
    let kind = manifest.kind.lowercased()
    return (webhook["rules"]?.items ?? []).contains { rule in
      let groups = (rule["apiGroups"]?.items ?? []).compactMap(\.text)
      let resources = (rule["resources"]?.items ?? []).compactMap(\.text)
      guard (rule["operations"]?.items ?? []).contains(where: { ["*", "CREATE"].contains($0.text) }) else {
        return false
      }
      return groups.contains { $0 == "*" || $0 == manifest.group }
        && resources.contains { ["*", "*/*", "\(kind)s", "\(kind)es"].contains($0) }
    }
  }
}
