import ZeroTouchManifests
import ZeroTouchModel

/// Replicas that want a machine each.
extension Rule {
  static let replicasWithoutMachines = Rule(
    "ZT235", .error, "more replicas than machines that could take them",
    why: "a replica that may stand beside no other stays Pending for ever, and its Application is never healthy",
    remedy:
      "set the replicas to the number of machines, prefer instead of require the anti-affinity, or take it out of the health: `argocd.argoproj.io/ignore-healthcheck: \"true\"`",
    example: Example(
      wrong: "# one machine\nchart: cilium\nvaluesObject: {operator: {replicas: 2}}",
      right: "# one machine\nchart: cilium\nvaluesObject: {operator: {replicas: 1}}"),
    check: { survey in
      guard let machines = MachineInventory(survey).only?.count else { return [] }
      return operators(survey, machines) + workloads(survey, machines)
    })

  /// Cilium's operator requires a machine for itself, and has two replicas where nothing is said.
  private static func operators(_ survey: Survey, _ machines: Int) -> [Violation] {
    CiliumValues.all(in: survey).compactMap { values in
      let replicas = values["operator", "replicas"]?.json.intValue ?? 2
      let ignored = values["operator", "annotations", healthKey]?.text == "true"
      guard replicas > machines, !values.isOpen, !ignored, values["operator", "affinity"] == nil,
        values["operator", "enabled"]?.scalar != .bool(false)
      else { return nil }
      return Violation(
        at: values.place("operator", "replicas"),
        "Cilium's operator has \(replicas) replicas, each on a machine of its own, and there \(count(machines))")
    }
  }

  private static func workloads(_ survey: Survey, _ machines: Int) -> [Violation] {
    survey.placed(["Deployment", "StatefulSet"]).compactMap { _, object in
      let manifest = object.manifest
      guard let replicas = manifest["spec", "replicas"]?.json.intValue, replicas > machines,
        manifest.annotation(healthKey) != "true", requiresMachineEach(manifest)
      else { return nil }
      return Violation(
        at: survey.place(of: manifest, at: "spec", "replicas"),
        "`\(manifest.title)` has \(replicas) replicas, each on a machine of its own, and there \(count(machines))")
    }
  }

  private static let healthKey = "argocd.argoproj.io/ignore-healthcheck"

  private static func count(_ machines: Int) -> String { machines == 1 ? "is one" : "are \(machines)" }

  /// Whether its pods refuse a machine that has one of them.
  private static func requiresMachineEach(_ manifest: Manifest) -> Bool {
    let labels = (manifest["spec", "template", "metadata", "labels"]?.entries ?? []).reduce(into: [String: String]()) {
      $0[$1.key] = $1.value.text
    }
    let affinity = manifest["spec", "template", "spec", "affinity", "podAntiAffinity"]
    return (affinity?["requiredDuringSchedulingIgnoredDuringExecution"]?.items ?? []).contains { term in
      let wanted = term["labelSelector"]?["matchLabels"]?.entries ?? []
      return term["topologyKey"]?.text == "kubernetes.io/hostname" && term["namespaces"] == nil
        && term["labelSelector"]?["matchExpressions"] == nil && !wanted.isEmpty
        && wanted.allSatisfy { labels[$0.key] == $0.value.text }
    }
  }
}
