extension Compatibility {
  /// Two versions that do not run together, or one that nothing is known about.
  package struct Problem: Sendable, Hashable {
    /// The keys of the spec that hold the versions, the one to change first.
    package let keys: [String]
    package let message: String
    package let remedy: String
  }

  /// What does not fit in a set of versions; the default set fits.
  package static func problems(of versions: VersionSet) -> [Problem] {
    tables.compactMap { table in
      guard let version = versions[table.key], let partner = versions[table.partnerKey] else { return nil }
      return table.problem(version, partner)
    }
  }
}

extension Compatibility.Table {
  fileprivate func problem(_ version: SemanticVersion, _ partner: SemanticVersion) -> Compatibility.Problem? {
    guard let window = windows.first(where: { $0.line == Compatibility.Line(version) }) else {
      return unknown(version)
    }
    guard !window.contains(partner) else { return nil }
    let nearest = nearest(to: Compatibility.Line(partner), in: window)
    return Compatibility.Problem(
      keys: [partnerKey, key],
      message:
        "\(partnerName) `\(partner)` does not run with \(name) `\(version)`, which takes \(Self.words(window)) (\(source))",
      remedy: "use \(partnerName) \(nearest), the nearest that is supported")
  }

  private func unknown(_ version: SemanticVersion) -> Compatibility.Problem? {
    let line = Compatibility.Line(version)
    guard let nearest = windows.map(\.line).min(by: { Self.distance($0, line) < Self.distance($1, line) }) else {
      return nil
    }
    let known = windows.map(\.line.description).joined(separator: ", ")
    return Compatibility.Problem(
      keys: [key], message: "\(name) `\(version)` is not among the supported lines \(known) (\(source))",
      remedy: "use \(name) \(nearest), the nearest that is supported")
  }

  /// The nearest line of a window, or the oldest patch that will do where the line is right.
  private func nearest(to line: Compatibility.Line, in window: Compatibility.Window) -> String {
    if line <= window.partners.lowerBound {
      return window.minimum.patch > 0 ? "\(window.minimum)" : "\(window.partners.lowerBound)"
    }
    return "\(window.partners.upperBound)"
  }

  private static func distance(_ left: Compatibility.Line, _ right: Compatibility.Line) -> Int {
    abs(left.major - right.major) * 1000 + abs(left.minor - right.minor)
  }

  private static func words(_ window: Compatibility.Window) -> String {
    let first = window.minimum.patch > 0 ? "\(window.minimum)" : "\(window.partners.lowerBound)"
    return window.partners.lowerBound == window.partners.upperBound
      ? "\(window.partners.lowerBound)\(window.minimum.patch > 0 ? " from \(window.minimum) on" : "")"
      : "\(first) to \(window.partners.upperBound)"
  }
}

extension VersionSet {
  /// A version by its key in the spec.
  package subscript(key: String) -> SemanticVersion? {
    switch key {
    case "talos": talos
    case "kubernetes": kubernetes
    case "cilium": cilium
    case "gatewayAPI": gatewayAPI
    case "argocd": argocd
    default: nil
    }
  }
}
