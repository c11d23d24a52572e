/// Which versions run together, by what their makers document and check.
package enum Compatibility {
  /// A line of releases, `MAJOR.MINOR`.
  package struct Line: Sendable, Hashable, Comparable, CustomStringConvertible {
    package let major: Int
    package let minor: Int

    package init(_ major: Int, _ minor: Int) {
      self.major = major
      self.minor = minor
    }

    package init(_ version: SemanticVersion) { self.init(version.major, version.minor) }

    package var description: String { "\(major).\(minor)" }

    package static func < (left: Self, right: Self) -> Bool { (left.major, left.minor) < (right.major, right.minor) }
  }

  /// One line of a component, and the lines of another that it runs with.
  package struct Window: Sendable, Hashable {
    package let line: Line
    package let partners: ClosedRange<Line>
    /// The oldest patch of the partner's first line.
    package let minimum: SemanticVersion

    init(_ line: Line, _ first: Line, _ last: Line, minimumPatch: Int = 0) {
      self.line = line
      partners = first...last
      minimum = SemanticVersion(first.major, first.minor, minimumPatch)
    }

    func contains(_ version: SemanticVersion) -> Bool { partners.contains(Line(version)) && version >= minimum }
  }

  /// The windows between two components, with who says so.
  package struct Table: Sendable {
    package let key: String
    package let name: String
    package let partnerKey: String
    package let partnerName: String
    package let windows: [Window]
    package let source: String
  }

  /// The lines of a component that are known to work where nobody documents what they run with.
  package struct Releases: Sendable {
    package let key: String
    package let name: String
    package let lines: [Line]
    package let source: String
  }

  package static let tables = [talosKubernetes, ciliumGatewayAPI, argoCDKubernetes, externalSecretsKubernetes]
  package static let releases = [crossplane]

  /// The Argo CD in a version of its chart, where it is known.
  package static func argoCD(inChart version: SemanticVersion) -> SemanticVersion? { argoCDCharts[version] }

  /// The releases whose machine configuration is rendered; 1.14 writes most of it in documents of their own.
  private static let talosKubernetes = Table(
    key: "talos", name: "Talos", partnerKey: "kubernetes", partnerName: "Kubernetes",
    windows: [
      Window(Line(1, 11), Line(1, 29), Line(1, 34)),
      Window(Line(1, 12), Line(1, 30), Line(1, 35)),
      Window(Line(1, 13), Line(1, 31), Line(1, 36)),
    ], source: "siderolabs/talos, pkg/machinery/compatibility")

  private static let ciliumGatewayAPI = Table(
    key: "cilium", name: "Cilium", partnerKey: "gatewayAPI", partnerName: "Gateway API",
    windows: [
      Window(Line(1, 17), Line(1, 2), Line(1, 2)),
      Window(Line(1, 18), Line(1, 2), Line(1, 2)),
      Window(Line(1, 19), Line(1, 4), Line(1, 4), minimumPatch: 1),
      Window(Line(1, 20), Line(1, 6), Line(1, 6), minimumPatch: 1),
    ], source: "Cilium's documentation of the Gateway API, per release")

  private static let argoCDKubernetes = Table(
    key: "argocd", name: "Argo CD", partnerKey: "kubernetes", partnerName: "Kubernetes",
    windows: [
      Window(Line(3, 3), Line(1, 32), Line(1, 35)),
      Window(Line(3, 4), Line(1, 32), Line(1, 35)),
      Window(Line(3, 5), Line(1, 33), Line(1, 36)),
    ], source: "Argo CD's documentation, tested versions")

  private static let externalSecretsKubernetes = Table(
    key: "external-secrets", name: "External Secrets", partnerKey: "kubernetes", partnerName: "Kubernetes",
    windows: (0...6).map { Window(Line(2, $0), Line(1, 34), Line(1, 35)) } + [
      Window(Line(2, 7), Line(1, 35), Line(1, 35)),
      Window(Line(2, 8), Line(1, 35), Line(1, 36)),
      Window(Line(2, 9), Line(1, 35), Line(1, 36)),
    ], source: "External Secrets' documentation, stability and support")

  /// No window of Kubernetes is documented; from 1.20 on claims and the APIs of the platform are the same.
  private static let crossplane = Releases(
    key: "crossplane", name: "Crossplane",
    lines: [Line(1, 20), Line(2, 0), Line(2, 1), Line(2, 2), Line(2, 3), Line(2, 4)],
    source: "Crossplane's releases")

  /// `appVersion` in the chart's Chart.yaml.
  private static let argoCDCharts: [SemanticVersion: SemanticVersion] = [
    SemanticVersion(10, 1, 1): SemanticVersion(3, 4, 4)
  ]
}
