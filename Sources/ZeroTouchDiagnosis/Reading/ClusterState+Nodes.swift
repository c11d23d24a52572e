import ZeroTouchModel
import ZeroTouchTools

extension ClusterState {
  private static let exclusion = "node.kubernetes.io/exclude-from-external-load-balancers"

  /// Nodes that are not Ready or short of something, and a label that explains addresses nobody announces.
  var nodeSymptoms: [Symptom] {
    zip(all(ObservedNode.self), items("nodes") ?? []).flatMap { node, json in
      let subject = node.metadata.called("Node")
      let maker = json[path: "spec", "providerID"]?.stringValue?.hasPrefix("kind://") == true ? "made by kind, " : ""
      var found = node.conditions.filter { $0.type.hasSuffix("Pressure") && $0.isTrue }.map {
        Symptom(.node, subject, "\($0.type): \($0.message.inOneLine)")
      }
      if !node.isReady { found.append(Symptom(.node, subject, "\(maker)not Ready: \(node.complaint.inOneLine)")) }
      if node.metadata.labels[Self.exclusion] != nil {
        found.append(Symptom(.node, subject, "it is labelled \(Self.exclusion)", isTrouble: false))
      }
      return found
    }
  }
}
