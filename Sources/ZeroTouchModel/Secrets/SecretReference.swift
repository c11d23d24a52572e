/// Where a secret is to be read from; what the spec holds instead of a value.
package enum SecretReference: Sendable, Hashable, CustomStringConvertible {
  /// `env:NAME`, a variable of zerotouch's own environment.
  case environment(String)
  /// `file:PATH`, the contents of a file; `file:PATH#key`, one value of a YAML, JSON or .env file.
  case file(String, key: String? = nil)
  /// `sops:FILE#key`, one value of a file that sops encrypted.
  case sops(String, key: String)
  /// `age:FILE`, what a file holds that age encrypted.
  case age(String)
  /// `op://vault/item/field`, a field of 1Password; the whole address.
  case onePassword(String)
  /// `bao:path#key`, a value of OpenBao's key-value store.
  case openBao(String, key: String)
  /// `ssm:/path`, a parameter of AWS Systems Manager.
  case parameter(String)
  /// `prompt`, asked for on the terminal; what is asked for, in words.
  case prompt(String = "")

  /// Reads a reference as the spec spells it; anything else is none.
  package init?(_ text: String) {
    if text == "prompt" {
      self = .prompt()
      return
    }
    guard let colon = text.firstIndex(of: ":") else { return nil }
    let rest = String(text[text.index(after: colon)...])
    guard let reference = Self.read(scheme: text[..<colon], rest) else { return nil }
    self = reference
  }

  private static func read(scheme: Substring, _ rest: String) -> SecretReference? {
    guard !rest.isEmpty, !rest.hasPrefix("#"), !rest.contains(where: \.isNewline) else { return nil }
    let (path, key) = keyed(rest)
    switch scheme {
    case "env": return rest.wholeMatch(of: #/[A-Za-z_][A-Za-z0-9_]*/#) == nil ? nil : .environment(rest)
    case "file": return key?.isEmpty == true ? nil : .file(path, key: key)
    case "sops": return key.flatMap { $0.isEmpty ? nil : .sops(path, key: $0) }
    case "age": return .age(rest)
    case "op": return rest.wholeMatch(of: #///[^/]+(/[^/]+){2,3}/#) == nil ? nil : .onePassword("op:\(rest)")
    case "bao": return key.flatMap { $0.isEmpty ? nil : .openBao(path, key: $0) }
    case "ssm": return rest.wholeMatch(of: #/(/[A-Za-z0-9_.-]+)+/#) == nil ? nil : .parameter(rest)
    case "prompt": return .prompt(rest)
    default: return nil
    }
  }

  /// The text before the last `#`, and the one behind it.
  private static func keyed(_ text: String) -> (String, String?) {
    guard let mark = text.lastIndex(of: "#") else { return (text, nil) }
    return (String(text[..<mark]), String(text[text.index(after: mark)...]))
  }

  package var description: String {
    switch self {
    case .environment(let name): "env:\(name)"
    case .file(let path, let key): "file:\(path)\(key.map { "#\($0)" } ?? "")"
    case .sops(let path, let key): "sops:\(path)#\(key)"
    case .age(let path): "age:\(path)"
    case .onePassword(let address): address
    case .openBao(let path, let key): "bao:\(path)#\(key)"
    case .parameter(let name): "ssm:\(name)"
    case .prompt(let what): what.isEmpty ? "prompt" : "prompt:\(what)"
    }
  }

  /// The same, knowing what a bare `prompt` asks for: two fields that are asked for are two secrets.
  package func asking(for what: String) -> SecretReference { self == .prompt() ? .prompt(what) : self }

  /// How references are written, for messages.
  package static let forms =
    "`env:NAME`, `file:PATH`, `file:PATH#key`, `sops:FILE#key`, `age:FILE`, `op://vault/item/field`, `bao:path#key`, "
    + "`ssm:/path` or `prompt`"
}
