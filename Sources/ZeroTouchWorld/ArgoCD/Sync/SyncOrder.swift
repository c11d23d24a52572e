import ZeroTouchModel

/// The order of a sync's tasks: phase, wave, kind, name, with what others need first.
enum SyncOrder {
  static func sorted(_ tasks: [SyncTask]) -> [SyncTask] {
    tasks.sorted { left, right in
      if left.phase != right.phase { return left.phase.order < right.phase.order }
      if left.wave != right.wave { return left.wave < right.wave }
      let (first, second) = (rank(left.identity.kind), rank(right.identity.kind))
      return first != second
        ? first < second : (left.identity.name, left.identity) < (right.identity.name, right.identity)
    }
  }

  private static func rank(_ kind: String) -> Int { ranks[kind] ?? kinds.count }

  /// Kinds that others build on come first; those not named here come last.
  private static let kinds = [
    "Namespace", "NetworkPolicy", "ResourceQuota", "LimitRange", "PodSecurityPolicy", "PodDisruptionBudget",
    "ServiceAccount", "Secret", "SecretList", "ConfigMap", "StorageClass", "PersistentVolume",
    "PersistentVolumeClaim", "CustomResourceDefinition", "ClusterRole", "ClusterRoleList", "ClusterRoleBinding",
    "ClusterRoleBindingList", "Role", "RoleList", "RoleBinding", "RoleBindingList", "Service", "DaemonSet", "Pod",
    "ReplicationController", "ReplicaSet", "Deployment", "HorizontalPodAutoscaler", "StatefulSet", "Job", "CronJob",
    "IngressClass", "Ingress", "APIService",
  ]
  private static let ranks = Dictionary(uniqueKeysWithValues: kinds.enumerated().map { ($1, $0) })
}
