package import ZeroTouchModel

extension MachineConfiguration {
  /// `apiVersion/kind/name`, by which documents are told apart; the main document has only the middle part.
  package static func identifier(of document: JSONValue) -> String {
    let part = { (key: String) in document[key]?.stringValue ?? "" }
    return "\(part("apiVersion"))/\(document["kind"]?.stringValue ?? "v1alpha1")/\(part("name"))"
  }

  /// Merges one document of a strategic-merge patch: into the document it names, or beside the others.
  package mutating func merge(_ patch: JSONValue) {
    let id = Self.identifier(of: patch)
    let isMain = patch["kind"] == nil
    let index = documents.firstIndex { isMain ? $0["kind"] == nil : Self.identifier(of: $0) == id }
    if patch["$patch"] == "delete" {
      if let index { documents.remove(at: index) }
      return
    }
    guard let index else { return documents.append(StrategicMerge.withoutDirectives(patch)) }
    let type = patch["kind"]?.stringValue ?? "Config"
    documents[index] = StrategicMerge.merged(documents[index], patch, content: .type(type), field: "")
  }

  /// A document as Talos's types hold it: YAML 1.1 reads a bare `off` as false, and Talos's field is a text.
  package static func normalized(_ document: JSONValue) -> JSONValue {
    guard document["kind"] == "HostnameConfig", document["auto"] == .bool(false) else { return document }
    var normal = document
    normal["auto"] = "off"
    return normal
  }
}
