import ZeroTouchManifests
import ZeroTouchModel

/// Claims of volumes that wait for a pod which nobody makes.
enum IdleClaims {
  static func violations(_ cluster: ClusterView, _ survey: Survey) -> [Rule.Violation] {
    let claims = cluster.objects.filter { $0.manifest.kind == "PersistentVolumeClaim" && $0.application != nil }
    guard !claims.isEmpty else { return [] }
    let classes = cluster.objects.filter {
      $0.manifest.kind == "StorageClass" && $0.manifest["volumeBindingMode"]?.text == "WaitForFirstConsumer"
    }
    let mounted = Set(cluster.objects.flatMap { claimNames($0) })
    return claims.compactMap { claim in
      let name = claim.manifest["spec", "storageClassName"]?.text
      let waits = classes.contains {
        name == $0.manifest.name
          || (name == nil && $0.manifest.annotation("storageclass.kubernetes.io/is-default-class") == "true")
      }
      guard waits, !mounted.contains("\(claim.namespace ?? "")/\(claim.manifest.name)"),
        claim.manifest.annotation("argocd.argoproj.io/ignore-healthcheck") != "true"
      else { return nil }
      return Rule.Violation(
        at: survey.place(of: claim, in: cluster),
        "no pod mounts `\(claim.manifest.title)`, whose StorageClass waits for the first one")
    }
  }

  private static func claimNames(_ object: PlacedObject) -> [String] {
    let specs = [object.manifest["spec"], object.manifest["spec", "template", "spec"]]
    return specs.flatMap { $0?["volumes"]?.items ?? [] }
      .compactMap { $0["persistentVolumeClaim"]?["claimName"]?.text }.map { "\(object.namespace ?? "")/\($0)" }
  }
}
