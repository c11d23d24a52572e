import ZeroTouchManifests
import ZeroTouchModel

/// What makes waves decorative, or a sync that fails once fail for good.
extension Rule {
  static let applicationsWithoutHealth = Rule(
    "ZT312", .error, "waves on Applications without a health check for Applications",
    why:
      "Argo CD has no health for Application objects of its own: every child counts as healthy at once, and no wave waits",
    remedy:
      "add `resource.customizations.health.argoproj.io_Application` to `argocd-cm`, a Lua script that returns the child's health",
    example: Example(
      wrong: "configs:\n  cm:\n    timeout.reconciliation: 60s",
      right:
        "configs:\n  cm:\n    timeout.reconciliation: 60s\n    resource.customizations.health.argoproj.io_Application: |\n      hs = {status = \"Progressing\"}\n      …\n      return hs"
    ),
    check: { survey in
      let settings = survey.argoCDSettings
      guard !settings.judgesApplications, let gated = survey.clusters.first(where: \.hasWavesOfApplications) else {
        return []
      }
      // Argo CD may be configured elsewhere: only settings that lie here can be said to lack something.
      guard
        let place = settings.places.first?.location ?? survey.wholeSettingsOfArgoCD ?? survey.plainInstallationOfArgoCD
      else { return [] }
      return [
        Violation(
          at: place, "the Applications of `\(gated.entry)` have waves, and Argo CD does not wait for them")
      ]
    })

  static let healthThatDoesNotGate = Rule(
    "ZT328", .warning, "a health check for Applications that fails waves, or lets them through",
    why:
      "a child that is Degraded for a moment fails the whole sync of its parent; one that need not be Synced is healthy with half of its objects",
    remedy:
      "answer Healthy only when the child is Synced and Healthy, and Progressing otherwise; see docs/decisions/waves.md",
    example: Example(
      wrong: "hs.status = obj.status.health.status",
      right:
        "hs.status = \"Progressing\"\nif obj.status.sync.status == \"Synced\" and obj.status.health.status == \"Healthy\" then\n  hs.status = \"Healthy\"\nend"
    ),
    check: { survey in
      guard survey.clusters.contains(where: \.hasWavesOfApplications) else { return [] }
      return survey.argoCDSettings.healthScripts.compactMap { script, location in
        let faults =
          (script.onDegraded == .passedOn ? ["says Degraded of a child that is"] : [])
          + (script.waitsForSynced == false ? ["does not wait until a child is Synced"] : [])
        guard !faults.isEmpty else { return nil }
        return Violation(at: location, "the health check for Applications \(faults.joined(separator: " and "))")
      }
    })

  static let waveInSetTemplate = Rule(
    "ZT314", .warning, "a wave in the template of an ApplicationSet",
    why:
      "the ApplicationSet controller makes all of its Applications at once; only the set itself takes part in a sync",
    remedy: "put the wave on the ApplicationSet, or use its `strategy: RollingSync` for an order among what it makes",
    example: Example(
      wrong:
        "kind: ApplicationSet\nspec:\n  template:\n    metadata:\n      annotations: {argocd.argoproj.io/sync-wave: \"5\"}",
      right: "kind: ApplicationSet\nmetadata:\n  annotations: {argocd.argoproj.io/sync-wave: \"5\"}"),
    check: { survey in
      let path = ["spec", "template", "metadata", "annotations", DeployedApplication.waveKey]
      return survey.manifests(ofKind: "ApplicationSet").compactMap { set in
        guard set.isApplicationSet, let wave = set.body.node(at: path)?.text, wave != "0" else { return nil }
        return Violation(
          at: survey.place(of: set, at: path),
          "the wave \(wave) of what the ApplicationSet `\(set.name)` makes is looked at by nobody")
      }
    })

  static let raceWithoutRetry = Rule(
    "ZT321", .error, "a first sync that is bound to fail and is not tried again",
    why:
      "Applications of one wave are synced side by side: what the other one brings is not there yet, and nobody tries again",
    remedy: "give the Application `syncPolicy.retry` with a limit, or a later wave",
    example: Example(
      wrong: "syncPolicy:\n  automated: {}\n  retry: {limit: 0}",
      right: "syncPolicy:\n  automated: {}\n  retry: {limit: -1, backoff: {duration: 5s, factor: 2, maxDuration: 3m}}"),
    check: { survey in
      survey.graphs.flatMap { graph in
        graph.races.compactMap { race -> Violation? in
          guard let id = graph.application(of: race.user), let application = graph.cluster.application(id) else {
            return nil
          }
          return Violation(
            at: survey.place(of: application.manifest, at: "spec", "syncPolicy", "retry", "limit"),
            "`\(application.name)` needs \(race.need.capability), which comes in the same wave, and is not tried again")
        }
      }
    })

  static let exclusionsWithoutDefaults = Rule(
    "ZT322", .warning, "resource.exclusions that drop the defaults",
    why:
      "the key replaces Argo CD's own list: Endpoints, Leases, reviews and Cilium's identities are watched again, which costs memory and shows as drift",
    remedy: "repeat the defaults of your version of Argo CD in the list, and add yours",
    example: Example(
      wrong: "resource.exclusions: |\n  - {apiGroups: [tekton.dev], kinds: [TaskRun], clusters: [\"*\"]}",
      right:
        "resource.exclusions: |\n  - {apiGroups: [\"\", discovery.k8s.io], kinds: [Endpoints, EndpointSlice], clusters: [\"*\"]}\n  - {apiGroups: [coordination.k8s.io], kinds: [Lease], clusters: [\"*\"]}\n  …\n  - {apiGroups: [tekton.dev], kinds: [TaskRun], clusters: [\"*\"]}"
    ),
    check: { survey in
      survey.argoCDSettings.places.compactMap { place in
        guard let entry = place.node.entry("resource.exclusions"), let text = entry.value.text else { return nil }
        let dropped = ["EndpointSlice", "Lease", "TokenReview"].filter {
          !text.contains($0) && !text.contains("\"*\"]\n  kinds: [\"*\"]")
        }
        guard !dropped.isEmpty else { return nil }
        return Violation(
          at: entry.keyLocation,
          "`resource.exclusions` leaves out \(dropped.map { "`\($0)`" }.joined(separator: ", ")), which Argo CD excludes by itself"
        )
      }
    })
}

extension ClusterView {
  /// Whether Applications of one parent stand in different waves.
  var hasWavesOfApplications: Bool {
    let children = Dictionary(grouping: applications.filter { $0.parent != nil }, by: \.parent)
    return children.values.contains { Set($0.map(\.wave)).count > 1 }
  }
}
