import ZeroTouchManifests
import ZeroTouchModel

/// What Kubernetes accepts and then never brings up.
extension Rule {
  static let privilegedPod = Rule(
    "ZT323", .error, "a privileged workload in a namespace that refuses it",
    why: "the workload is accepted and its pods are not: it stays at zero pods, and the reason stands in an event",
    remedy: "label the namespace `pod-security.kubernetes.io/enforce: privileged`, before the pods are made",
    example: Example(
      wrong:
        "kind: Namespace\nmetadata: {name: storage}\n---\nkind: DaemonSet\n…\nvolumes: [{name: data, hostPath: {path: /var/data}}]",
      right:
        "kind: Namespace\nmetadata:\n  name: storage\n  labels: {pod-security.kubernetes.io/enforce: privileged}\n---\nkind: DaemonSet\n…\nvolumes: [{name: data, hostPath: {path: /var/data}}]"
    ),
    check: { survey in survey.clusters.flatMap { PrivilegedPods($0, survey).violations } })

  static let neverHealthy = Rule(
    "ZT324", .error, "an object that never becomes healthy",
    why: "a wave waits for every object in it, without a bound: what never becomes healthy ends the whole sync",
    remedy:
      "give it what it waits for, or take it out of the health: `argocd.argoproj.io/ignore-healthcheck: \"true\"`",
    example: Example(
      wrong: "kind: PersistentVolumeClaim  # no pod mounts it, and its class waits for the first one",
      right: "kind: PersistentVolumeClaim\nmetadata:\n  annotations: {argocd.argoproj.io/ignore-healthcheck: \"true\"}"),
    check: { survey in survey.clusters.flatMap { IdleClaims.violations($0, survey) } })
}

/// Pods that Pod Security Admission refuses.
private struct PrivilegedPods {
  let cluster: ClusterView
  let survey: Survey
  private let levels: [String: String]
  /// Talos enforces `baseline` where a namespace says nothing.
  private let isTalos: Bool

  init(_ cluster: ClusterView, _ survey: Survey) {
    self.cluster = cluster
    self.survey = survey
    levels = Self.levels(cluster)
    isTalos = survey.tree.folders.contains("bootstrap/talos") && !cluster.entry.contains("preview")
  }

  var violations: [Rule.Violation] {
    cluster.objects.compactMap { object in
      guard let namespace = object.namespace, let level = level(of: namespace),
        let (path, what) = Self.privilege(of: object.manifest)
      else { return nil }
      return Rule.Violation(
        at: survey.place(of: object, in: cluster, at: path),
        "`\(object.manifest.title)` \(what), and the namespace `\(namespace)` enforces `\(level)`")
    }
  }

  private func level(of namespace: String) -> String? {
    guard let level = levels[namespace] else {
      return isTalos && namespace != "kube-system" ? "baseline" : nil
    }
    return level == "privileged" ? nil : level
  }

  private static func levels(_ cluster: ClusterView) -> [String: String] {
    let key = "pod-security.kubernetes.io/enforce"
    var levels: [String: String] = [:]
    for application in cluster.applications {
      let labels = application.manifest["spec", "syncPolicy", "managedNamespaceMetadata", "labels"]
      if let name = application.destinationNamespace, let level = labels?[key]?.text { levels[name] = level }
    }
    for object in cluster.objects where object.manifest.kind == "Namespace" {
      let labels = object.manifest["metadata", "labels"]
      if let level = labels?[key]?.text { levels[object.manifest.name] = level }
    }
    return levels
  }

  /// What of a workload even `baseline` forbids.
  private static func privilege(of manifest: Manifest) -> (path: [String], what: String)? {
    guard ["Deployment", "DaemonSet", "StatefulSet", "Job", "Pod", "CronJob"].contains(manifest.kind) else {
      return nil
    }
    let base: [String] =
      switch manifest.kind {
      case "Pod": ["spec"]
      case "CronJob": ["spec", "jobTemplate", "spec", "template", "spec"]
      default: ["spec", "template", "spec"]
      }
    guard let spec = manifest.body.node(at: base) else { return nil }
    for key in ["hostNetwork", "hostPID", "hostIPC"] where spec[key]?.scalar == .bool(true) {
      return (base + [key], "asks for `\(key)`")
    }
    for (index, volume) in (spec["volumes"]?.items ?? []).enumerated() where volume["hostPath"] != nil {
      return (base + ["volumes", String(index)], "mounts a folder of the node")
    }
    for (index, container) in (spec["containers"]?.items ?? []).enumerated()
    where container["securityContext"]?["privileged"]?.scalar == .bool(true) {
      return (base + ["containers", String(index), "securityContext", "privileged"], "runs privileged")
    }
    return nil
  }
}

/// Claims of volumes that wait for a pod which nobody makes.
private enum IdleClaims {
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
