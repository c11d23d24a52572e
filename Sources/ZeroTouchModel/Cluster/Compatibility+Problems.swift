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
    problems(of: versions.byKey)
  }

  /// The same of versions by the keys of the tables; a pair of which one is not there is not judged.
  package static func problems(of versions: [String: SemanticVersion]) -> [Problem] {
    let pairs = tables.compactMap { table -> Problem? in
      guard let version = versions[table.key], let partner = versions[table.partnerKey] else { return nil }
      return table.problem(version, partner)
    }
    return pairs
      + releases.compactMap { releases in
        versions[releases.key].flatMap { unknown($0, releases.key, releases.name, releases.lines, releases.source) }
      }
  }

  /// A version of a line that nothing is known about.
  fileprivate static func unknown(
    _ version: SemanticVersion, _ key: String, _ name: String, _ lines: [Line], _ source: String
  ) -> Problem? {
    let line = Line(version)
    guard !lines.contains(line), let nearest = nearest(to: line, among: lines) else { return nil }
    let known = lines.map(\.description).joined(separator: ", ")
    return Problem(
      keys: [key], message: "\(name) `\(version)` is not among the supported lines \(known) (\(source))",
      remedy: "use \(name) \(nearest), the nearest that is supported")
  }

  /// The last line before, or the first one after, whichever has fewer releases between.
  fileprivate static func nearest(to line: Line, among lines: [Line]) -> Line? {
    let before = lines.filter { $0 < line }.max()
    let after = lines.filter { $0 > line }.min()
    guard let before, let after else { return before ?? after }
    return distance(before, line) <= distance(line, after) ? before : after
  }

  private static func distance(_ left: Line, _ right: Line) -> Int {
    abs(left.major - right.major) * 1000 + abs(left.minor - right.minor)
  }
}

extension Compatibility.Table {
  fileprivate func problem(_ version: SemanticVersion, _ partner: SemanticVersion) -> Compatibility.Problem? {
    guard let window = windows.first(where: { $0.line == Compatibility.Line(version) }) else {
      return Compatibility.unknown(version, key, name, windows.map(\.line), source)
    }
    guard !window.contains(partner) else { return nil }
    let nearest = nearest(to: Compatibility.Line(partner), in: window)
    return Compatibility.Problem(
      keys: [partnerKey, key],
      message:
        "\(partnerName) `\(partner)` does not run with \(name) `\(version)`, which takes \(Self.words(window)) (\(source))",
      remedy: "use \(partnerName) \(nearest), the nearest that is supported\(alternative(to: version, for: partner))")
  }

  /// The nearest line that takes the partner as it is, where there is one.
  private func alternative(to version: SemanticVersion, for partner: SemanticVersion) -> String {
    let lines = windows.filter { $0.contains(partner) }.map(\.line)
    return Compatibility.nearest(to: Compatibility.Line(version), among: lines).map { ", or \(name) \($0)" } ?? ""
  }

  /// The nearest line of a window, or the oldest patch that will do where the line is right.
  private func nearest(to line: Compatibility.Line, in window: Compatibility.Window) -> String {
    if line <= window.partners.lowerBound {
      return window.minimum.patch > 0 ? "\(window.minimum)" : "\(window.partners.lowerBound)"
    }
    return "\(window.partners.upperBound)"
  }

  private static func words(_ window: Compatibility.Window) -> String {
    let first = window.minimum.patch > 0 ? "\(window.minimum)" : "\(window.partners.lowerBound)"
    return window.partners.lowerBound == window.partners.upperBound
      ? "\(window.partners.lowerBound)\(window.minimum.patch > 0 ? " from \(window.minimum) on" : "")"
      : "\(first) to \(window.partners.upperBound)"
  }
}

extension VersionSet {
  /// The versions by their keys in the spec.
  package var byKey: [String: SemanticVersion] {
    ["talos": talos, "kubernetes": kubernetes, "cilium": cilium, "gatewayAPI": gatewayAPI, "argocd": argocd]
  }
}
