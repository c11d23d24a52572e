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

/// A workload whose `spec.replicas` says how many pods it wants; the kind says what its controller counts differently.
package struct ReplicatedWorkload<Kind: ReplicatedKind>: ObservedWorkload {
  package static var resource: String { Kind.resource }
  package static var kind: String { Kind.name }

  package let metadata: ObjectMetadata
  package let observedGeneration: Int
  package let wanted: Int
  package let updated: Int
  package let ready: Int
  package let available: Int
  package let selector: [String: String]
  package let conditions: [ObjectCondition]

  package init?(_ json: JSONValue) {
    guard let metadata = ObjectMetadata(json), let spec = json["spec"] else { return nil }
    let status = json["status"] ?? [:]
    self.metadata = metadata
    observedGeneration = status["observedGeneration"]?.intValue ?? 0
    wanted = spec["replicas"]?.intValue ?? 1
    ready = status["readyReplicas"]?.intValue ?? 0
    available = status["availableReplicas"]?.intValue ?? Kind.availableUnsaid(ready: ready)
    updated = Kind.updated(status, ready: ready)
    selector = spec[path: "selector", "matchLabels"]?.stringMap ?? [:]
    conditions = ObjectCondition.all(of: json)
  }
}

/// A Deployment.
package typealias ObservedDeployment = ReplicatedWorkload<DeploymentKind>
/// A StatefulSet.
package typealias ObservedStatefulSet = ReplicatedWorkload<StatefulSetKind>

/// What sets one kind of replicated workload apart from another.
package protocol ReplicatedKind: Sendable, Hashable {
  static var resource: String { get }
  static var name: String { get }
  /// How many of the pods have the present form.
  static func updated(_ status: JSONValue, ready: Int) -> Int
  /// How many of the ready pods are available where the status does not say.
  static func availableUnsaid(ready: Int) -> Int
}

/// What is a Deployment's own.
package enum DeploymentKind: ReplicatedKind {
  package static let resource = "deployments.apps"
  package static let name = "Deployment"

  package static func updated(_ status: JSONValue, ready: Int) -> Int { status["updatedReplicas"]?.intValue ?? 0 }
  // A zero is left out of the status.
  package static func availableUnsaid(ready: Int) -> Int { 0 }
}

/// What is a StatefulSet's own.
package enum StatefulSetKind: ReplicatedKind {
  package static let resource = "statefulsets.apps"
  package static let name = "StatefulSet"

  /// Once all replicas are of the new revision, the controller no longer counts them as updated.
  package static func updated(_ status: JSONValue, ready: Int) -> Int {
    let revisionsAgree = status["currentRevision"]?.stringValue == status["updateRevision"]?.stringValue
    return revisionsAgree ? ready : status["updatedReplicas"]?.intValue ?? 0
  }

  package static func availableUnsaid(ready: Int) -> Int { ready }
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
