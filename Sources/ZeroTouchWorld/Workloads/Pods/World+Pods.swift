import ZeroTouchModel

/// Why a pod could not be created.
struct PodRefusal: Error, Sendable, Hashable {
  /// What the API answered.
  let message: String
}

/// The object that creates pods and is their controller.
struct PodOwner: Sendable {
  let key: ObjectKey
  let uid: String

  init?(_ key: ObjectKey, _ object: JSONValue) {
    guard let uid = object[path: "metadata", "uid"]?.stringValue else { return nil }
    self.key = key
    self.uid = uid
  }

  var reference: JSONValue {
    let kind = key.resource.ownedKind
    return .controllerReference(
      apiVersion: kind?.apiVersion ?? "", kind: kind?.kind ?? "", name: key.name, uid: .string(uid))
  }

  /// The component that acts for this kind of owner.
  var component: String {
    switch key.resource {
    case .replicaSets: "replicaset-controller"
    case .daemonSets: "daemonset-controller"
    case .statefulSets: "statefulset-controller"
    case .jobs: "job-controller"
    default: "kube-controller-manager"
    }
  }
}

/// A pod to be created from a template.
struct PodPlan: Sendable {
  let owner: PodOwner
  var template: JSONValue
  /// A name of its own; without one it is generated behind the owner's.
  var name: String?
  var labels: [String: String] = [:]
  var annotations: [String: String] = [:]
  var tolerations: [JSONValue] = []
  /// The node a DaemonSet wants it on.
  var node: String?
}

extension World {
  /// Creates a pod as the API server would after admission, and reports it at its owner.
  mutating func create(_ plan: PodPlan) -> Result<ObjectKey, PodRefusal> {
    let namespace = plan.owner.key.namespace
    let name = plan.name ?? workloads.names.next(plan.owner.key.name + "-")
    let key = ObjectKey(.pods, namespace, name)
    if objects[key] != nil { return .failure(PodRefusal(message: "pods \"\(name)\" already exists")) }
    if objects[ObjectKey(.namespaces, namespace)]?[path: "metadata", "deletionTimestamp"] != nil {
      let reason = "unable to create new content in namespace \(namespace) because it is being terminated"
      return .failure(PodRefusal(message: "pods \"\(name)\" is forbidden: \(reason)"))
    }
    var spec = plan.template["spec"] ?? [:]
    PodDefaults.apply(to: &spec)
    PodAdmission.complete(&spec, name: name)
    spec["tolerations"] = .array((spec["tolerations"]?.arrayValue ?? []) + Self.missing(plan.tolerations, in: spec))
    if let node = plan.node { PodAdmission.pin(&spec, to: node) }
    applyLimitRanges(to: &spec, in: namespace)
    if let violation = podSecurityViolation(of: spec, in: namespace) {
      return .failure(PodRefusal(message: "pods \"\(name)\" is forbidden: violates PodSecurity \(violation)"))
    }
    let pod = pod(plan, spec, name)
    if let refusal = quotaRefusal(of: pod, .pods, in: namespace) {
      return .failure(PodRefusal(message: "pods \"\(name)\" is forbidden: \(refusal)"))
    }
    objects.insert(pod, at: key, timestamp: timestamp)
    recordEvent(
      .normal, "SuccessfulCreate", Self.creationMessage(plan, name), about: plan.owner.key, from: plan.owner.component)
    return .success(key)
  }

  /// Takes a pod away and reports it at its owner.
  mutating func deletePod(_ key: ObjectKey, for owner: PodOwner) {
    delete(key)
    recordEvent(.normal, "SuccessfulDelete", "Deleted pod: \(key.name)", about: owner.key, from: owner.component)
  }

  private static func creationMessage(_ plan: PodPlan, _ name: String) -> String {
    plan.owner.key.resource == .statefulSets
      ? "create Pod \(name) in StatefulSet \(plan.owner.key.name) successful" : "Created pod: \(name)"
  }

  private static func missing(_ tolerations: [JSONValue], in spec: JSONValue) -> [JSONValue] {
    let present = spec["tolerations"]?.arrayValue ?? []
    return tolerations.filter { !present.contains($0) }
  }

  private func pod(_ plan: PodPlan, _ spec: JSONValue, _ name: String) -> JSONValue {
    let template = plan.template["metadata"]
    let labels = (template?["labels"]?.stringMap ?? [:]).merging(plan.labels) { $1 }
    let annotations = (template?["annotations"]?.stringMap ?? [:]).merging(plan.annotations) { $1 }
    var metadata: JSONValue = ["labels": JSONValue(labels), "ownerReferences": [plan.owner.reference]]
    if !annotations.isEmpty { metadata["annotations"] = JSONValue(annotations) }
    metadata["finalizers"] = template?["finalizers"]
    metadata["generateName"] = plan.name == nil ? .string(plan.owner.key.name + "-") : nil
    return [
      "apiVersion": "v1", "kind": "Pod", "metadata": metadata, "spec": spec,
      "status": ["phase": "Pending", "qosClass": .string(PodDefaults.quality(spec))],
    ]
  }
}
