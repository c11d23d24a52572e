import Foundation
import ZeroTouchManifests
import ZeroTouchModel

/// What a patch is to be applied to.
struct PatchTarget {
  let kind: String?
  let name: String?
  let group: String?
  let version: String?
  var namespace: String?
  /// The labels that an object has to have; those of a selector that is more than a list of them are left out.
  var labels: [String: String] = [:]
  /// Whether the texts are patterns, as those of `target` are.
  let isPattern: Bool
  let place: SourceLocation

  /// For messages.
  var title: String {
    let parts = [
      kind.map { "kind `\($0)`" }, name.map { "name `\($0)`" }, group.map { "group `\($0)`" },
      namespace.map { "namespace `\($0)`" },
    ]
    let selector = labels.sorted { $0.key < $1.key }.map { "label `\($0.key)=\($0.value)`" }
    return (parts.compactMap(\.self) + selector).joined(separator: ", ")
  }

  func matches(_ candidate: PatchCandidate) -> Bool {
    fits(kind, candidate.kind) && fits(name, candidate.name) && fits(group, candidate.group)
      && fits(version, candidate.version) && fits(namespace, in: candidate)
      && labels.allSatisfy { candidate.labels == nil || candidate.labels?[$0.key] == $0.value }
  }

  /// An object that names no namespace is in `default`, or in any that a kustomization on the way gives it.
  private func fits(_ wanted: String?, in candidate: PatchCandidate) -> Bool {
    guard let wanted, !wanted.isEmpty else { return true }
    return candidate.namespaces.contains { fits(wanted, $0) }
  }

  private func fits(_ wanted: String?, _ value: String) -> Bool {
    guard let wanted, !wanted.isEmpty, wanted != value else { return true }
    guard isPattern else { return false }
    // What cannot be read as a pattern is for kubectl to refuse.
    guard let pattern = try? SearchPattern("^(?:\(wanted))$") else { return true }
    return pattern.matches(value)
  }
}

/// Something that a patch may meet.
struct PatchCandidate: Hashable {
  let group: String
  let version: String
  let kind: String
  let name: String
  /// Its own, and those that kustomizations on the way put in its place.
  let namespaces: Set<String>
  /// Nil where patches or kustomizations on the way may add to them.
  let labels: [String: String]?
}

extension PatchCandidate {
  /// The same under another name.
  func called(_ name: String) -> PatchCandidate {
    PatchCandidate(
      group: group, version: version, kind: kind, name: name, namespaces: namespaces, labels: labels)
  }

  init(_ manifest: Manifest, namespaces: Set<String> = [], hasOpenLabels: Bool = true) {
    let own = (manifest["metadata", "labels"]?.entries ?? []).reduce(into: [String: String]()) {
      $0[$1.key] = $1.value.text
    }
    self.init(
      group: manifest.group, version: manifest.version, kind: manifest.kind, name: manifest.name,
      namespaces: namespaces.union([manifest.namespace ?? "default"]), labels: hasOpenLabels ? nil : own)
  }
}

/// The targets that a kustomization's patches name.
struct PatchTargets {
  let kustomization: Kustomization
  let tree: RepositoryTree

  var all: [PatchTarget] {
    let body = kustomization.body
    let patches = (body["patches"]?.items ?? []) + (body["patchesJson6902"]?.items ?? [])
    return patches.flatMap(targets) + (body["patchesStrategicMerge"]?.items ?? []).flatMap(merged)
  }

  private func targets(of patch: LocatedYAML) -> [PatchTarget] {
    if let target = patch["target"] {
      return [
        PatchTarget(
          kind: target["kind"]?.text, name: target["name"]?.text, group: target["group"]?.text,
          version: target["version"]?.text, namespace: target["namespace"]?.text,
          labels: Self.labels(of: target["labelSelector"]?.text ?? ""), isPattern: true,
          place: patch.place(at: ["target"]))
      ]
    }
    if let text = patch["patch"] { return merged(text) }
    return patch["path"].map(merged) ?? []
  }

  /// The labels of a selector such as `app=shop,tier==web`; its other conditions are for kubectl to judge.
  private static func labels(of selector: String) -> [String: String] {
    guard !selector.contains("(") else { return [:] }
    return selector.split(separator: ",").reduce(into: [:]) { labels, term in
      let parts = term.split(separator: "=").map { $0.trimmingCharacters(in: .whitespaces) }
      guard parts.count == 2, !parts[0].hasSuffix("!") else { return }
      labels[parts[0]] = parts[1]
    }
  }

  /// What a patch that merges says of objects; nothing where it is a list of operations.
  func objects(in patch: LocatedYAML) -> [Manifest] {
    (patch["patch"] ?? patch["path"]).map { documents(of: $0).compactMap { Manifest($0) } } ?? []
  }

  /// The objects that a merge patch speaks of, which has no other target.
  private func merged(_ node: LocatedYAML) -> [PatchTarget] {
    documents(of: node).compactMap { document in
      guard let manifest = Manifest(document), !manifest.name.isEmpty else { return nil }
      return PatchTarget(
        kind: manifest.kind, name: manifest.name, group: manifest.group, version: nil, isPattern: false,
        place: node.location)
    }
  }
}

extension PatchTargets {
  /// The documents of a patch, which stands as a text or in a file.
  private func documents(of node: LocatedYAML) -> [LocatedYAML] {
    guard let text = node.text else { return [] }
    guard !text.contains("\n"), !text.hasPrefix("{") else {
      return LocatedYAML.reading(of: text, file: node.location.file).documents
    }
    return RepositoryTree.resolve(text, from: kustomization.folder).flatMap { tree[$0] }?.documents ?? []
  }
}

extension Survey {
  /// Every patch of the tree that meets nothing, wherever its kustomization is included.
  var patchesWithoutTarget: [Rule.Violation] { patchesWithoutTarget(in: Set(kustomizations.folders)) }

  func patchesWithoutTarget(in folders: Set<String>) -> [Rule.Violation] {
    let patching = folders.sorted().compactMap { folder -> (Kustomization, [PatchTarget])? in
      guard let kustomization = kustomizations[folder] else { return nil }
      let targets = PatchTargets(kustomization: kustomization, tree: tree).all
      return targets.isEmpty ? nil : (kustomization, targets)
    }
    guard !patching.isEmpty else { return [] }
    let scopes = PatchScopes(self)
    return patching.flatMap { kustomization, targets -> [Rule.Violation] in
      guard let candidates = scopes.candidates(for: kustomization) else { return [] }
      return targets.filter { target in
        // A component for many patches whatever there is of a kind: where there is none, there is nothing to do.
        !target.title.isEmpty && !(kustomization.isComponent && target.name == nil)
          && !candidates.contains(where: target.matches)
      }.map {
        Rule.Violation(at: $0.place, "the patch is for \($0.title), and nothing here is that")
      }
    }
  }
}
