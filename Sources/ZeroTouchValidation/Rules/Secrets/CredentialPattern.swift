import ZeroTouchModel

/// What a text gives away, by the forms that issuers give their keys and tokens.
enum CredentialPattern: Sendable, Hashable {
  case privateKey
  case ageKey
  case token(String)
  /// `scheme://user:password@host`.
  case address

  /// The first thing that a text gives away; one pass over its bytes.
  static func first(in text: String) -> CredentialPattern? {
    guard text.utf8.count >= 16 else { return nil }
    var copy = text
    return copy.withUTF8 { bytes in
      for index in bytes.indices where isFirst[Int(bytes[index])] {
        if let found = pattern(UnsafeBufferPointer(rebasing: bytes[index...]), isStart(bytes, index)) { return found }
      }
      return nil
    }
  }

  /// The bytes with which something begins that is looked for.
  private static let isFirst: [Bool] = (0..<256).map {
    "-A:".utf8.contains(UInt8($0)) || "ghxnSd".utf8.contains(UInt8($0))
  }

  private static let tokens: [(prefix: String, least: Int, issuer: String)] = [
    ("ghp_", 36, "GitHub"), ("gho_", 36, "GitHub"), ("ghs_", 36, "GitHub"), ("github_pat_", 40, "GitHub"),
    ("glpat-", 20, "GitLab"), ("AKIA", 16, "AWS"), ("ASIA", 16, "AWS"), ("xoxb-", 20, "Slack"), ("xoxp-", 20, "Slack"),
    ("xapp-", 20, "Slack"), ("hvs.", 20, "Vault"), ("AIza", 35, "Google"), ("SG.", 40, "SendGrid"),
    ("npm_", 36, "npm"), ("dckr_pat_", 20, "Docker"),
  ]

  /// The bytes with which tokens begin.
  private static let tokenStarts = Set(tokens.compactMap(\.prefix.utf8.first))

  private static func isStart(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int) -> Bool {
    index == 0 || !isWord(bytes[index - 1])
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case 48...57, 65...90, 97...122, 95: true
    default: false
    }
  }

  private static func pattern(_ rest: UnsafeBufferPointer<UInt8>, _ isStart: Bool) -> CredentialPattern? {
    switch rest.first {
    case UInt8(ascii: "-"): return rest.starts(with: "-----BEGIN ".utf8) && isPrivate(rest) ? .privateKey : nil
    case UInt8(ascii: ":"): return rest.starts(with: "://".utf8) && hasPassword(rest.dropFirst(3)) ? .address : nil
    default: break
    }
    guard isStart, let first = rest.first, tokenStarts.contains(first) else { return nil }
    if rest.starts(with: "AGE-SECRET-KEY-1".utf8) { return rest.count >= 70 ? .ageKey : nil }
    for token in tokens where rest.starts(with: token.prefix.utf8) {
      let body = rest.dropFirst(token.prefix.utf8.count).prefix { isWord($0) || $0 == 45 || $0 == 46 }
      if body.count >= token.least, isRandom(body) { return .token(token.issuer) }
    }
    return nil
  }

  private static func isPrivate(_ rest: UnsafeBufferPointer<UInt8>) -> Bool {
    let line = rest.dropFirst(11).prefix { $0 != 10 && $0 != 13 }
    guard String(decoding: line, as: UTF8.self).contains("PRIVATE KEY") else { return false }
    // A heading alone, as in a description or a pattern, gives nothing away.
    let body = rest.dropFirst(11 + line.count).prefix { $0 != 45 }.filter(isWord)
    return body.count >= 24 && isRandom(body[...])
  }

  /// Whether it can be real: examples repeat a letter, or say that they are examples.
  private static func isRandom(_ body: some Collection<UInt8>) -> Bool {
    guard Set(body).count >= 8 else { return false }
    let text = String(decoding: body, as: UTF8.self).lowercased()
    return !["example", "xxxx", "redacted", "placeholder", "your", "1234567890", "abcdef"].contains(
      where: text.contains)
  }

  private static func hasPassword(_ rest: some Collection<UInt8>) -> Bool {
    let authority = rest.prefix { !isBlank($0) && $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") }
    let text = String(decoding: authority, as: UTF8.self)
    // Behind the `@` stands a host, or the place of one.
    guard let at = text.lastIndex(of: "@"), text.index(after: at) < text.endIndex, !text[at...].contains("<"),
      let colon = text[..<at].firstIndex(of: ":")
    else { return false }
    let password = String(text[text.index(after: colon)..<at])
    return !password.isEmpty && !SecretText.isReference(password) && !SecretText.isPlaceholder(password)
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte <= 32 || byte == 34 || byte == 39 }
}

/// A text of the tree that gives something away, and the line where it does.
struct TextCredential: Sendable {
  let pattern: CredentialPattern
  let location: SourceLocation
}
