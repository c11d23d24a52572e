import Foundation
import ZeroTouchManifests
import ZeroTouchModel

/// What the text of a credential says about itself.
enum SecretText {
  /// Whether something else is put in its place before it reaches a cluster.
  static func isReference(_ text: String) -> Bool {
    ["${", "$(", "{{", "<path:", "ref+", "op://", "vault:", "ENC[", "%(", "env:", "file:", "<redacted>"]
      .contains(where: text.contains) || text.hasPrefix("$") || text.hasPrefix("***") || isSlot(text)
  }

  /// Whether a text is nothing but a place that something else fills in: `{NAME}`, `#{NAME}#`, `@@NAME@@`, `%s`.
  private static func isSlot(_ text: String) -> Bool {
    guard let first = text.utf8.first, "{#@%".utf8.contains(first) else { return false }
    return text.wholeMatch(of: #/#?\{\w+\}#?|@@?[A-Z]\w*@@?|%%?[A-Z]\w*%%?|%[sdvq]/#) != nil
  }

  /// Whether it only keeps a place for the real one.
  static func isPlaceholder(_ text: String) -> Bool {
    if text.count >= 8, text.count.isMultiple(of: 4), let packed = Data(base64Encoded: text),
      let inner = String(data: packed, encoding: .ascii), saysPlaceholder(inner)
    {
      return true
    }
    return saysPlaceholder(text)
  }

  private static func saysPlaceholder(_ text: String) -> Bool {
    let lower = text.lowercased().trimmingCharacters(in: .whitespacesAndNewlines)
    if lower.isEmpty || Set(lower).count == 1 { return true }
    if lower.hasPrefix("<"), lower.hasSuffix(">") { return true }
    let words = lower.replacing("_", with: "-").replacing(" ", with: "-")
    if words.hasPrefix("update-") || words.hasSuffix("-here") || words.split(separator: "-").contains("fake") {
      return true
    }
    return [
      "changeme", "change-me", "change-it", "changeit", "replace-me", "replaceme", "replace-with", "your-",
      "placeholder",
      "to-be-replaced", "insert-", "dummy", "fill-me", "fillme", "set-me", "setme", "example", "redacted", "xxxx",
      "no-key", "not-needed", "not-required", "not-used",
    ].contains(where: words.contains)
  }

  /// Whether a name or a value says that it only shows or tests something.
  static func isForShow(_ text: String) -> Bool {
    let words = text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
    let marks: Set = [
      "test", "tests", "testing", "demo", "demos", "sample", "samples", "fake", "mock", "sandbox", "playground",
    ]
    if words.contains(where: marks.contains) { return true }
    let joined = words.joined(separator: "-")
    return ["pre-set", "super-secret", "supersecret", "top-secret", "my-secret", "my-password", "not-secure"]
      .contains(where: joined.contains)
      || ["password", "passw0rd", "secret", "admin", "letmein", "foobar", "qwerty"].contains(joined)
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
    if CredentialPattern.first(in: text) != nil { return false }
    if text.isEmpty || harmless.contains(lower) || ["true", "false"].contains(text) { return true }
    if isPublic(key) || HarmlessValue.isSetting(text, under: lower) || isConfiguration(key: lower, text) { return true }
    // How Argo CD reaches a cluster: only some ways carry credentials.
    guard lower == "config", text.contains("tlsClientConfig") else { return false }
    return !["bearerToken", "password", "keyData"].contains(where: text.contains)
  }

  /// Whether the last word of a key names something that is known to everybody.
  private static func isPublic(_ key: String) -> Bool {
    // `clientID` and `client_id` end in one word.
    let spaced = key.replacing(#/([a-z])([A-Z])/#) { "\($0.1)_\($0.2)" }.lowercased()
    let last = spaced.split { !$0.isLetter && !$0.isNumber }.last.map { String($0).replacing(#/\d+$/#, with: "") } ?? ""
    let names: Set = [
      "id", "user", "username", "login", "email", "role", "inrole", "host", "hostname", "port", "path", "region",
      "zone",
      "bucket", "database", "db", "image", "endpoint", "enabled", "version", "pub", "crt", "cer",
      "ip", "ips", "cidr", "cidrs", "level", "domain", "domains", "ttl",
    ]
    return names.contains(last)
  }

  /// Whether a file of settings is in the Secret that has no credential in it.
  private static func isConfiguration(key: String, _ text: String) -> Bool {
    let endings = [
      ".yml", ".yaml", ".properties", ".conf", ".config", ".cfg", ".ini", ".toml", ".xml", ".sql", ".sh", "-queries",
      "queries",
    ]
    guard endings.contains(where: key.hasSuffix),
      !["cred", "secret", "token", "passw", "auth", "key", "kubeconfig"].contains(where: key.contains)
    else { return false }
    return text.firstMatch(of: #/(?i)(password|passwd|secret|token|api_?key|credential|private)["']?\s*[:=]\s*\S/#)
      == nil
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
