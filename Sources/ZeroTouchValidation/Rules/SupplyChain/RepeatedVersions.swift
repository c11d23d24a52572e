import ZeroTouchManifests
import ZeroTouchModel

extension Survey {
  /// Charts that bring definitions or webhooks of which a cluster has one only.
  private static let singletons: Set<String> = [
    "cert-manager", "external-secrets", "cilium", "crossplane", "argo-cd", "keda", "metallb", "cloudnative-pg",
    "kube-prometheus-stack", "kyverno", "gatekeeper", "istiod", "longhorn", "rook-ceph", "reloader", "flux-operator",
  ]

  /// A chart that two Applications of one cluster install at different versions, and that owns its kinds alone.
  func singletonsTwice(in cluster: ClusterView) -> [Rule.Violation] {
    let uses = cluster.applications.flatMap { application in
      application.sources.filter { Self.singletons.contains($0.chart ?? "") && SemanticVersion($0.revision) != nil }
        .map { (application: application, source: $0) }
    }
    let groups = Dictionary(grouping: uses) { "\($0.source.chart ?? "") \($0.application.destination)" }
    return groups.values.flatMap { group -> [Rule.Violation] in
      let sorted = group.sorted { $0.application.name < $1.application.name }
      guard let first = sorted.first else { return [] }
      return sorted.dropFirst().filter { $0.source.revision != first.source.revision }.map {
        Rule.Violation(
          at: place(of: $0.application.manifest, at: $0.source.path + ["targetRevision"]),
          "the Application `\($0.application.name)` takes `\($0.source.chart ?? "")` \($0.source.revision), and "
            + "`\(first.application.name)` \(first.source.revision) in the same cluster")
      }
    }
  }

  /// Scripts that install a chart at another version than the only one that Applications and releases have.
  var scriptsApart: [Rule.Violation] {
    let installed = installedCharts
    guard !installed.isEmpty else { return [] }
    return scriptCommands.compactMap { command in
      let words = command.text.split { " \t=\"'".contains($0) }.map(String.init)
      guard let helm = words.firstIndex(of: "helm"), words[helm...].contains(where: Self.helmVerbs.contains),
        let flag = words.firstIndex(of: "--version"), words.indices.contains(flag + 1),
        let version = SemanticVersion(words[flag + 1]),
        let chart = words[helm...].lazy.filter({ $0.contains("/") }).compactMap({ $0.split(separator: "/").last })
          .map(String.init).first(where: { installed[$0] != nil }),
        let other = installed[chart], other != version
      else { return nil }
      return Rule.Violation(
        at: command.location, "the script installs `\(chart)` \(version), and the cluster is given \(other)",
        remedy: "read the version from one place in both")
    }
  }

  /// Kustomizations for people to begin with that render a chart at another version than the only one installed.
  var inflationsApart: [Rule.Violation] {
    let installed = installedCharts
    let consumed = Set(clusters.flatMap(\.consumed))
    return kustomizations.all.values.sorted { $0.file < $1.file }.flatMap { kustomization -> [Rule.Violation] in
      guard !consumed.contains(kustomization.file),
        !RepositoryTree.beginnings.isDisjoint(with: kustomization.folder.split(separator: "/"))
      else { return [] }
      return (kustomization.body["helmCharts"]?.items ?? []).compactMap { chart in
        guard let name = chart["name"]?.text, let other = installed[name], let written = chart["version"],
          let version = written.text.flatMap({ SemanticVersion($0) }), version != other
        else { return nil }
        return Rule.Violation(
          at: written.location, "the bootstrap renders `\(name)` \(version), and the cluster is given \(other)",
          remedy: "write the same version in both")
      }
    }
  }

  private static let helmVerbs: Set<String> = ["install", "upgrade", "template", "pull"]

  /// The charts that everything here installs at one version.
  private var installedCharts: [String: SemanticVersion] {
    var found: [String: Set<SemanticVersion>] = [:]
    for (_, application) in applications {
      for source in application.sources {
        guard let chart = source.chart, let version = SemanticVersion(source.revision) else { continue }
        found[chart, default: []].insert(version)
      }
    }
    for release in manifests(ofKind: "HelmRelease") {
      let chart = release["spec", "chart", "spec"]
      guard let name = chart?["chart"]?.text, let version = chart?["version"]?.text.flatMap({ SemanticVersion($0) })
      else { continue }
      found[name, default: []].insert(version)
    }
    return found.compactMapValues { $0.count == 1 ? $0.first : nil }
  }

  /// The commands of scripts, lines that go on behind a backslash put together.
  private var scriptCommands: [(text: String, location: SourceLocation)] {
    var commands: [(text: String, location: SourceLocation)] = []
    var goesOn = false
    for line in scriptLines {
      if goesOn, let last = commands.indices.last, commands[last].location.file == line.location.file {
        commands[last].text += " " + line.text
      } else {
        commands.append(line)
      }
      goesOn = line.text.hasSuffix("\\")
    }
    return commands
  }
}
