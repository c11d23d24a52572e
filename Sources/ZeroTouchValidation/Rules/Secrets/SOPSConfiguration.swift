import ZeroTouchManifests
import ZeroTouchModel

/// The `.sops.yaml` files of a tree: which files are to be encrypted, and for whom.
struct SOPSConfiguration {
  struct CreationRule {
    let location: SourceLocation
    /// Nil for a rule that every file fits.
    let pattern: SearchPattern?
    let recipients: Set<String>
    /// Whether every recipient is named here: other key services are not compared.
    let isComparable: Bool
    /// Whether every file that it fits is a secret: its pattern says so, and it is not only about some keys of a file.
    let isAboutSecrets: Bool
  }

  /// The rules by the folder of their file.
  private let rules: [String: [CreationRule]]
  private let unreadable: Set<String>

  var isEmpty: Bool { rules.isEmpty }

  static func all(in tree: RepositoryTree) -> SOPSConfiguration { SOPSConfiguration(tree) }

  private init(_ tree: RepositoryTree) {
    var rules: [String: [CreationRule]] = [:]
    var unreadable: Set<String> = []
    for path in tree.paths where path == ".sops.yaml" || path.hasSuffix("/.sops.yaml") {
      guard let file = tree[path], let list = file.documents.first?["creation_rules"]?.items else { continue }
      rules[file.folder] = []
      for item in list {
        if let rule = CreationRule(item) { rules[file.folder]?.append(rule) } else { unreadable.insert(file.folder) }
      }
    }
    self.rules = rules
    self.unreadable = unreadable
  }

  /// The folder of the configuration that counts for a file: the nearest one.
  private func folder(for path: String) -> String? {
    guard !rules.isEmpty else { return nil }
    var folder = RepositoryTree.parent(of: path)
    while true {
      if rules[folder] != nil { return folder }
      if folder.isEmpty { return nil }
      folder = RepositoryTree.parent(of: folder)
    }
  }

  /// The first rule that a file fits.
  func rule(for path: String) -> CreationRule? {
    guard let folder = folder(for: path) else { return nil }
    let name = folder.isEmpty ? path : String(path.dropFirst(folder.count + 1))
    return rules[folder]?.first { $0.pattern?.matches(name) ?? true }
  }

  /// Whether there are rules for the file's folder, all of which could be read.
  func knows(_ path: String) -> Bool { folder(for: path).map { !unreadable.contains($0) } ?? false }

  func covers(_ path: String) -> Bool { rule(for: path) != nil }
}

extension SOPSConfiguration.CreationRule {
  init?(_ node: LocatedYAML) {
    location = node.location
    if let text = node["path_regex"]?.text {
      guard let pattern = try? SearchPattern(text) else { return nil }
      self.pattern = pattern
    } else {
      pattern = nil
    }
    let words = ["secret", "sops", "\\.enc", "credential", "private", "\\.env"]
    let keys = ["encrypted_regex", "unencrypted_regex", "encrypted_suffix", "unencrypted_suffix"]
    let text = node["path_regex"]?.text?.lowercased() ?? ""
    isAboutSecrets = words.contains(where: text.contains) && keys.allSatisfy { node[$0] == nil }
    var recipients: Set<String> = []
    let groups = node["key_groups"]?.items ?? []
    for part in [node] + groups {
      for key in ["age", "pgp"] {
        let texts = part[key]?.items?.compactMap(\.text) ?? [part[key]?.text ?? ""]
        for text in texts {
          recipients.formUnion(text.split { ",\n ".contains($0) }.map { $0.lowercased() })
        }
      }
      for service in KeyService.all { recipients.formUnion(service.keys(ofRule: part)) }
    }
    self.recipients = recipients
    let others = ["azure_keyvault", "hc_vault", "hc_vault_transit_uri"]
    isComparable = !recipients.isEmpty && ([node] + groups).allSatisfy { part in others.allSatisfy { part[$0] == nil } }
  }
}

/// A service that keeps keys and calls each by one name, in rules and in what SOPS writes.
private struct KeyService {
  let field: String
  /// What the key is called in a list of keys.
  let name: String

  static let all = [KeyService(field: "kms", name: "arn"), KeyService(field: "gcp_kms", name: "resource_id")]

  /// The keys of a rule: names behind commas, AWS's with the role that may use it behind a `+`, or a list.
  func keys(ofRule part: LocatedYAML) -> [String] {
    let texts = part[field]?.text?.split { ",\n ".contains($0) }.map(String.init) ?? []
    return texts.compactMap { $0.split(separator: "+").first?.lowercased() } + keys(ofMetadata: part)
  }

  func keys(ofMetadata part: LocatedYAML) -> [String] {
    (part[field]?.items ?? []).compactMap { $0[name]?.text?.lowercased() }
  }
}

/// What SOPS wrote beside what it encrypted.
struct SOPSMetadata {
  let location: SourceLocation
  let recipients: Set<String>

  init?(_ document: LocatedYAML) {
    guard let entry = document.entry("sops"), entry.value.entries != nil, entry.value["mac"] != nil else { return nil }
    location = entry.keyLocation
    let groups = [entry.value] + (entry.value["key_groups"]?.items ?? [])
    recipients = groups.reduce(into: []) { result, group in
      for item in group["age"]?.items ?? [] {
        if let text = item["recipient"]?.text { result.insert(text.lowercased()) }
      }
      for item in group["pgp"]?.items ?? [] { if let text = item["fp"]?.text { result.insert(text.lowercased()) } }
      for service in KeyService.all { result.formUnion(service.keys(ofMetadata: group)) }
    }
  }
}
