import ZeroTouchModel

/// What a pod asks of a node.
struct SchedulingRequest: Sendable {
  let pod: PodRecord
  let tolerations: [Toleration]
  let nodeSelector: LabelRequirements
  let nodeTerms: [NodeTerm]?
  let affinity: [AffinityTerm]
  let claims: [ObjectKey]

  /// One alternative of required node affinity.
  struct NodeTerm: Sendable {
    let labels: [LabelRequirements.Expression]
    let fields: [LabelRequirements.Expression]

    func matches(_ node: NodeRecord) -> Bool {
      guard !labels.isEmpty || !fields.isEmpty else { return false }
      return labels.allSatisfy { $0.matches(node.labels) }
        && fields.allSatisfy { $0.matches(["metadata.name": node.name]) }
    }
  }

  init(_ object: JSONValue, _ pod: PodRecord) {
    self.init(spec: object["spec"] ?? [:], pod)
  }

  init(spec: JSONValue, _ pod: PodRecord) {
    self.pod = pod
    tolerations = Toleration.list(of: spec)
    nodeSelector = LabelRequirements(labels: spec["nodeSelector"]?.stringMap ?? [:])
    nodeTerms = Self.nodeTerms(of: spec)
    affinity = AffinityTerm.list(
      spec[path: "affinity", "podAffinity"], podNamespace: pod.key.namespace, labels: pod.labels)
    claims = PodReferences(spec, namespace: pod.key.namespace).claims
  }

  static func nodeTerms(of spec: JSONValue) -> [NodeTerm]? {
    let required = spec[path: "affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution"]
    return required?["nodeSelectorTerms"]?.arrayValue?.map {
      NodeTerm(
        labels: LabelRequirements.expressions($0["matchExpressions"]),
        fields: LabelRequirements.expressions($0["matchFields"]))
    }
  }

  /// The only node it may go to, when its affinity names one.
  var pinnedNode: String? { pod.pinnedNode }

  /// The node that a DaemonSet's affinity names.
  static func pinnedNode(of spec: JSONValue?) -> String? {
    guard let terms = spec.flatMap(nodeTerms), terms.count == 1, let field = terms[0].fields.first,
      field.key == "metadata.name", field.comparison == "In", field.values.count == 1
    else { return nil }
    return field.values[0]
  }

  func selects(_ node: NodeRecord) -> Bool {
    nodeSelector.matches(node.labels) && (nodeTerms?.contains { $0.matches(node) } ?? true)
  }

  func tolerates(_ taint: Taint) -> Bool { tolerations.contains { $0.tolerates(taint) } }
}
