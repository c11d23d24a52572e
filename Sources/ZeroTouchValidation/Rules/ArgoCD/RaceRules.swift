import ZeroTouchManifests
import ZeroTouchModel

/// Applications of one wave are synced side by side: what one of them brings the other one may look for too early.
extension Rule {
  static let needBesideItsProvider = Rule(
    "ZT325", .error, "an Application in one wave with what it needs",
    why:
      "both are synced side by side: the first attempts fail or wait, and what comes in which order is left to chance",
    remedy: "give what is needed an earlier wave, or what needs it a later one",
    example: Example(
      wrong:
        "# cert-manager\nargocd.argoproj.io/sync-wave: \"2\"\n---\n# what has Certificates\nargocd.argoproj.io/sync-wave: \"2\"",
      right:
        "# cert-manager\nargocd.argoproj.io/sync-wave: \"1\"\n---\n# what has Certificates\nargocd.argoproj.io/sync-wave: \"2\""
    ),
    check: { survey in
      // Where waves gate they are an order that somebody relies on; elsewhere retries are the order.
      guard survey.argoCDSettings.judgesApplications else { return [] }
      return survey.graphs.flatMap { survey.besides($0, areSoughtOnce: false) }
    })

  static let soughtOnceBesideItsProvider = Rule(
    "ZT326", .error, "something that is looked for once, in one wave with whoever brings it",
    why:
      "it is looked for when a program starts, and not again: if it comes a moment later, the program goes on without it",
    remedy: "give what is looked for an earlier wave",
    example: Example(
      wrong:
        "# the CRDs of the Gateway API\nargocd.argoproj.io/sync-wave: \"-2\"\n---\n# Cilium, with gatewayAPI.enabled\nargocd.argoproj.io/sync-wave: \"-2\"",
      right:
        "# the CRDs of the Gateway API\nargocd.argoproj.io/sync-wave: \"-2\"\n---\n# Cilium, with gatewayAPI.enabled\nargocd.argoproj.io/sync-wave: \"-1\""
    ),
    check: { survey in survey.graphs.flatMap { survey.besides($0, areSoughtOnce: true) } })

  static let argoCDBeforeThePlatform = Rule(
    "ZT327", .error, "Argo CD's own Application before what the cluster is made of",
    why:
      "a change to Argo CD restarts what carries out the sync, and later waves wait until it is healthy: if it does not come back, neither do they",
    remedy: "give Argo CD's own Application a wave behind those that bring kinds and storage",
    example: Example(
      wrong:
        "# Argo CD itself\nargocd.argoproj.io/sync-wave: \"-5\"\n---\n# operators\nargocd.argoproj.io/sync-wave: \"0\"",
      right:
        "# operators\nargocd.argoproj.io/sync-wave: \"0\"\n---\n# Argo CD itself\nargocd.argoproj.io/sync-wave: \"6\""),
    check: { survey in
      guard survey.argoCDSettings.judgesApplications else { return [] }
      let found = survey.graphs.flatMap { graph in
        graph.cluster.applications.filter(\.isArgoCDItself).compactMap { survey.early($0, in: graph) }
      }
      // One line in several clusters is one fault; the one that holds up most tells of it.
      return Dictionary(grouping: found, by: \.location).values.compactMap { same in
        same.max { ($0.what.utf8.count, $0.what) < ($1.what.utf8.count, $1.what) }
      }
    })
}

extension Survey {
  /// A violation for every two Applications of one wave of which one needs what the other one brings.
  fileprivate func besides(_ graph: ClusterGraph, areSoughtOnce: Bool) -> [Rule.Violation] {
    let isSoughtOnce: (ClusterGraph.Inversion) -> Bool = { $0.need.strength == .toStart }
    // The worst of two is told, and told once.
    let worse = graph.races + (areSoughtOnce ? [] : graph.besides.filter(isSoughtOnce))
    var told = Set(worse.map { [$0.own.item, $0.other.item] })
    return graph.besides.filter { isSoughtOnce($0) == areSoughtOnce && !graph.isSatOut($0) }.compactMap { beside in
      let pair = [beside.own.item, beside.other.item]
      // Without waves on both nobody meant an order.
      guard case .application(let own) = pair[0], case .application(let other) = pair[1],
        let user = graph.waved(own), graph.waved(other) != nil, told.insert(pair).inserted
      else { return nil }
      let applications = graph.cluster.applications
      let wave = ["metadata", "annotations", DeployedApplication.waveKey]
      return Rule.Violation(
        at: place(of: user, at: wave),
        "`\(applications[own].name)` needs \(beside.need.capability), which `\(applications[other].name)` brings in the "
          + "same wave \(applications[own].wave)",
        remedy: "give `\(applications[other].name)` a wave below \(applications[own].wave), or "
          + "`\(applications[own].name)` one above")
    }
  }

  /// A violation where an Application that holds Argo CD comes before one that brings kinds or storage.
  fileprivate func early(_ own: DeployedApplication, in graph: ClusterGraph) -> Rule.Violation? {
    let cluster = graph.cluster
    // What comes too late for others as well is told there.
    let late = Set(graph.inversions.map(\.other.item))
    guard own.parent != nil, own.manifest.annotation(DeployedApplication.waveKey) != nil else { return nil }
    let later = cluster.applications.filter {
      $0.parent == own.parent && $0.wave > own.wave && cluster.bringsKindsOrStorage($0)
        && !late.contains(.application($0.id))
    }
    guard !later.isEmpty else { return nil }
    let names = later.map { "`\($0.name)` (wave \($0.wave))" }.sorted().joined(separator: ", ")
    return Rule.Violation(
      at: place(of: own.manifest, at: ["metadata", "annotations", DeployedApplication.waveKey]),
      "`\(own.name)` (wave \(own.wave)) is Argo CD itself, and holds up \(names) whenever it changes")
  }
}

extension ClusterGraph {
  /// Whether an object may come before its kind: its sync passes it over, and is tried again without end.
  fileprivate func isSatOut(_ beside: Inversion) -> Bool {
    switch beside.need.capability {
    case .kind, .group: break
    default: return false
    }
    guard case .object(let index) = beside.user, let application = cluster.application(application(of: beside.user)),
      application.isAutomated, application.retries < 0
    else { return false }
    let option = "SkipDryRunOnMissingResource=true"
    let own = cluster.objects[index].manifest.annotation("argocd.argoproj.io/sync-options") ?? ""
    return application.has(option: option) || own.contains(option)
  }

  /// What carries the wave of an Application, where one is written.
  fileprivate func waved(_ id: Int) -> Manifest? {
    guard let manifest = manifest(of: .application(id)),
      manifest.annotation(DeployedApplication.waveKey).flatMap({ Int($0) }) != nil
    else { return nil }
    return manifest
  }
}

extension ClusterView {
  fileprivate func bringsKindsOrStorage(_ application: DeployedApplication) -> Bool {
    let provisions =
      objects(of: application).lazy.flatMap(Provisions.of)
      + application.sources.compactMap(\.chart).flatMap(RunningCharts.provisions)
    return provisions.contains {
      switch $0 {
      case .kind, .group, .defaultStorageClass: true
      default: false
      }
    }
  }
}

extension DeployedApplication {
  /// Whether it holds the Argo CD that syncs it.
  fileprivate var isArgoCDItself: Bool {
    destinationNamespace == manifest.namespace && sources.contains { $0.chart == "argo-cd" }
  }
}
