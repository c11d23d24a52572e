/// The names Argo CD goes by in a cluster.
enum ArgoCDNames {
  static let namespace = "argocd"
  static let manager = "argocd-controller"
  static let controller = "argocd-application-controller"
  static let trackingID = "argocd.argoproj.io/tracking-id"
  static let refresh = "argocd.argoproj.io/refresh"
  static let syncWave = "argocd.argoproj.io/sync-wave"
  static let syncOptions = "argocd.argoproj.io/sync-options"
  static let compareOptions = "argocd.argoproj.io/compare-options"
  static let hook = "argocd.argoproj.io/hook"
  static let hookDeletePolicy = "argocd.argoproj.io/hook-delete-policy"
  static let helmHook = "helm.sh/hook"
  static let helmHookDeletePolicy = "helm.sh/hook-delete-policy"
  static let helmHookWeight = "helm.sh/hook-weight"
  static let ignoreHealthCheck = "argocd.argoproj.io/ignore-healthcheck"
  static let skipReconcile = "argocd.argoproj.io/skip-reconcile"
  static let resourcesFinalizer = "resources-finalizer.argocd.argoproj.io"
  static let applicationHealth = "\(healthPrefix)argoproj.io_Application"
  static let healthPrefix = "resource.customizations.health."
  static let inCluster = "https://kubernetes.default.svc"

  static let settings = ObjectKey(.configMaps, namespace, "argocd-cm")
  static let parameters = ObjectKey(.configMaps, namespace, "argocd-cmd-params-cm")
  static let projects = GroupResource("appprojects", "argoproj.io")

  /// How often the repositories are looked at for new commits.
  static let pollInterval = Duration.seconds(120)
  /// How long after a sync drift is left alone before it is healed.
  static let selfHealDelay = Duration.seconds(5)
}
