import ZeroTouchModel

/// Which object a manifest means, whether or not its kind is served: as Argo CD names resources.
struct ResourceIdentity: Sendable, Hashable, Comparable, CustomStringConvertible {
  let group: String
  let version: String
  let kind: String
  let namespace: String
  let name: String

  init(group: String, version: String, kind: String, namespace: String, name: String) {
    self.group = group
    self.version = version
    self.kind = kind
    self.namespace = namespace
    self.name = name
  }

  /// `apps/Deployment/name`, or `ConfigMap/name` of the core group with a leading slash, as operation messages say it.
  var description: String { "\(group)/\(kind)/\(name)" }

  /// The value of the annotation by which an Application knows its resources.
  func trackingID(of application: String) -> String { "\(application):\(group)/\(kind):\(namespace)/\(name)" }

  static func < (left: Self, right: Self) -> Bool {
    (left.group, left.kind, left.namespace, left.name) < (right.group, right.kind, right.namespace, right.name)
  }
}

extension JSONValue {
  /// A label or annotation of a manifest.
  func annotation(_ name: String) -> String? {
    guard let value = self[path: "metadata", "annotations"]?[name] else { return nil }
    return value.stringValue ?? value.text()
  }

  /// The words of an annotation that lists options with commas.
  func annotationList(_ name: String) -> [String] {
    (annotation(name) ?? "").split(separator: ",").map { $0.trimmingSpaces }
  }

  /// A condition of the status by its type.
  func condition(_ type: String) -> JSONValue? {
    self[path: "status", "conditions"]?.arrayValue?.first { $0["type"]?.stringValue == type }
  }

  /// An object with these members, those without a value left out.
  static func members(_ members: [String: JSONValue?]) -> JSONValue { .object(members.compactMapValues { $0 }) }
}

extension StringProtocol {
  /// The text without spaces at its ends.
  var trimmingSpaces: String {
    String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}
