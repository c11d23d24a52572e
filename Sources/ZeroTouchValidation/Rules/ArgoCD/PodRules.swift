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
