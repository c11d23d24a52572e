/// The versions of everything that is installed before GitOps takes over.
package struct VersionSet: Sendable, Hashable {
  package var talos: SemanticVersion
  package var kubernetes: SemanticVersion
  package var cilium: SemanticVersion
  package var gatewayAPI: SemanticVersion
  package var argocd: SemanticVersion

  package init(
    talos: SemanticVersion, kubernetes: SemanticVersion, cilium: SemanticVersion, gatewayAPI: SemanticVersion,
    argocd: SemanticVersion
  ) {
    self.talos = talos
    self.kubernetes = kubernetes
    self.cilium = cilium
    self.gatewayAPI = gatewayAPI
    self.argocd = argocd
  }

  /// Every pair inside upstream's windows as of August 2026.
  package static let `default` = VersionSet(
    talos: SemanticVersion(1, 13, 9), kubernetes: SemanticVersion(1, 35, 4), cilium: SemanticVersion(1, 19, 6),
    gatewayAPI: SemanticVersion(1, 4, 1), argocd: SemanticVersion(3, 4, 4))
}

/// `MAJOR.MINOR.PATCH`.
package struct SemanticVersion: Sendable, Hashable, Comparable, CustomStringConvertible {
  package let major: Int
  package let minor: Int
  package let patch: Int

  package init(_ major: Int, _ minor: Int, _ patch: Int) {
    self.major = major
    self.minor = minor
    self.patch = patch
  }

  /// Reads `1.2.3` or `v1.2.3`; what follows a `-` or `+` is left out.
  package init?(_ text: String) {
    let core = (text.hasPrefix("v") ? text.dropFirst() : text[...]).prefix { $0 != "-" && $0 != "+" }
    let parts = core.split(separator: ".", omittingEmptySubsequences: false)
    let numbers = parts.compactMap { Int($0) }
    guard parts.count == 3, numbers.count == 3 else { return nil }
    self.init(numbers[0], numbers[1], numbers[2])
  }

  /// Reads `1.2.3` or `v1.2.3` and nothing else.
  package init?(strict text: String) {
    guard let version = SemanticVersion(text), text == version.description || text == "v\(version)" else { return nil }
    self = version
  }

  package var description: String { "\(major).\(minor).\(patch)" }

  package static func < (left: Self, right: Self) -> Bool {
    (left.major, left.minor, left.patch) < (right.major, right.minor, right.patch)
  }
}
