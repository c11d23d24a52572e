import ZeroTouchModel

/// What the server demands of an object before it stores it.
struct ObjectRules {
  let type: ResourceType
  private let version: String
  /// What all annotations together may hold.
  private static let largestAnnotations = 262_144

  init(_ type: ResourceType, _ version: String) {
    self.type = type
    self.version = version
  }

  /// Refuses an object that breaks rules, naming all of them.
  func check(_ object: JSONValue, old: JSONValue?) throws(APIFailure) {
    let causes = metadataCauses(object) + labelCauses(object) + kindCauses(object, old) + schemaCauses(object, old)
    guard causes.isEmpty else {
      throw .invalid(type, object[path: "metadata", "name"]?.stringValue ?? "", causes)
    }
  }

  private func metadataCauses(_ object: JSONValue) -> [APIFailure.Cause] {
    let name = object[path: "metadata", "name"]?.stringValue ?? ""
    if name.isEmpty { return [.required("metadata.name", "name or generateName is required")] }
    var causes = nameProblem(name).map { [APIFailure.Cause.invalid("metadata.name", .string(name), $0)] } ?? []
    let annotations = object[path: "metadata", "annotations"]?.stringMap ?? [:]
    if annotations.reduce(0, { $0 + $1.key.utf8.count + $1.value.utf8.count }) > Self.largestAnnotations {
      causes.append(
        .init(
          field: "metadata.annotations", message: "Too long: may not be more than \(Self.largestAnnotations) bytes",
          reason: "FieldValueTooLong"))
    }
    return causes
  }

  private func nameProblem(_ name: String) -> String? {
    if type.id.group == "rbac.authorization.k8s.io" {
      return name == "." || name == ".." || name.contains { "/%".contains($0) } ? "may not contain '/' or '%'" : nil
    }
    let isLabel = [GroupResource.namespaces, .services].contains(type.id)
    return isLabel ? DNSName.labelProblem(name) : DNSName.subdomainProblem(name)
  }

  private func labelCauses(_ object: JSONValue) -> [APIFailure.Cause] {
    let shapes = ["labels", "annotations"].flatMap { textCauses(object[path: "metadata", $0], "metadata.\($0)") }
    let labels = object[path: "metadata", "labels"]?.objectValue ?? [:]
    let keys = labels.keys.sorted().filter { !LabelSyntax.isKey($0) }.map {
      APIFailure.Cause.invalid("metadata.labels", .string($0), DNSName.labelKeyProblem)
    }
    return shapes + keys
      + labels.sorted { $0.key < $1.key }.compactMap { _, value in
        value.stringValue.flatMap { text in
          DNSName.labelValueProblem(text).map { .invalid("metadata.labels", .string(text), $0) }
        }
      }
  }

  /// What is wrong where every value has to be a text.
  private func textCauses(_ texts: JSONValue?, _ path: String) -> [APIFailure.Cause] {
    guard let texts, !texts.isNull else { return [] }
    guard let entries = texts.objectValue else { return [.invalid(path, texts, "must be a map of strings")] }
    return entries.sorted { $0.key < $1.key }.filter { $0.value.stringValue == nil }.map {
      .invalid("\(path).\($0.key)", $0.value, "must be a string")
    }
  }

  private func schemaCauses(_ object: JSONValue, _ old: JSONValue?) -> [APIFailure.Cause] {
    type.version(version)?.schema.map { StructuralSchema($0).allProblems(of: object, old: old) } ?? []
  }

  func definitionCauses(_ object: JSONValue) -> [APIFailure.Cause] {
    let spec = object["spec"] ?? [:]
    var causes: [APIFailure.Cause] = []
    let (group, plural) = (spec["group"]?.stringValue ?? "", spec[path: "names", "plural"]?.stringValue ?? "")
    for (path, value) in [
      ("spec.group", group), ("spec.names.plural", plural),
      ("spec.names.kind", spec[path: "names", "kind"]?.stringValue ?? ""),
      ("spec.scope", spec["scope"]?.stringValue ?? ""),
    ] where value.isEmpty {
      causes.append(.required(path))
    }
    let name = object[path: "metadata", "name"]?.stringValue ?? ""
    if causes.isEmpty, name != "\(plural).\(group)" {
      causes.append(.invalid("metadata.name", .string(name), "must be spec.names.plural+\".\"+spec.group"))
    }
    let storage = (spec["versions"]?.arrayValue ?? []).filter { $0["storage"]?.boolValue ?? false }
    if storage.count != 1 {
      causes.append(
        .invalid("spec.versions", spec["versions"] ?? [], "must have exactly one version marked as storage version"))
    }
    return causes
  }

  func immutableCauses(_ object: JSONValue, _ old: JSONValue?) -> [APIFailure.Cause] {
    guard let old else { return [] }
    if type.id == .secrets, let before = old["type"], object["type"] != before {
      return [.invalid("type", object["type"] ?? "", "field is immutable")]
    }
    guard old["immutable"] == true, object["data"] != old["data"] || object["immutable"] != true else { return [] }
    return [
      .init(
        field: "data", message: "Forbidden: field is immutable when `immutable` is set", reason: "FieldValueForbidden")
    ]
  }
}
