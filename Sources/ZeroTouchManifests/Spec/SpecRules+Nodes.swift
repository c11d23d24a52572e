import ZeroTouchModel

extension SpecRules {
  mutating func checkInterfaces() {
    for node in draft.nodes {
      for place in node.unclearInterfaces {
        report("the interface names no card, or two", "write either `name` or `mac`", at: place)
      }
      guard node.role == .worker, let place = node.sharedPlaces.first else { continue }
      report("a worker cannot hold an address of the control planes", "remove `vip`", at: place)
    }
  }

  /// The API server lets no kubelet give itself a role; the machine would start over for ever.
  mutating func checkLabels() {
    for node in draft.nodes {
      for (key, label) in node.labels.sorted(by: { $0.key < $1.key }) where key.hasPrefix("node-role.kubernetes.io/") {
        report(
          "the node may not give itself the label `\(key)`", "set it through the API: kubectl label node",
          at: label.location)
      }
    }
  }
}
