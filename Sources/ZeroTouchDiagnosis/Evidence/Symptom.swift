/// One thing that was seen in the world and is not as it should be, or that explains something which is not.
package struct Symptom: Sendable, Hashable {
  /// Where it was seen.
  package enum Place: String, Sendable, Hashable, CaseIterable {
    /// In the words of a step, or of a program, that failed.
    case said
    case api, machine, service, etcd, node, pod, log, event, workload, volume, gateway, address, application, store
    case externalSecret = "external-secret"
    case claim, configuration, flux
  }

  package let place: Place
  /// What it is about, such as `Pod kube-system/cilium-x7f2p`; everything about one thing has the same subject.
  package let subject: String
  /// What was seen, in the words of whoever says it, in one line.
  package let text: String
  /// Whether something is wrong; false for what only explains something else.
  package let isTrouble: Bool

  package init(_ place: Place, _ subject: String, _ text: String, isTrouble: Bool = true) {
    self.place = place
    self.subject = subject
    self.text = text
    self.isTrouble = isTrouble
  }
}
