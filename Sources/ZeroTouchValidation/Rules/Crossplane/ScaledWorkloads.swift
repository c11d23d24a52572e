import ZeroTouchManifests
import ZeroTouchModel

/// Workloads whose number both Git and an autoscaler set.
enum ScaledWorkloads {
  private struct Name: Hashable {
    let kind: String
    let namespace: String
    let name: String
  }

  static func violations(_ cluster: ClusterView, _ survey: Survey) -> [Rule.Violation] {
    let scaled = Dictionary(cluster.objects.compactMap(target)) { first, _ in first }
    guard !scaled.isEmpty else { return [] }
    return cluster.objects.compactMap { object in
      if case .chart = object.manifest.origin { return nil }
      let manifest = object.manifest
      let name = Name(kind: manifest.kind, namespace: object.namespace ?? "", name: manifest.name)
      guard manifest.group == "apps", let fixed = scaled[name], let replicas = manifest["spec", "replicas"],
        replicas.json.intValue != fixed || fixed == nil, let application = cluster.application(object.application),
        !ignoresReplicas(application)
      else { return nil }
      return Rule.Violation(
        at: survey.place(of: manifest, at: "spec", "replicas"),
        "`\(manifest.title)` sets `replicas`, and an autoscaler does too",
        severity: heals(application) ? nil : .warning)
    }
  }

  /// What an autoscaler scales, and the one number that it may have, where there is one.
  private static func target(_ object: PlacedObject) -> (Name, Int?)? {
    let manifest = object.manifest
    guard ["HorizontalPodAutoscaler", "ScaledObject"].contains(manifest.kind),
      ["autoscaling", "keda.sh"].contains(manifest.group), let target = manifest["spec", "scaleTargetRef"],
      let name = target["name"]?.text
    else { return nil }
    let spec = manifest["spec"]
    let least = (spec?["minReplicas"] ?? spec?["minReplicaCount"])?.json.intValue
    let most = (spec?["maxReplicas"] ?? spec?["maxReplicaCount"])?.json.intValue
    return (
      Name(kind: target["kind"]?.text ?? "Deployment", namespace: object.namespace ?? "", name: name),
      least == most ? least : nil
    )
  }

  /// Whether Argo CD puts back what was changed on the cluster.
  private static func heals(_ application: DeployedApplication) -> Bool {
    application.spec?.node(at: ["syncPolicy", "automated", "selfHeal"])?.scalar == .bool(true)
  }

  private static func ignoresReplicas(_ application: DeployedApplication) -> Bool {
    (application.spec?["ignoreDifferences"]?.items ?? []).contains { $0.json.text().contains("replicas") }
  }
}
