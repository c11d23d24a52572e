import ZeroTouchManifests
import ZeroTouchModel

/// What a wave waits for in vain, and what it should wait for and does not.
extension Rule {
  static let neverHealthy = Rule(
    "ZT324", .error, "an object that never becomes healthy",
    why:
      "a wave waits for every object in it, without a bound: what never becomes healthy ends the whole sync, and in the last wave leaves the Application Progressing",
    remedy:
      "give it what it waits for, or take it out of the health: `argocd.argoproj.io/ignore-healthcheck: \"true\"`",
    example: Example(
      wrong: "kind: PersistentVolumeClaim  # no pod mounts it, and its class waits for the first one",
      right: "kind: PersistentVolumeClaim\nmetadata:\n  annotations: {argocd.argoproj.io/ignore-healthcheck: \"true\"}"),
    check: { survey in
      let hasMachines = survey.hasMachines
      return survey.graphs.flatMap { graph in
        IdleClaims.violations(graph, survey)
          + (hasMachines && !graph.cluster.isPreview ? AddressWaiters.violations(graph, survey) : [])
      }
        + SealedVaults.violations(survey)
    })

  static let claimsWithoutHealth = Rule(
    "ZT329", .warning, "a wave behind a claim that Argo CD cannot judge",
    why:
      "Argo CD knows no health for kinds of your own: a claim counts as done once it is written, and the wave behind it begins",
    remedy:
      "add `resource.customizations.health.GROUP_KIND` to `argocd-cm`, a Lua script that reads the claim's `Ready`",
    example: Example(
      wrong: "kind: Database  # wave 0, and the Deployment that uses it in wave 1",
      right:
        "resource.customizations.health.example.org_Database: |\n  hs = {status = \"Progressing\"}\n  …\n  return hs"),
    check: { survey in
      let settings = survey.argoCDSettings
      // Argo CD may be configured elsewhere: only settings that lie here can be said to lack something.
      guard !settings.places.isEmpty else { return [] }
      let own = survey.ownKindsWithStatus
      return survey.graphs.flatMap { graph in
        GatingClaims.violations(graph, own.union(graph.composites), settings, survey)
      }
    })
}

/// Claims that something in a later wave of the same sync stands behind.
private enum GatingClaims {
  static func violations(
    _ graph: ClusterGraph, _ kinds: Set<GroupKind>, _ settings: ArgoCDSettings, _ survey: Survey
  ) -> [Rule.Violation] {
    let cluster = graph.cluster
    return cluster.applications.flatMap { application -> [Rule.Violation] in
      let objects = cluster.objects(of: application)
      guard let last = objects.map(\.order).max() else { return [] }
      var told: Set<GroupKind> = []
      return objects.compactMap { object in
        let kind = object.manifest.groupKind
        guard object.order < last, kinds.contains(kind), told.insert(kind).inserted, !settings.judges(kind) else {
          return nil
        }
        return Rule.Violation(
          at: survey.place(of: object, in: cluster, at: ["kind"]),
          "the waves behind `\(object.manifest.title)` do not wait for it: Argo CD has no health check for `\(kind)`")
      }
    }
  }
}

/// Vaults that nobody opens before the next wave.
private enum SealedVaults {
  static func violations(_ survey: Survey) -> [Rule.Violation] {
    survey.settings(of: ["openbao", "vault"]).compactMap { values in
      let text = values.text
      guard !values.isOpen, blocksSiblings(values), !text.contains("ignore-healthcheck"),
        !["seal \\\"", "uninitcode=2", "unseal", "postStart"].contains(where: text.contains),
        values["server", "dev", "enabled"]?.scalar != .bool(true), values["server", "enabled"]?.scalar != .bool(false),
        values["global", "enabled"]?.scalar != .bool(false), values["server", "readinessProbe", "enabled"] == nil,
        !isOpenedHere(values.cluster)
      else { return nil }
      return Rule.Violation(
        at: values.place("server"),
        "`\(values.application.name)` is sealed until somebody opens it, and later waves wait",
        remedy:
          "give it the last wave, or `server.statefulSet.annotations: {argocd.argoproj.io/ignore-healthcheck: \"true\"}`"
      )
    }
  }

  /// Whether something of the same sync comes later.
  private static func blocksSiblings(_ values: ChartSettings) -> Bool {
    let own = values.application
    return own.parent != nil
      && values.cluster.applications.contains { $0.parent == own.parent && $0.wave > own.wave }
  }

  private static func isOpenedHere(_ cluster: ClusterView) -> Bool {
    let words = ["unseal", "vault-operator", "bank-vaults", "vault-init", "openbao-init"]
    let names = cluster.objects.map(\.manifest.name) + cluster.applications.map(\.name)
    return names.contains { name in words.contains(where: name.contains) }
  }
}

extension Survey {
  /// Whether clusters are made of machines with Talos, where nothing but what is installed gives addresses and storage.
  var hasMachines: Bool { tree.folders.contains("bootstrap/talos") || tree.files.contains { TalosFile($0) != nil } }
}

extension ClusterView {
  /// Whether it is one of those that are made on a laptop.
  var isPreview: Bool { entry.contains("preview") }
}

extension Survey {
  /// The kinds whose objects have a status by definitions that lie in this tree and are nobody else's.
  fileprivate var ownKindsWithStatus: Set<GroupKind> {
    let path = ["properties", "status", "properties", "conditions"]
    let definitions = manifests(ofKind: "CustomResourceDefinition").filter { definition in
      (definition["spec", "versions"]?.items ?? []).contains { version in
        let schema = version["schema"]?["openAPIV3Schema"]
        return schema?["x-kubernetes-preserve-unknown-fields"]?.scalar == .bool(true)
          || (version["subresources"]?["status"] != nil && schema?.node(at: path) != nil)
      }
    }
    return Set(definitions.compactMap(Provisions.definition).filter { !PublicKinds.contain($0) })
  }
}
