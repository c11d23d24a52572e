import Foundation
import ZeroTouchManifests
import ZeroTouchModel

/// What the text of a credential says about itself.
enum SecretText {
  /// Whether something else is put in its place before it reaches a cluster.
  static func isReference(_ text: String) -> Bool {
    ["${", "$(", "{{", "<path:", "ref+", "op://", "vault:", "ENC[", "%(", "env:", "file:", "<redacted>"]
      .contains(where: text.contains) || text.hasPrefix("$") || text.hasPrefix("***")
  }

  /// Whether it only keeps a place for the real one.
  static func isPlaceholder(_ text: String) -> Bool {
    let lower = text.lowercased().trimmingCharacters(in: .whitespacesAndNewlines)
    if lower.isEmpty || Set(lower).count == 1 { return true }
    if lower.hasPrefix("<"), lower.hasSuffix(">") { return true }
    let words = lower.replacing("_", with: "-").replacing(" ", with: "-")
    return [
      "changeme", "change-me", "change-it", "changeit", "replace-me", "replaceme", "replace-with", "your-",
      "placeholder",
      "to-be-replaced", "insert-", "dummy", "fill-me", "fillme", "set-me", "setme", "example", "redacted", "xxxx",
    ].contains(where: words.contains)
  }

  /// Keys of Secrets that open nothing.
  private static let harmless: Set<String> = [
    "type", "url", "name", "project", "username", "user", "host", "hostname", "port", "endpoint", "server", "namespace",
    "region", "bucket", "insecure", "enablelfs", "enableoci", "database", "dbname", "repository", "email", "domain",
    "ca.crt", "tls.crt", "ca-bundle.crt", "ca.pem", "known_hosts", "sshknownhosts", "ssh-publickey", "account",
    "aws_region", "aws_default_region", "bucket_name", "organization", "tenant", "serveraddress", "githubappid",
    "githubappinstallationid",
  ]

  /// Whether a value in a Secret is something that opens nothing.
  static func isHarmless(key: String, _ text: String) -> Bool {
    let lower = key.lowercased()
    if text.isEmpty || harmless.contains(lower) || ["true", "false"].contains(text) { return true }
    // How Argo CD reaches a cluster: only some ways carry credentials.
    guard lower == "config", text.contains("tlsClientConfig") else { return false }
    return !["bearerToken", "password", "keyData"].contains(where: text.contains)
  }

  /// The text of a value under `data`, which is base64.
  static func decoded(_ text: String) -> String {
    let packed = text.filter { !$0.isWhitespace }
    return Data(base64Encoded: packed).map { String(decoding: $0, as: UTF8.self) } ?? text
  }
}

extension LocatedYAML {
  /// Calls for every text in the node, with the key it stands under.
  func eachText(under key: String = "", _ visit: (_ key: String, _ node: LocatedYAML, _ text: String) -> Void) {
    switch content {
    case .scalar(let value): if let text = value.stringValue { visit(key, self, text) }
    case .sequence(let items): for item in items { item.eachText(under: key, visit) }
    case .mapping(let entries): for entry in entries { entry.value.eachText(under: entry.key, visit) }
    }
  }
}

extension Manifest {
  /// The keys of a Secret with what they hold, decoded, in the order of the file.
  var secretEntries: [(entry: LocatedYAML.Entry, text: String)] {
    let data = (self["data"]?.entries ?? []).map { ($0, SecretText.decoded($0.value.text ?? "")) }
    return data + (self["stringData"]?.entries ?? []).map { ($0, $0.value.text ?? "") }
  }

  /// Whether it is a Secret of Kubernetes that nothing encrypts.
  var isPlainSecret: Bool { kind == "Secret" && group.isEmpty && body["sops"] == nil }
}
