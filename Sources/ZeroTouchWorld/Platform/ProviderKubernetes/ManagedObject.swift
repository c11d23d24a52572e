import ZeroTouchManifests
import ZeroTouchModel

/// An `Object` of provider-kubernetes: a manifest, and how it is to be looked after.
struct ManagedObject: Sendable {
  static let resource = GroupResource("objects", "kubernetes.crossplane.io")
  static let finalizer = "finalizer.managedresource.crossplane.io"
  private static let pause = "crossplane.io/paused"

  let key: ObjectKey
  let json: JSONValue

  init(_ key: ObjectKey, _ json: JSONValue) {
    self.key = key
    self.json = json
  }

  private var spec: JSONValue { json["spec"] ?? [:] }
  var providerConfig: String { spec[path: "providerConfigRef", "name"]?.stringValue ?? "default" }
  var isGoing: Bool { json[path: "metadata", "deletionTimestamp"] != nil }
  var isPaused: Bool { json.annotation(Self.pause) == "true" }

  /// The manifest; one without a name takes the Object's.
  var manifest: JSONValue {
    var manifest = spec[path: "forProvider", "manifest"] ?? [:]
    if (manifest[path: "metadata", "name"]?.stringValue ?? "").isEmpty {
      manifest[path: "metadata", "name"] = .string(key.name)
    }
    return manifest
  }

  private var policies: [String] {
    let list = (spec["managementPolicies"]?.arrayValue ?? []).compactMap(\.stringValue)
    return list.isEmpty ? ["*"] : list
  }

  func may(_ action: String) -> Bool { policies.contains("*") || policies.contains(action) }

  /// Whether what it made goes with it; the older field counts only beside the policies that mean everything.
  var deletesWithItself: Bool {
    policies == ["*"] ? spec["deletionPolicy"]?.stringValue != "Orphan" : may("Delete")
  }

  var propagation: DeletionPropagation {
    spec[path: "forProvider", "deletionPropagationPolicy"]?.stringValue.flatMap(DeletionPropagation.init) ?? .background
  }

  /// Objects that have to be there before this one is looked after.
  var needs: [(apiVersion: String, kind: String, namespace: String, name: String)] {
    (spec["references"]?.arrayValue ?? []).compactMap { reference in
      guard let need = reference["patchesFrom"] ?? reference["dependsOn"] else { return nil }
      func text(_ name: String, _ usual: String = "") -> String { need[name]?.stringValue ?? usual }
      return (
        text("apiVersion", "kubernetes.crossplane.io/v1alpha1"), text("kind", "Object"), text("namespace"), text("name")
      )
    }
  }

  /// Whether what was made is ready, as the Object wants that found out; nil for one that is ready once it was made.
  func isReady(_ live: JSONValue) -> Bool? {
    let conditions = live[path: "status", "conditions"]?.arrayValue ?? []
    switch spec[path: "readiness", "policy"]?.stringValue ?? "SuccessfulCreate" {
    case "DeriveFromObject": return live.condition("Ready")?["status"] == "True"
    case "AllTrue": return !conditions.isEmpty && conditions.allSatisfy { $0["status"] == "True" }
    case "DeriveFromCelQuery":
      guard let query = spec[path: "readiness", "celQuery"]?.stringValue,
        let expression = try? CELExpression(parsing: query)
      else { return false }
      return (try? CELEvaluator(["object": live]).decide(expression)) ?? false
    default: return nil
    }
  }
}

/// Why an Object could not be carried out, after the step that failed.
struct ObjectFailure: Error {
  let message: String

  init(_ step: String, _ cause: String) { message = "\(step) failed: \(cause)" }
}
