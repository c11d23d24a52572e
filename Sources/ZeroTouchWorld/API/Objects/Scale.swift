import ZeroTouchModel

/// The `scale` of an object: how many replicas it wants and has.
struct Scale {
  private let source: JSONValue
  private let paths: ScalePaths

  init(of source: JSONValue, _ paths: ScalePaths, _ type: ResourceType) {
    self.source = source
    self.paths = paths
  }

  /// The Scale object that clients read.
  var object: JSONValue {
    var metadata: JSONValue = [:]
    for name in ["name", "namespace", "uid", "resourceVersion", "creationTimestamp"] {
      metadata[name] = source[path: "metadata", name]
    }
    var status: JSONValue = ["replicas": value(at: paths.status) ?? 0]
    if let selector = paths.selector.flatMap(value(at:)) {
      let labels = (selector["matchLabels"]?.stringMap ?? selector.stringMap).sorted { $0.key < $1.key }
      status["selector"] = .string(
        selector.stringValue ?? labels.map { "\($0.key)=\($0.value)" }.joined(separator: ","))
    }
    let replicas = value(at: paths.spec) ?? 0
    return [
      "kind": "Scale", "apiVersion": "autoscaling/v1", "metadata": metadata, "spec": ["replicas": replicas],
      "status": status,
    ]
  }

  /// The scaled object with another number of replicas.
  func scaled(to replicas: Int) -> JSONValue {
    var result = source
    result.write(JSONValue(replicas), along: paths.spec.split(separator: ".").map(String.init)[...])
    return result
  }

  private func value(at path: String) -> JSONValue? {
    path.split(separator: ".").reduce(Optional(source)) { $0?[String($1)] }
  }
}

extension JSONValue {
  /// Writes a value behind a path of member names.
  mutating func write(_ value: JSONValue, along path: ArraySlice<String>) {
    guard let first = path.first else {
      self = value
      return
    }
    var child = self[first] ?? [:]
    child.write(value, along: path.dropFirst())
    self[first] = child
  }
}
