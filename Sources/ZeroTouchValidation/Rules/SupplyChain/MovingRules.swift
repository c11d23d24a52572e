import Foundation
import ZeroTouchManifests
import ZeroTouchModel

/// References that mean something else tomorrow.
extension Rule {
  static let movingImageTag = Rule(
    "ZT601", .warning, "an image whose tag moves",
    why: "two nodes run two programs under one name, and a restart is an upgrade nobody committed",
    remedy: "name the version, or better its digest",
    example: Example(wrong: "image: ghcr.io/ours/shop:latest", right: "image: ghcr.io/ours/shop:1.4.2"),
    check: { survey in
      let images = survey.eachOwnManifest { manifest in
        ImageReferences(manifest).all.compactMap { path, image in
          guard let problem = ImageTag.problem(image) else { return nil }
          return Violation(at: survey.place(of: manifest, at: path), "`\(manifest.title)` takes `\(image)`, \(problem)")
        }
      }
      // One line in several kustomizations is one fault, however they rename the object.
      let byPlace = Dictionary(grouping: images + survey.valuedImages + survey.claimedImages, by: \.location)
      return byPlace.values.compactMap { $0.min { $0.what < $1.what } } + survey.kustomizedImages
    })

  static let movingRevision = Rule(
    "ZT602", .warning, "another repository at a branch",
    why: "whoever can push there changes this cluster without a commit here",
    remedy: "name a tag or a commit",
    example: Example(
      wrong: "repoURL: https://github.com/kubernetes-sigs/gateway-api\ntargetRevision: main",
      right: "repoURL: https://github.com/kubernetes-sigs/gateway-api\ntargetRevision: v1.4.1"),
    check: { survey in
      let own = Set(survey.ownSources.map(\.address))
      let owners = Set(own.map(GitOwner.init))
      return survey.movingSourcesOfFlux + survey.movingActions
        + survey.applications.flatMap { _, application in
          application.sources.compactMap { source -> Violation? in
            let address = OwnRepository.normalized(source.repoURL)
            guard source.chart == nil, !source.onlyLends, !address.isEmpty, !own.contains(address), !own.isEmpty,
              address.contains("/"), !owners.contains(GitOwner(address)), MovingName.isBranch(source.revision)
            else { return nil }
            let key = source.revision.isEmpty ? "repoURL" : "targetRevision"
            let revision = source.revision.isEmpty ? "whatever is newest" : "the branch `\(source.revision)`"
            return Violation(
              at: survey.place(of: application.manifest, at: source.path + [key]),
              "the Application `\(application.name)` takes \(revision) of `\(source.repoURL)`")
          }
        }
    })

  static let movingURL = Rule(
    "ZT603", .warning, "an address without a pin",
    why: "what lies there changes without a commit, and one day it is gone",
    remedy: "name a tag or a commit in the address",
    example: Example(
      wrong: "resources: [https://raw.githubusercontent.com/org/app/main/crds.yaml]",
      right: "resources: [https://raw.githubusercontent.com/org/app/v1.2.3/crds.yaml]"),
    check: { survey in
      let remote = survey.kustomizations.folders.flatMap { survey.kustomizations[$0]?.references ?? [] }.filter {
        $0.target == .remote
      }
      let named = remote.compactMap { reference -> Violation? in
        guard MovingName.isUnpinned(kustomize: reference.text) else { return nil }
        return Violation(at: reference.location, "`\(reference.text)` is fetched without a pin")
      }
      let places = Set(remote.map(\.location))
      let texts = survey.eachText { _, document, line in
        // The index of a chart repository repeats what its charts said.
        guard document["entries"] == nil || document["apiVersion"]?.text != "v1" else { return nil }
        return MovingName.address(in: line).map { "`\($0)` moves" }
      }
      let scripts = survey.scriptLines.compactMap { line in
        MovingName.address(in: line.text).map { Violation(at: line.location, "`\($0)` moves") }
      }
      return (named + scripts + texts.filter { !places.contains($0.location) }).filter {
        !survey.illustrations.contains($0.location.file)
      }
    })
}

/// Who a repository belongs to: `github.com/ours`.
struct GitOwner: Hashable {
  let text: String
  init(_ address: String) { text = address.split(separator: "/").prefix(2).joined(separator: "/") }
}

/// Names that point somewhere else tomorrow.
enum MovingName {
  private static let branches: Set<String> = ["", "head", "main", "master", "develop", "dev", "trunk", "latest"]

  static func isBranch(_ revision: String) -> Bool {
    let name = revision.lowercased()
    return branches.contains(name) || name.hasPrefix("refs/heads/")
  }

  /// Whether a remote entry of a kustomization names no tag and no commit.
  static func isUnpinned(kustomize text: String) -> Bool {
    if let range = text.range(of: "ref=") ?? text.range(of: "version=") {
      return isBranch(String(text[range.upperBound...].prefix { $0 != "&" }))
    }
    if address(in: text) != nil { return true }
    // A file by its address is as fixed as the address; a repository is cloned at its newest.
    let isFile = [".yaml", ".yml", ".json"].contains(where: text.hasSuffix)
    return !isFile
  }

  /// The address of something that moves, in a line of text.
  static func address(in line: String) -> String? {
    guard line.contains("://") else { return nil }
    let words = line.split { " \"'`()<>,;".contains($0) }
    return words.lazy.map(String.init).first { word in
      guard word.hasPrefix("http"), !word.contains("{{"), !word.contains("$") else { return false }
      let parts = word.split(separator: "/").map(String.init)
      guard parts.count > 5, !isShown(parts[parts.count - 1]) else { return false }
      let isBranch = Self.isMoving
      switch parts[1] {
      case "raw.githubusercontent.com":
        return isBranch(parts[4]) || (parts.count > 7 && parts[4] == "refs" && parts[5] == "heads")
      case "github.com":
        if ["raw", "blob"].contains(parts[4]) { return isBranch(parts[5]) && isFile(parts) }
        return parts[4] == "releases" && parts[5] == "latest" && parts.count > 7 && parts[6] == "download"
      default: return false
      }
    }
  }

  /// Pictures, and lists that are to be the newest: nothing breaks when they change.
  private static func isShown(_ file: String) -> Bool {
    [".png", ".svg", ".jpg", ".jpeg", ".gif", ".ico", ".webp", ".txt", ".md"].contains(
      where: file.lowercased().hasSuffix)
  }

  private static func isMoving(_ name: String) -> Bool { ["main", "master", "HEAD", "develop"].contains(name) }

  /// Whether a program would fetch it, and not a reader open it.
  private static func isFile(_ parts: [String]) -> Bool {
    parts[4] == "raw"
      || parts.last.map { name in [".yaml?raw=true", ".yml?raw=true"].contains(where: name.hasSuffix) } == true
  }
}
