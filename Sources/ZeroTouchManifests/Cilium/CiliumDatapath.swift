package import ZeroTouchModel

/// What of Cilium's values the machine configuration depends on.
package struct CiliumDatapath: Sendable, Hashable {
  /// Whether pods' addresses are translated by BPF rather than by iptables.
  package let masqueradesByBPF: Bool

  /// Reads the values of the chart.
  package init(values text: String, file: String) throws(InvalidInput) {
    let values = try LocatedYAML.documents(of: text, file: file).first
    masqueradesByBPF = values?[path: "bpf", "masquerade"]?.scalar?.boolValue ?? false
  }
}
