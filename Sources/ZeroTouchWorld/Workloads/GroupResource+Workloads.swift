extension GroupResource {
  static let limitRanges = GroupResource("limitranges")
  static let resourceQuotas = GroupResource("resourcequotas")
  static let controllerRevisions = GroupResource("controllerrevisions", "apps")
  static let cronJobs = GroupResource("cronjobs", "batch")

  /// The kind and API version of the built-in resources that own or are owned here.
  var ownedKind: (apiVersion: String, kind: String)? {
    switch self {
    case .pods: ("v1", "Pod")
    case .nodes: ("v1", "Node")
    case .persistentVolumeClaims: ("v1", "PersistentVolumeClaim")
    case .persistentVolumes: ("v1", "PersistentVolume")
    case .services: ("v1", "Service")
    case .deployments: ("apps/v1", "Deployment")
    case .replicaSets: ("apps/v1", "ReplicaSet")
    case .daemonSets: ("apps/v1", "DaemonSet")
    case .statefulSets: ("apps/v1", "StatefulSet")
    case .controllerRevisions: ("apps/v1", "ControllerRevision")
    case .jobs: ("batch/v1", "Job")
    case .cronJobs: ("batch/v1", "CronJob")
    default: nil
    }
  }

  /// The resource of a controller's kind in an owner reference; nil for kinds that own no pods here.
  static func owning(kind: String) -> GroupResource? {
    switch kind {
    case "ReplicaSet": .replicaSets
    case "DaemonSet": .daemonSets
    case "StatefulSet": .statefulSets
    case "Job": .jobs
    case "Deployment": .deployments
    case "CronJob": .cronJobs
    default: nil
    }
  }
}
