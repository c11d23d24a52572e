import ZeroTouchManifests
import ZeroTouchModel

/// Names in the outside world that belong to one tenant.
extension Rule {
  static let hostNameOfOthers = Rule(
    "ZT244", .error, "a host name that claims of two namespaces ask for",
    why: "both routes are accepted, and the longer path wins: one tenant answers under the name of another",
    remedy: "give each namespace names of its own below the Gateway's domain",
    example: Example(
      wrong: "http: {hostname: shop.example.org, path: /login}   # and shop.example.org is another tenant's",
      right: "http: {hostname: login.example.org}"),
    check: { survey in survey.graphs.flatMap { graph in RoutedClaims(graph).violations(in: survey) } })
}

/// The claims of one cluster that become routes, by the names they ask for.
private struct RoutedClaims {
  private var byName: [String: [(namespace: String, claim: Manifest)]] = [:]

  init(_ graph: ClusterGraph) {
    for (index, parts) in graph.composed.byClaim.sorted(by: { $0.key < $1.key }) {
      let claim = graph.cluster.objects[index].manifest
      for route in parts where route.manifest.group == "gateway.networking.k8s.io" {
        for name in (route.manifest["spec", "hostnames"]?.items ?? []).compactMap(\.text) {
          byName[name, default: []].append((route.namespace ?? "", claim))
        }
      }
    }
  }

  /// One for each claim of another namespace than the first.
  func violations(in survey: Survey) -> [Rule.Violation] {
    byName.sorted { $0.key < $1.key }.flatMap { name, claims -> [Rule.Violation] in
      let sorted = claims.sorted { $0.namespace < $1.namespace }
      guard let first = sorted.first else { return [] }
      return sorted.filter { $0.namespace != first.namespace }.map { _, claim in
        Rule.Violation(
          at: survey.place(of: claim, at: claim.field(saying: name, named: "host") ?? ["spec"]),
          "`\(claim.title)` asks for `\(name)`, which `\(first.claim.title)` of `\(first.namespace)` asks for as well")
      }
    }
  }
}
