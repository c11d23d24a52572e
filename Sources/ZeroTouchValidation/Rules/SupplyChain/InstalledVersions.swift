import ZeroTouchManifests
import ZeroTouchModel

/// A version with the place that says it.
struct PlacedVersion: Sendable {
  let version: SemanticVersion
  let location: SourceLocation
}

/// What a cluster gets, by the keys of the compatibility tables.
struct InstalledVersions {
  let all: [String: PlacedVersion]

  init(_ cluster: ClusterView, in survey: Survey) {
    var all: [String: PlacedVersion] = [:]
    for application in cluster.applications {
      for source in application.sources {
        guard let (key, version) = Self.component(source), all[key] == nil else { continue }
        all[key] = PlacedVersion(
          version: version, location: survey.place(of: application.manifest, at: source.path + ["targetRevision"]))
      }
    }
    if all["argocd"] == nil { all["argocd"] = survey.kustomizedArgoCD(in: cluster) }
    // One Kubernetes in the whole tree is this cluster's; of several, nobody knows which.
    let kubernetes = survey.machineVersions.compactMap { $0["kubernetes"] }
    if let first = kubernetes.first, kubernetes.allSatisfy({ $0.version == first.version }) {
      all["kubernetes"] = first
    }
    self.all = all
  }

  private static func component(_ source: ApplicationSource) -> (key: String, version: SemanticVersion)? {
    guard let version = SemanticVersion(source.revision) else { return nil }
    switch source.chart {
    case "cilium": return ("cilium", version)
    case "argo-cd": return Compatibility.argoCD(inChart: version).map { ("argocd", $0) }
    case "external-secrets": return ("external-secrets", version)
    case "crossplane": return ("crossplane", version)
    case nil where OwnRepository.normalized(source.repoURL) == "github.com/kubernetes-sigs/gateway-api":
      return ("gatewayAPI", version)
    default: return nil
    }
  }
}

/// A Cilium beside the definitions of the Gateway API.
struct GatewayPair {
  let cilium: SemanticVersion
  let gateway: SemanticVersion

  init(_ cilium: SemanticVersion, _ gateway: SemanticVersion) {
    self.cilium = cilium
    self.gateway = gateway
  }

  init?(_ installed: [String: PlacedVersion]) {
    guard let cilium = installed["cilium"]?.version, let gateway = installed["gatewayAPI"]?.version else { return nil }
    self.init(cilium, gateway)
  }

  /// Whether the operator crashes: up to 1.19 over a TLSRoute of 1.5, from 1.20 on without that of 1.6.1.
  var crashes: Bool {
    cilium < SemanticVersion(1, 20, 0) ? gateway >= SemanticVersion(1, 5, 0) : gateway < SemanticVersion(1, 6, 1)
  }
}

extension Survey {
  /// Charts whose definitions have version numbers of their own.
  private static let versionedApart: Set<String> = [
    "traefik", "victoria-metrics-operator", "opentelemetry-operator", "prometheus-operator", "fluent-operator",
  ]

  /// Charts that belong together, or are the same, at different versions in one cluster.
  func splitCharts(in cluster: ClusterView) -> [Rule.Violation] {
    struct Use {
      let application: DeployedApplication
      let source: ApplicationSource
    }
    let uses = cluster.applications.flatMap { application in
      application.sources.filter { $0.chart != nil && SemanticVersion($0.revision) != nil }.map {
        Use(application: application, source: $0)
      }
    }
    // Two Applications to two clusters may well differ; a chart's definitions are named after it.
    let groups = Dictionary(grouping: uses) { use in
      let chart = use.source.chart ?? ""
      let stem = ["-crds", "-crd"].first(where: chart.hasSuffix).map { String(chart.dropLast($0.count)) } ?? chart
      return "\(ChartReference.normalized(use.source.repoURL)) \(stem) \(use.application.destination)"
    }
    return groups.values.flatMap { group -> [Rule.Violation] in
      let sorted = group.sorted { $0.application.name < $1.application.name }
      // A chart may be installed many times; definitions exist once.
      guard let definitions = sorted.first(where: { $0.source.chart?.contains("-crd") == true }) else { return [] }
      guard !Self.versionedApart.contains(sorted.compactMap(\.source.chart).min() ?? "") else { return [] }
      return sorted.filter { $0.source.revision != definitions.source.revision }.map {
        Rule.Violation(
          at: place(of: $0.application.manifest, at: $0.source.path + ["targetRevision"]),
          "the Application `\($0.application.name)` takes `\($0.source.chart ?? "")` \($0.source.revision), and "
            + "`\(definitions.application.name)` its definitions of \(definitions.source.revision)")
      }
    }
  }
}
