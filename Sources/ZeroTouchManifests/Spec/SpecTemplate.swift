import ZeroTouchModel

/// The commented `zerotouch.yaml` that `zerotouch init` writes, made from the definition.
package struct SpecTemplate {
  /// What is known already, by the path of the field.
  private let values: [String: String]

  /// The file for one control plane that follows this repository; a store that its platform has is given credentials.
  package static func commented(
    name: String, repository: GitOpsRepository, address: String = "203.0.113.10", workers: [WorkerArgument] = [],
    store: ParameterStore? = nil
  ) -> String {
    let host = IPAddress(address).map { Endpoint(host: $0.description).description } ?? "https://\(address):6443"
    var values = [
      "apiVersion": SpecSchema.apiVersion, "kind": SpecSchema.kind,
      "metadata.name": name, "spec.endpoint": host, "spec.gitops.repoURL": repository.repoURL,
      "spec.gitops.revision": repository.revision, "spec.environment": "main", "spec.stage": "production",
      "spec.provider": "talos",
    ]
    let nodes = [("cp01", "control-plane", address)] + workers.map { ($0.name, "worker", $0.address.description) }
    for (index, node) in nodes.enumerated() {
      values["spec.nodes[\(index)].name"] = node.0
      values["spec.nodes[\(index)].role"] = node.1
      values["spec.nodes[\(index)].address"] = node.2
    }
    if let aws = store?.usualReferences(hasSessionToken: false) {
      values["spec.secrets.aws.accessKeyID"] = aws.accessKeyID.description
      values["spec.secrets.aws.secretAccessKey"] = aws.secretAccessKey.description
      values["spec.secrets.aws.region"] = aws.region
      values["spec.secrets.aws.prefix"] = aws.prefix
    }
    let head = "# yaml-language-server: $schema=\(SpecSchema.committedPath)\n"
    return head
      + SpecTemplate(values: values).lines(of: SpecSchema.document, path: "", indent: 0).joined(separator: "\n") + "\n"
  }

  private func lines(of fields: [SpecField], path: String, indent: Int, isSilent: Bool = false) -> [String] {
    fields.filter { $0.notYet == nil && !$0.isAlternative }.flatMap { field in
      let path = path.isEmpty ? field.key : "\(path).\(field.key)"
      return ["\(Self.blanks(indent))# \(field.summary)"]
        + lines(of: field, path: path, indent: indent, isSilent: isSilent)
    }
  }

  /// The lines of one field; those with nothing to say yet stand as a comment.
  private func lines(of field: SpecField, path: String, indent: Int, isSilent: Bool) -> [String] {
    let key = "\(Self.blanks(indent))\(field.key):"
    let speaks = isSilent || isKnown(path)
    switch field.type {
    case .object(let fields):
      let inner = lines(of: fields, path: path, indent: indent + 2, isSilent: !speaks || isSilent)
      return speaks ? [key] + inner : Self.silenced([key] + inner, indent: indent)
    case .list(.object(let fields)) where isKnown(path):
      return [key] + items(of: fields, path: path, indent: indent)
    default:
      let line = "\(key) \(Self.flow(value(of: field, path: path)))"
      return speaks ? [line] : Self.silenced([line], indent: indent)
    }
  }

  private func items(of fields: [SpecField], path: String, indent: Int) -> [String] {
    let count = (0...).first { !isKnown("\(path)[\($0)]") } ?? 0
    return (0..<count).flatMap { index in
      let all = lines(of: fields, path: "\(path)[\(index)]", indent: indent + 4)
      // Only the first entry is explained.
      return Self.dashed(index == 0 ? all : all.filter { !Self.isComment($0) }, indent: indent)
    }
  }

  /// Puts the dash before the first line that is no comment.
  private static func dashed(_ lines: [String], indent: Int) -> [String] {
    guard let first = lines.firstIndex(where: { !isComment($0) }) else { return lines }
    var lines = lines
    lines[first] = "\(blanks(indent + 2))- \(lines[first].drop { $0 == " " })"
    return lines
  }

  private func isKnown(_ path: String) -> Bool {
    values.keys.contains { $0 == path || $0.hasPrefix(path + ".") || $0.hasPrefix(path + "[") }
  }

  private func value(of field: SpecField, path: String) -> JSONValue {
    values[path].map(JSONValue.string) ?? field.standard ?? field.example ?? [:]
  }

  /// A value on one line.
  private static func flow(_ value: JSONValue) -> String {
    switch value {
    case .array(let items): "[\(items.map(flow).joined(separator: ", "))]"
    case .object(let members):
      "{\(members.sorted { $0.key < $1.key }.map { "\($0.key): \(flow($0.value))" }.joined(separator: ", "))}"
    case .string(let text) where isPlain(text): text
    default: String(YAMLWriter.text(of: value).dropLast())
    }
  }

  /// Whether a text reads as itself without quotes, also inside brackets.
  private static func isPlain(_ text: String) -> Bool {
    text.first.map { $0.isLetter || $0.isNumber || $0 == "/" } == true && !text.hasSuffix(":")
      && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_./:@~+".contains($0)) }
      && !YAMLScalar.isAmbiguous(text)
  }

  private static func silenced(_ lines: [String], indent: Int) -> [String] {
    lines.map { "\(blanks(indent))# \($0.dropFirst(indent))" }
  }

  private static func isComment(_ line: String) -> Bool { line.drop { $0 == " " }.hasPrefix("#") }

  private static func blanks(_ count: Int) -> String { String(repeating: " ", count: count) }
}
