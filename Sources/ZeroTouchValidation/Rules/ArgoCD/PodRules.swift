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
    check: { survey in
      let talosLevel = survey.hasMachines ? TalosAdmission.level(survey) : nil
      return survey.clusters.flatMap { PrivilegedPods($0, survey, $0.isPreview ? nil : talosLevel).violations }
    })
}

/// Pods that Pod Security Admission refuses.
private struct PrivilegedPods {
  let cluster: ClusterView
  let survey: Survey
  private let levels: [String: String]
  /// What Talos enforces where a namespace says nothing.
  private let talosLevel: String?

  init(_ cluster: ClusterView, _ survey: Survey, _ talosLevel: String?) {
    self.cluster = cluster
    self.survey = survey
    self.talosLevel = talosLevel
    levels = Self.levels(cluster)
  }

  var violations: [Rule.Violation] {
    ofObjects + cluster.applications.flatMap(ofCharts)
  }

  private var ofObjects: [Rule.Violation] {
    cluster.objects.compactMap { object in
      guard let namespace = object.namespace, let level = level(of: namespace),
        let (path, what) = RestrictedPod(object.manifest)?.excess(over: level) ?? UnseenPods.excess(of: object.manifest)
      else { return nil }
      return Rule.Violation(
        at: survey.place(of: object, in: cluster, at: path),
        "`\(object.manifest.title)` \(what), and the namespace `\(namespace)` enforces `\(level)`")
    }
  }

  /// Charts whose pods nobody sees here and that are known to take hold of their node.
  private func ofCharts(_ application: DeployedApplication) -> [Rule.Violation] {
    guard let namespace = application.destinationNamespace, let level = level(of: namespace) else { return [] }
    return application.sources.compactMap { source in
      guard let chart = source.chart, let what = UnseenPods.excess(ofChart: source, in: survey.tree) else { return nil }
      return Rule.Violation(
        at: survey.place(of: application.manifest, at: source.path + ["chart"]),
        "the chart `\(chart)` of `\(application.name)` \(what), and the namespace `\(namespace)` enforces `\(level)`")
    }
  }

  private func level(of namespace: String) -> String? {
    guard let level = levels[namespace] else {
      return namespace == "kube-system" ? nil : talosLevel
    }
    return ["baseline", "restricted"].contains(level) ? level : nil
  }

  private static func levels(_ cluster: ClusterView) -> [String: String] {
    let key = "pod-security.kubernetes.io/enforce"
    var levels: [String: String] = [:]
    for application in cluster.applications where application.has(option: "CreateNamespace=true") {
      let labels = application.manifest["spec", "syncPolicy", "managedNamespaceMetadata", "labels"]
      if let name = application.destinationNamespace, let level = labels?[key]?.text { levels[name] = level }
    }
    for object in cluster.objects where object.manifest.kind == "Namespace" {
      let labels = object.manifest["metadata", "labels"]
      if let level = labels?[key]?.text { levels[object.manifest.name] = level }
    }
    return levels
  }
}

/// What Talos tells the API server of Pod Security.
private enum TalosAdmission {
  /// What namespaces enforce that say nothing; `baseline` unless the configurations say otherwise.
  static func level(_ survey: Survey) -> String? {
    let plugins = survey.talosFiles.flatMap { $0.node("cluster", "apiServer", "admissionControl")?.items ?? [] }
    let own = plugins.filter { $0["name"]?.text == "PodSecurity" }
    let disabled = survey.talosFiles.contains {
      $0.node("cluster", "apiServer", "disablePodSecurityPolicy")?.scalar == .bool(true)
        && $0.node("cluster", "apiServer", "admissionControl")?.items?.isEmpty == true
    }
    guard own.isEmpty else {
      // Exempted namespaces are not looked at one by one.
      let levels = own.compactMap { $0.node(at: ["configuration", "defaults", "enforce"])?.text }
      let hasExemptions = own.contains {
        ($0.node(at: ["configuration", "exemptions", "namespaces"])?.items ?? []).contains { $0.text != "kube-system" }
      }
      return !hasExemptions && levels.contains("baseline") && Set(levels).count == 1 ? "baseline" : nil
    }
    return disabled ? nil : "baseline"
  }
}
