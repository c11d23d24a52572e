package import ZeroTouchModel

extension ArtifactLock {
  private static let keys: Set = ["name", "version", "url", "sha256", "size", "purpose", "standIn"]

  /// Reads a lock strictly: unknown keys, missing ones and malformed sums are errors with their place.
  package static func parse(_ text: String, file: String) throws(InvalidInput) -> ArtifactLock {
    let documents = try LocatedYAML.documents(of: text, file: file)
    guard let document = documents.first, documents.count == 1,
      document["kind"]?.scalar?.stringValue == "ArtifactLock", let items = document["artifacts"]?.items
    else {
      throw InvalidInput([
        Diagnostic(
          at: SourceLocation(file: file, line: 1, column: 1),
          "expected one document of kind `ArtifactLock` with a list `artifacts`",
          remedy: "restore the file from Git: `git checkout bootstrap/artifacts.lock.yaml`")
      ])
    }
    var problems: [Diagnostic] = []
    let artifacts = items.compactMap { artifact($0, &problems) }
    problems += duplicates(items)
    guard problems.isEmpty else {
      throw InvalidInput(
        problems.sorted {
          ($0.location ?? .init(file: file, line: 0, column: 0))
            < ($1.location ?? .init(file: file, line: 0, column: 0))
        })
    }
    return ArtifactLock(artifacts: artifacts)
  }

  private static func artifact(_ node: LocatedYAML, _ problems: inout [Diagnostic]) -> Artifact? {
    for entry in node.entries ?? [] where !keys.contains(entry.key) {
      problems.append(
        Diagnostic(
          at: entry.keyLocation, "unknown key `\(entry.key)`",
          remedy: "use \(keys.sorted().map { "`\($0)`" }.joined(separator: ", "))"))
    }
    let before = problems.count
    let name = string("name", node, &problems)
    let version = string("version", node, &problems)
    let url = string("url", node, &problems)
    let sum = string("sha256", node, &problems)
    let purpose = string("purpose", node, &problems)
    problems += formProblems(node)
    if !sum.isEmpty, sum != "unset", !isSum(sum) {
      problems.append(
        Diagnostic(
          at: node["sha256"]?.location, "`\(sum)` is no SHA-256", remedy: "write 64 hexadecimal digits, or `unset`"))
    }
    guard problems.count == before else { return nil }
    return Artifact(
      name: name, version: version, url: url, sha256: sum == "unset" ? nil : sum, size: node["size"]?.scalar?.intValue,
      purpose: purpose, isStandIn: node["standIn"]?.scalar == true)
  }

  /// Names and versions become file names, URLs stand on command lines.
  private static func formProblems(_ node: LocatedYAML) -> [Diagnostic] {
    let words = ["name", "version"].compactMap { key -> Diagnostic? in
      guard let value = node[key]?.scalar?.stringValue, value.contains("/") || value.hasPrefix(".") else { return nil }
      return Diagnostic(
        at: node[key]?.location, "`\(value)` is no \(key)", remedy: "use letters, digits, `.`, `-` and `_`")
    }
    return words + urlProblems(node["url"]) + sizeProblems(node["size"])
  }

  private static func urlProblems(_ node: LocatedYAML?) -> [Diagnostic] {
    guard let url = node?.scalar?.stringValue, !url.isEmpty else { return [] }
    let authority = url.dropFirst("https://".count).prefix { $0 != "/" }
    guard url.hasPrefix("https://"), !authority.isEmpty, !url.contains(where: \.isWhitespace) else {
      return [Diagnostic(at: node?.location, "`\(url)` is no address", remedy: "write one that begins with `https://`")]
    }
    guard !authority.contains("@") else {
      return [
        Diagnostic(
          at: node?.location, "the address holds credentials, and the lock lies in Git",
          remedy: "take them out, and name a mirror with its credentials in ZEROTOUCH_MIRROR")
      ]
    }
    return []
  }

  private static func sizeProblems(_ node: LocatedYAML?) -> [Diagnostic] {
    guard let node, (node.scalar?.intValue ?? 0) <= 0 else { return [] }
    return [
      Diagnostic(at: node.location, "`size` is no number of bytes", remedy: "write the number, or remove the key")
    ]
  }

  private static func string(_ key: String, _ node: LocatedYAML, _ problems: inout [Diagnostic]) -> String {
    if let value = node[key]?.scalar?.stringValue, !value.isEmpty { return value }
    problems.append(
      Diagnostic(
        at: node[key]?.location ?? node.location, "`\(key)` is missing or no string",
        remedy: "add `\(key): …` (quoted where it looks like a number)"))
    return ""
  }

  private static func isSum(_ text: String) -> Bool { text.count == 64 && text.allSatisfy(\.isHexDigit) }

  private static func duplicates(_ items: [LocatedYAML]) -> [Diagnostic] {
    var seen: Set<String> = []
    return items.compactMap { item in
      guard let name = item["name"]?.scalar?.stringValue, !seen.insert(name).inserted else { return nil }
      return Diagnostic(at: item["name"]?.location, "`\(name)` stands twice", remedy: "keep one of the entries")
    }
  }
}
