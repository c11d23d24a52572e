import ZeroTouchManifests
import ZeroTouchModel

/// The tools that a repository pins for whoever works on it, in `.tool-versions` or in a file of mise.
struct ToolVersions {
  let all: [(tool: String, version: PlacedVersion)]

  init(_ tree: RepositoryTree) {
    let names: Set = [".tool-versions", ".mise.toml", "mise.toml", ".config/mise.toml", ".mise/config.toml"]
    all = tree.paths.filter(names.contains).sorted().flatMap { path in
      (tree.text(of: path) ?? "").lines.enumerated().compactMap {
        index, line in
        Self.pin(in: line.prefix { $0 != "#" }).map { tool, version in
          let place = SourceLocation(file: path, line: index + 1, column: 1)
          return (tool, PlacedVersion(version: version, location: place))
        }
      }
    }
  }

  /// `kubectl 1.35.4`, `kubectl = "1.35.4"`, `"aqua:siderolabs/talos" = "1.13.9"`.
  private static func pin(in line: Substring) -> (String, SemanticVersion)? {
    let words = line.split { " \t=\"'{},".contains($0) }.map(String.init)
    guard let name = words.first, let tool = tools[name],
      let version = words.dropFirst().lazy.compactMap({ SemanticVersion($0) }).first
    else { return nil }
    return (tool, version)
  }

  private static let tools = [
    "talosctl": "talosctl", "aqua:siderolabs/talos": "talosctl", "ubi:siderolabs/talos": "talosctl",
    "asdf:bouk/asdf-talosctl": "talosctl", "kubectl": "kubectl", "aqua:kubernetes/kubectl": "kubectl",
    "aqua:kubernetes/kubernetes/kubectl": "kubectl", "asdf:asdf-community/asdf-kubectl": "kubectl",
  ]
}

extension InstalledVersions {
  /// The only version of a part that the machine configurations of a tree name; nil where they name several.
  fileprivate static func only(_ part: String, in survey: Survey) -> SemanticVersion? {
    let versions = Set(survey.machineVersions.compactMap { $0[part]?.version })
    return versions.count == 1 ? versions.first : nil
  }
}

extension Survey {
  /// Tools that are not made for what they are used on: talosctl for another Talos, kubectl too far from the API server.
  var toolsApart: [Rule.Violation] {
    let talos = InstalledVersions.only("talos", in: self)
    let kubernetes = InstalledVersions.only("kubernetes", in: self)
    return ToolVersions(tree).all.compactMap { tool, pinned in
      let version = pinned.version
      if tool == "talosctl", let talos, Compatibility.Line(talos) != Compatibility.Line(version) {
        return Rule.Violation(
          at: pinned.location, "talosctl `\(version)` is not made for Talos `\(talos)`",
          remedy: "pin talosctl \(talos), the version of the machines")
      }
      if tool == "kubectl", let kubernetes,
        version.major != kubernetes.major || abs(version.minor - kubernetes.minor) > 1
      {
        return Rule.Violation(
          at: pinned.location, "kubectl `\(version)` is more than one minor away from Kubernetes `\(kubernetes)`",
          remedy: "pin kubectl \(kubernetes.major).\(kubernetes.minor)")
      }
      return nil
    }
  }

  /// A Flux that asks for a newer Kubernetes than the machines run.
  var fluxBesideKubernetes: [Rule.Violation] {
    guard let kubernetes = InstalledVersions.only("kubernetes", in: self), kubernetes < SemanticVersion(1, 33, 0) else {
      return []
    }
    let instances = manifests(ofKind: "FluxInstance").map { ($0, ["spec", "distribution", "version"]) }
    let bootstrapped = manifests(ofKind: "Namespace").filter {
      $0["metadata", "labels", "app.kubernetes.io/part-of"]?.text == "flux"
    }.map { ($0, ["metadata", "labels", "app.kubernetes.io/version"]) }
    return (instances + bootstrapped).compactMap { manifest, path in
      guard let text = manifest.body.node(at: path)?.text, text.firstMatch(of: #/^v?2\.9(\.|$)/#) != nil else {
        return nil
      }
      return Rule.Violation(
        at: place(of: manifest, at: path), "Flux `\(text)` does not run with Kubernetes `\(kubernetes)`",
        remedy: "use Kubernetes 1.33 or newer, or an older Flux")
    }
  }
}

extension [String: PlacedVersion] {
  /// What is older than every line that its makers support; what is newer is only not known yet.
  var behindSupport: [Rule.Violation] {
    let lines =
      Compatibility.tables.filter { $0.key != "talos" }.map { ($0.key, $0.name, $0.windows.map(\.line)) }
      + Compatibility.releases.map { ($0.key, $0.name, $0.lines) }
    return lines.compactMap { key, name, lines in
      guard let installed = self[key], let oldest = lines.min(), Compatibility.Line(installed.version) < oldest else {
        return nil
      }
      return Rule.Violation(
        at: installed.location,
        "\(name) `\(installed.version)` is older than \(oldest), the oldest that is looked after",
        remedy: "use \(name) \(lines.max() ?? oldest)")
    }
  }
}
