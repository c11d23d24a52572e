import ZeroTouchModel

/// One required term of pod affinity or anti-affinity.
struct AffinityTerm: Sendable, Hashable {
  let selector: LabelRequirements?
  let topologyKey: String
  let namespaces: Set<String>
  /// A namespace selector: an empty one means all namespaces; others are matched by their labels.
  let namespaceSelector: LabelRequirements?

  /// Whether it speaks about single nodes.
  var isPerNode: Bool { topologyKey == "kubernetes.io/hostname" }

  func matches(_ pod: PodRecord, namespaceLabels: (String) -> [String: String]) -> Bool {
    guard let selector, selector.matches(pod.labels) else { return false }
    if namespaces.contains(pod.key.namespace) { return true }
    return namespaceSelector?.matches(namespaceLabels(pod.key.namespace)) ?? false
  }

  /// Reads `requiredDuringSchedulingIgnoredDuringExecution`.
  static func list(_ affinity: JSONValue?, podNamespace: String, labels: [String: String]) -> [AffinityTerm] {
    (affinity?["requiredDuringSchedulingIgnoredDuringExecution"]?.arrayValue ?? []).map { term in
      let named = (term["namespaces"]?.arrayValue ?? []).compactMap(\.stringValue)
      let byLabel = term["namespaceSelector"].map(LabelRequirements.init)
      return AffinityTerm(
        selector: term["labelSelector"].map { selector(of: $0, term, labels: labels) },
        topologyKey: term["topologyKey"]?.stringValue ?? "",
        namespaces: named.isEmpty && byLabel == nil ? [podNamespace] : Set(named), namespaceSelector: byLabel)
    }
  }

  /// The selector with `matchLabelKeys` filled in from the pod's own labels.
  private static func selector(of json: JSONValue, _ term: JSONValue, labels: [String: String]) -> LabelRequirements {
    let base = LabelRequirements(json)
    let keys = (term["matchLabelKeys"]?.arrayValue ?? []).compactMap(\.stringValue)
    let added = keys.compactMap { key in
      labels[key].map { LabelRequirements.Expression(key: key, comparison: "In", values: [$0]) }
    }
    return LabelRequirements(labels: base.labels, expressions: base.expressions + added)
  }
}
