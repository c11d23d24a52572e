package import ZeroTouchModel

/// A taint of a node: pods that do not tolerate it are kept away or driven off.
package struct Taint: Sendable, Hashable {
  package enum Effect: String, Sendable, Hashable {
    case noSchedule = "NoSchedule"
    case preferNoSchedule = "PreferNoSchedule"
    case noExecute = "NoExecute"
  }

  package let key: String
  package let value: String
  package let effect: Effect

  package init(_ key: String, value: String = "", _ effect: Effect) {
    self.key = key
    self.value = value
    self.effect = effect
  }

  /// Reads a taint of `spec.taints`; nil when its effect is none of Kubernetes'.
  package init?(_ json: JSONValue) {
    guard let effect = json["effect"]?.stringValue.flatMap(Effect.init) else { return nil }
    self.init(json["key"]?.stringValue ?? "", value: json["value"]?.stringValue ?? "", effect)
  }

  package var json: JSONValue {
    var taint: JSONValue = ["key": .string(key), "effect": .string(effect.rawValue)]
    if !value.isEmpty { taint["value"] = .string(value) }
    return taint
  }

  static let notReady = "node.kubernetes.io/not-ready"
  static let unreachable = "node.kubernetes.io/unreachable"
  static let unschedulable = "node.kubernetes.io/unschedulable"
  static let controlPlane = "node-role.kubernetes.io/control-plane"
  static let ciliumNotReady = "node.cilium.io/agent-not-ready"
}

/// What a pod puts up with.
struct Toleration: Sendable, Hashable {
  let key: String
  let exists: Bool
  let value: String
  let effect: String
  /// How long a NoExecute taint is borne; nil for ever.
  let seconds: Int?

  init(_ json: JSONValue) {
    key = json["key"]?.stringValue ?? ""
    exists = json["operator"]?.stringValue == "Exists"
    value = json["value"]?.stringValue ?? ""
    effect = json["effect"]?.stringValue ?? ""
    seconds = json["tolerationSeconds"]?.intValue
  }

  func tolerates(_ taint: Taint) -> Bool {
    guard effect.isEmpty || effect == taint.effect.rawValue else { return false }
    guard key.isEmpty ? exists : key == taint.key else { return false }
    return exists || value == taint.value
  }

  static func list(of podSpec: JSONValue?) -> [Toleration] {
    (podSpec?["tolerations"]?.arrayValue ?? []).map(Toleration.init)
  }
}
