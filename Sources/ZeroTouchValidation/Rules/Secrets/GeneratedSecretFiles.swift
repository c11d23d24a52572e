import ZeroTouchManifests
import ZeroTouchModel

/// The files that a kustomization puts into the Secrets it generates.
enum GeneratedSecretFiles {
  typealias Judge = (_ key: String, _ text: String) -> Bool

  static func violations(
    _ kustomization: Kustomization, in tree: RepositoryTree, _ isGivenAway: Judge
  ) -> [Rule.Violation] {
    (kustomization.body["secretGenerator"]?.items ?? []).flatMap { generator -> [Rule.Violation] in
      let name = generator["name"]?.text ?? ""
      let lists = (generator["envs"]?.items ?? []) + [generator["env"]].compactMap(\.self)
      let pairs = lists.compactMap(\.text).flatMap { path -> [Rule.Violation] in
        guard let file = RepositoryTree.resolve(path, from: kustomization.folder), let text = text(of: file, in: tree)
        else { return [] }
        return variables(text, file, name, isGivenAway)
      }
      return pairs + (generator["files"]?.items ?? []).compactMap { whole($0, kustomization, name, tree, isGivenAway) }
    }
  }

  /// The text of a file that nothing encrypted.
  private static func text(of file: String, in tree: RepositoryTree) -> String? {
    guard let text = tree.text(of: file), text.utf8.count < 1 << 20 else { return nil }
    let isEncrypted = text.contains("ENC[AES256") || text.contains("sops_mac=") || text.hasPrefix("age-encryption.org")
    return isEncrypted ? nil : text
  }

  private static func variables(
    _ text: String, _ file: String, _ name: String, _ isGivenAway: Judge
  ) -> [Rule.Violation] {
    text.lines.enumerated().compactMap { index, line in
      let parts = line.split(separator: "=", maxSplits: 1).map(String.init)
      guard parts.count == 2, !line.hasPrefix("#"), isGivenAway(parts[0], parts[1]) else { return nil }
      return Rule.Violation(
        at: SourceLocation(file: file, line: index + 1, column: 1),
        "the generated Secret `\(name)` gets `\(parts[0])` for everybody to read")
    }
  }

  /// A file that becomes one key: its name, or what stands before `=`.
  private static func whole(
    _ node: LocatedYAML, _ kustomization: Kustomization, _ name: String, _ tree: RepositoryTree, _ isGivenAway: Judge
  ) -> Rule.Violation? {
    guard let parts = node.text?.split(separator: "=", maxSplits: 1).map(String.init), let path = parts.last,
      let file = RepositoryTree.resolve(path, from: kustomization.folder), let text = text(of: file, in: tree)
    else { return nil }
    let key = parts.count > 1 ? parts[0] : String(path.split(separator: "/").last ?? "")
    let words = key.lowercased()
    // A file of settings is in a Secret for its form; a key or a password by its name.
    guard ["password", "passwd", "token", "secret", "credential", ".key"].contains(where: words.contains),
      tree[file]?.documents.first?.entries == nil,
      isGivenAway(key, String(text.trimmingPrefix(while: \.isWhitespace)))
    else { return nil }
    return Rule.Violation(
      at: node.location, "the generated Secret `\(name)` gets the file `\(file)`, which everybody can read")
  }
}
