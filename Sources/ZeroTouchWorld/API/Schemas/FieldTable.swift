/// Every field of the built-in kinds with its type: the published definitions of Kubernetes 1.35.
///
/// The tables hold one type after the other, `Type: field=type …`; indented lines go on with the type before.
enum FieldTable {
  /// Fields by the name of their type.
  static let types: [String: [String: FieldType]] = parsed([pods, core, platform].joined(separator: "\n"))

  private static func parsed(_ text: String) -> [String: [String: FieldType]] {
    var types: [String: [String: FieldType]] = [:]
    var current = ""
    for line in text.split(separator: "\n") {
      for word in line.split(separator: " ") {
        let parts = word.split(separator: "=", maxSplits: 1)
        if parts.count == 2 {
          types[current]?[String(parts[0])] = FieldType(parsing: parts[1])
        } else if word.hasSuffix(":") {
          current = String(word.dropLast())
          types[current] = [:]
        }
      }
    }
    for (name, fields) in types where fields["metadata"] != nil && !templates.contains(name) {
      types[name]?["apiVersion"] = .text
      types[name]?["kind"] = .text
    }
    return types
  }

  /// What has metadata and yet is no object of its own.
  private static let templates: Set = ["PodTemplateSpec", "JobTemplateSpec", "PersistentVolumeClaimTemplate"]
}
