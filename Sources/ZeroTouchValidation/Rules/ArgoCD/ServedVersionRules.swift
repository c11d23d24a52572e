import ZeroTouchManifests
import ZeroTouchModel

/// Versions of kinds, and waves that order nothing.
extension Rule {
  static let versionNotServed = Rule(
    "ZT330", .error, "an apiVersion that its definition does not serve",
    why: "the API server knows the kind and not this version of it, and refuses the object",
    remedy: "write a version that the definition serves, or let the definition serve this one",
    example: Example(
      wrong: "apiVersion: example.org/v1beta1   # and the CRD serves v1 alone", right: "apiVersion: example.org/v1"),
    check: { survey in
      survey.clusters.flatMap { cluster -> [Violation] in
        let definitions = ServedVersions(cluster, survey)
        return cluster.objects.compactMap { object in
          let manifest = object.manifest
          if case .chart = manifest.origin { return nil }
          if RemovedVersions.contain(manifest) {
            return Violation(
              at: survey.place(of: manifest, at: "apiVersion"),
              "`\(manifest.title)` is of `\(manifest.apiVersion)`, which no supported Kubernetes serves")
          }
          guard let served = definitions[manifest.groupKind], !served.contains(manifest.version) else { return nil }
          let known = served.sorted().map { "`\($0)`" }.joined(separator: ", ")
          return Violation(
            at: survey.place(of: manifest, at: "apiVersion"),
            "`\(manifest.title)` is of `\(manifest.apiVersion)`, and \(known.isEmpty ? "nothing" : "only \(known)") is served"
          )
        }
      }
    })

  static let waveWithoutOrder = Rule(
    "ZT331", .warning, "a wave that orders nothing",
    why:
      "waves order what one Application applies: inside a nested one that has a single wave the number changes nothing, and the wave of the one around it decides",
    remedy: "put the wave on the Application around it, or take it away",
    example: Example(
      wrong:
        "layer (wave 1) applies store (wave 0, the only one)\ndatabase (wave 0) is applied beside layer, before store",
      right: "layer (wave 0) applies store\ndatabase (wave 1) is applied beside layer, after store"),
    check: { survey in
      survey.clusters.flatMap { NestedWaves.violations($0, survey) }
        + survey.manifests.compactMap { manifest in
          let path = ["metadata", "labels", DeployedApplication.waveKey]
          guard manifest.body["metadata"]?["labels"]?[DeployedApplication.waveKey] != nil else { return nil }
          return Violation(
            at: survey.place(of: manifest, at: path),
            "the wave of `\(manifest.title)` is a label, and Argo CD reads annotations",
            remedy: "move it to `metadata.annotations`")
        }
    })
}

/// Versions of built-in kinds that Kubernetes took away, all of them before 1.33.
private enum RemovedVersions {
  private static let all: [String: Set<String>] = [
    "extensions/v1beta1": ["DaemonSet", "Deployment", "Ingress", "NetworkPolicy", "PodSecurityPolicy", "ReplicaSet"],
    "apps/v1beta1": ["Deployment", "StatefulSet"],
    "apps/v1beta2": ["DaemonSet", "Deployment", "ReplicaSet", "StatefulSet"],
    "batch/v1beta1": ["CronJob"], "batch/v2alpha1": ["CronJob"],
    "policy/v1beta1": ["PodDisruptionBudget", "PodSecurityPolicy"],
    "autoscaling/v2beta1": ["HorizontalPodAutoscaler"], "autoscaling/v2beta2": ["HorizontalPodAutoscaler"],
    "networking.k8s.io/v1beta1": ["Ingress", "IngressClass"],
    "rbac.authorization.k8s.io/v1beta1": ["ClusterRole", "ClusterRoleBinding", "Role", "RoleBinding"],
    "apiextensions.k8s.io/v1beta1": ["CustomResourceDefinition"],
    "admissionregistration.k8s.io/v1beta1": ["MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"],
    "storage.k8s.io/v1beta1": ["CSIDriver", "CSINode", "StorageClass", "VolumeAttachment"],
    "scheduling.k8s.io/v1beta1": ["PriorityClass"], "discovery.k8s.io/v1beta1": ["EndpointSlice"],
    "flowcontrol.apiserver.k8s.io/v1beta1": ["FlowSchema", "PriorityLevelConfiguration"],
    "flowcontrol.apiserver.k8s.io/v1beta2": ["FlowSchema", "PriorityLevelConfiguration"],
    "flowcontrol.apiserver.k8s.io/v1beta3": ["FlowSchema", "PriorityLevelConfiguration"],
  ]

