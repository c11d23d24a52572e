import ZeroTouchManifests
import ZeroTouchModel

extension Rule {
  static let foreignOwner = Rule(
    "ZT112", .warning, "the tree follows another owner's repository",
    why: "this checkout has other remotes: what is pushed to them never reaches the cluster",
    remedy: "write this repository's own address into the Applications",
    example: Example(
      wrong: "repoURL: https://github.com/template/platform.git  # in a fork of it",
      right: "repoURL: https://github.com/ours/platform.git"),
    check: { survey in
      let remotes = Set(survey.tree.remotes.map { GitAddress($0) })
      let sources = survey.ownSources
      // Half of the tree elsewhere is for the rule about siblings.
      guard let host = remotes.first?.host, remotes.allSatisfy({ $0.host == host }),
        let own = sources.mostCommon(by: \.address),
        own.count == sources.count
      else { return [] }
      let address = GitAddress(own.element.source.repoURL)
      guard address.host == host, !address.isPlaceholder, !remotes.contains(address) else { return [] }
      let known = survey.tree.remotes.sorted().map { "`\($0)`" }.joined(separator: ", ")
      let places = sources.map { survey.place(of: $0.application.manifest, at: $0.source.path + ["repoURL"]) }
      guard let place = places.min() else { return [] }
      return [
        Violation(
          at: place, "the Applications follow `\(own.element.source.repoURL)`, and this checkout belongs to \(known)")
      ]
    })
}

/// Host and path of a repository, however they are written.
private struct GitAddress: Hashable {
  let host: String
  let path: String

  init(_ url: String) {
    let text = OwnRepository.normalized(url)
    let slash = text.firstIndex(of: "/") ?? text.endIndex
    // A port and a name before the host are no part of who owns the repository.
    let head = text[..<slash].split(separator: ":").first ?? ""
    host = String(head.split(separator: "@").last ?? head)
    path = String(text[slash...])
  }

  /// Owners that stand for whoever fills them in.
  var isPlaceholder: Bool {
    let owner = path.split(separator: "/").first.map(String.init) ?? ""
    return owner.hasPrefix("example") || owner.hasPrefix("your-") || owner.contains("<")
  }
}
