import ZeroTouchManifests
import ZeroTouchModel

extension Survey {
  /// Who this repository and its siblings belong to.
  private var owners: Set<GitOwner> {
    Set((tree.remotes.map(OwnRepository.normalized) + ownSources.map(\.address)).map(GitOwner.init))
  }

  /// What Flux takes from somebody else at a branch, at a tag that moves or at a range of versions.
  var movingSourcesOfFlux: [Rule.Violation] {
    movingRepositoriesOfFlux + movingArtifactsOfFlux + movingReleasesOfFlux
  }

  private var movingRepositoriesOfFlux: [Rule.Violation] {
    let owners = owners
    // A repository whose folders lie here is this one, and follows its branch.
    let own = Set(
      manifests(ofKind: "Kustomization").filter { phase in
        phase["spec", "path"]?.text.flatMap { RepositoryTree.resolve($0, from: "") }.map {
          !$0.isEmpty && tree.folders.contains($0)
        } ?? false
      }.compactMap { $0["spec", "sourceRef", "name"]?.text } + ["flux-system"])
    return manifests(ofKind: "GitRepository").compactMap { source in
      guard source.group == "source.toolkit.fluxcd.io", !own.contains(source.name),
        let address = source["spec", "url"]?.text, !SecretText.isReference(address),
        !owners.contains(GitOwner(OwnRepository.normalized(address)))
      else { return nil }
      let reference = source["spec", "ref"]
      guard ["tag", "commit", "semver", "name"].allSatisfy({ reference?[$0] == nil }) else { return nil }
      let branch = reference?["branch"]?.text ?? "master"
      return Rule.Violation(
        at: place(of: source, at: "spec", "ref", "branch"),
        "the GitRepository `\(source.name)` takes the branch `\(branch)` of `\(address)`")
    }
  }

  private var movingArtifactsOfFlux: [Rule.Violation] {
    manifests(ofKind: "OCIRepository").compactMap { source in
      guard source.group == "source.toolkit.fluxcd.io", let address = source["spec", "url"]?.text,
        source["spec", "ref", "digest"] == nil, let tag = source["spec", "ref", "tag"]?.text,
        ImageTag.problem("\(address.replacing("oci://", with: "")):\(tag)") != nil
      else { return nil }
      return Rule.Violation(
        at: place(of: source, at: "spec", "ref", "tag"),
        "the OCIRepository `\(source.name)` takes the tag `\(tag)`, which moves")
    }
  }

  private var movingReleasesOfFlux: [Rule.Violation] {
    manifests(ofKind: "HelmRelease").compactMap { release in
      guard release.group == "helm.toolkit.fluxcd.io", let chart = release["spec", "chart", "spec"],
        // A chart of a Git repository has the version of its commit.
        chart["sourceRef"]?["kind"]?.text == "HelmRepository"
      else { return nil }
      let version = chart["version"].map { $0.text ?? $0.json.text() } ?? "*"
      let isRange = version.contains { "*^~<>=|, ".contains($0) } || version.hasSuffix(".x")
      guard isRange, !SecretText.isReference(version) else { return nil }
      return Rule.Violation(
        at: place(of: release, at: "spec", "chart", "spec", "version"),
        "the HelmRelease `\(release.name)` takes whatever `\(version)` of `\(chart["chart"]?.text ?? "")` is newest")
    }
  }

  /// The actions of others that workflows take at a branch.
  var movingActions: [Rule.Violation] {
    let owners = Set(owners.compactMap { $0.text.split(separator: "/").last.map(String.init) })
    let files = tree.files.filter {
      $0.path.hasPrefix(".github/workflows/") || ($0.path.hasPrefix(".github/actions/") && !$0.documents.isEmpty)
    }
    return files.flatMap { file -> [Rule.Violation] in
      var found: [Rule.Violation] = []
      for document in file.documents {
        document.eachEntry { key, value in
          guard key == "uses", let text = value.text, !text.hasPrefix("."), !text.hasPrefix("docker:"),
            let owner = text.split(separator: "/").first?.lowercased(), !owners.contains(owner)
          else { return }
          let parts = text.split(separator: "@", maxSplits: 1).map(String.init)
          guard parts.count == 2, MovingName.isBranch(parts[1]) else { return }
          found.append(
            Rule.Violation(at: value.location, "the action `\(parts[0])` is taken from the branch `\(parts[1])`"))
        }
      }
      return found
    }
  }

  /// The lines of scripts that are no comments.
  var scriptLines: [(text: String, location: SourceLocation)] {
    tree.paths.filter(HomePath.isScript).sorted().flatMap { path in
      let lines = (tree.text(of: path) ?? "").lines
      return lines.enumerated().filter { $1.first { !$0.isWhitespace } != "#" }.map { index, line in
        (text: String(line), location: SourceLocation(file: path, line: index + 1, column: 1))
      }
    }
  }
}