  static func contain(_ manifest: Manifest) -> Bool { all[manifest.apiVersion]?.contains(manifest.kind) ?? false }
}

/// Which versions of a kind a cluster serves, where its definition is known.
private struct ServedVersions {
  private var byKind: [GroupKind: Set<String>] = [:]

  subscript(kind: GroupKind) -> Set<String>? { byKind[kind] }

  init(_ cluster: ClusterView, _ survey: Survey) {
    for object in cluster.objects {
      switch object.manifest.kind {
      case "CustomResourceDefinition" where Self.isExact(object, cluster, survey):
        guard let kind = Provisions.definition(object.manifest) else { continue }
        enter(object.manifest, [kind])
      case "CompositeResourceDefinition": enter(object.manifest, Provisions.composites(of: object.manifest))
      default: continue
      }
    }
  }

  private mutating func enter(_ manifest: Manifest, _ kinds: [GroupKind]) {
    guard let versions = manifest["spec", "versions"]?.items else { return }
    let served = versions.filter { $0["served"]?.scalar != .bool(false) }.compactMap { $0["name"]?.text }
    for kind in kinds { byKind[kind, default: []].formUnion(served) }
  }

  /// Whether a definition is that of the version that is installed; External Secrets' are told by a rule of their own.
  private static func isExact(_ object: PlacedObject, _ cluster: ClusterView, _ survey: Survey) -> Bool {
    guard case .chart = object.manifest.origin, let application = cluster.application(object.application) else {
      return true
    }
    let source = application.sources[object.source]
    let entries = survey.catalogue.entries(of: source.chart ?? source.folder ?? "", in: source.repoURL)
    return source.chart != "external-secrets" && entries.contains { $0.versions.contains(source.revision) }
  }
}

/// Waves of nested Applications that say another order than the one that comes about.
private enum NestedWaves {
  static func violations(_ cluster: ClusterView, _ survey: Survey) -> [Rule.Violation] {
    cluster.applications.compactMap { application -> Rule.Violation? in
      guard let parent = cluster.application(application.parent), parent.parent != nil, application.set == nil,
        application.wave != 0, application.wave != parent.wave, isAlone(application, in: parent, cluster),
        let uncle = misplaced(application, beside: parent, cluster)
      else { return nil }
      return Rule.Violation(
        at: survey.place(of: application.manifest, at: "metadata", "annotations", DeployedApplication.waveKey),
        "`\(application.name)` says wave \(application.wave) and comes with `\(parent.name)` in wave \(parent.wave), "
          + "\(uncle.wave > parent.wave ? "before" : "after") `\(uncle.name)` of wave \(uncle.wave)")
    }
  }

  /// Whether everything that the parent applies is in one wave.
  private static func isAlone(
    _ application: DeployedApplication, in parent: DeployedApplication, _ cluster: ClusterView
  ) -> Bool {
    cluster.objects(of: parent).allSatisfy { $0.order == application.wave }
      && !cluster.unknowns.contains { $0.manifest.name == parent.name }
  }

  /// An Application beside the parent that comes on the other side of it than the wave says.
  private static func misplaced(
    _ application: DeployedApplication, beside parent: DeployedApplication, _ cluster: ClusterView
  ) -> DeployedApplication? {
    cluster.applications.first { uncle in
      uncle.parent == parent.parent && uncle.id != parent.id
        && ((uncle.wave > parent.wave && uncle.wave < application.wave)
          || (uncle.wave < parent.wave && uncle.wave > application.wave))
    }
  }
}
