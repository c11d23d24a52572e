package import ZeroTouchModel

/// What Deployments, StatefulSets and DaemonSets have in common: a number that is wanted and numbers that are there.
package protocol ObservedWorkload: ClusterObject {
  /// The kind, in the words of messages.
  static var kind: String { get }
  var observedGeneration: Int { get }
  var wanted: Int { get }
  var updated: Int { get }
  var ready: Int { get }
  var available: Int { get }
  /// The labels that select its pods.
  var selector: [String: String] { get }
}

extension ObservedWorkload {
  /// Whether its controller has looked at the present specification.
  package var isObserved: Bool { observedGeneration >= metadata.generation }
}

/// A Deployment.
package struct ObservedDeployment: ObservedWorkload {
  package static let resource = "deployments.apps"
  package static let kind = "Deployment"

  package let metadata: ObjectMetadata
  package let observedGeneration: Int
  package let wanted: Int
  package let updated: Int
  package let ready: Int
  package let available: Int
  package let selector: [String: String]
  package let conditions: [ObjectCondition]

  package init?(_ json: JSONValue) {
    guard let metadata = ObjectMetadata(json), json["spec"] != nil else { return nil }
    self.metadata = metadata
    observedGeneration = json[path: "status", "observedGeneration"]?.intValue ?? 0
    wanted = json[path: "spec", "replicas"]?.intValue ?? 1
    updated = json[path: "status", "updatedReplicas"]?.intValue ?? 0
    ready = json[path: "status", "readyReplicas"]?.intValue ?? 0
    available = json[path: "status", "availableReplicas"]?.intValue ?? 0
    selector = json[path: "spec", "selector", "matchLabels"]?.stringMap ?? [:]
    conditions = ObjectCondition.all(of: json)
  }
}

/// A StatefulSet.
package struct ObservedStatefulSet: ObservedWorkload {
  package static let resource = "statefulsets.apps"
  package static let kind = "StatefulSet"

  package let metadata: ObjectMetadata
  package let observedGeneration: Int
  package let wanted: Int
  package let updated: Int
  package let ready: Int
  package let available: Int
  package let selector: [String: String]

  package init?(_ json: JSONValue) {
    guard let metadata = ObjectMetadata(json), json["spec"] != nil else { return nil }
    self.metadata = metadata
    observedGeneration = json[path: "status", "observedGeneration"]?.intValue ?? 0
    wanted = json[path: "spec", "replicas"]?.intValue ?? 1
    ready = json[path: "status", "readyReplicas"]?.intValue ?? 0
    available = json[path: "status", "availableReplicas"]?.intValue ?? ready
    let revisionsAgree =
      json[path: "status", "currentRevision"]?.stringValue == json[path: "status", "updateRevision"]?.stringValue
    // Once all replicas are of the new revision, the controller no longer counts them as updated.
    updated = revisionsAgree ? ready : json[path: "status", "updatedReplicas"]?.intValue ?? 0
    selector = json[path: "spec", "selector", "matchLabels"]?.stringMap ?? [:]
  }
}

/// A DaemonSet; wanted is the number of nodes it has to run on.
package struct ObservedDaemonSet: ObservedWorkload {
  package static let resource = "daemonsets.apps"
  package static let kind = "DaemonSet"

  package let metadata: ObjectMetadata
  package let observedGeneration: Int
  package let wanted: Int
  package let updated: Int
  package let ready: Int
  package let available: Int
  package let selector: [String: String]

  package init?(_ json: JSONValue) {
    guard let metadata = ObjectMetadata(json), json["spec"] != nil else { return nil }
    self.metadata = metadata
    observedGeneration = json[path: "status", "observedGeneration"]?.intValue ?? 0
    wanted = json[path: "status", "desiredNumberScheduled"]?.intValue ?? 0
    updated = json[path: "status", "updatedNumberScheduled"]?.intValue ?? 0
    ready = json[path: "status", "numberReady"]?.intValue ?? 0
    available = json[path: "status", "numberAvailable"]?.intValue ?? 0
    selector = json[path: "spec", "selector", "matchLabels"]?.stringMap ?? [:]
  }
}
