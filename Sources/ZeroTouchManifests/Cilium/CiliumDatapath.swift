package import ZeroTouchModel

/// What of Cilium's values the machine configuration depends on, and what of them depends on the spec.
package struct CiliumDatapath: Sendable {
  /// Whether pods' addresses are translated by BPF rather than by iptables.
  package let masqueradesByBPF: Bool
  /// Where the values say so, or the file's beginning where they leave it to the chart.
  private let ipv4: (isEnabled: Bool, location: SourceLocation)
  private let ipv6: (isEnabled: Bool, location: SourceLocation)

  /// Reads the values of the chart; what they leave out is as Cilium 1.19's chart has it: IPv4 on, IPv6 off.
  package init(values text: String, file: String) throws(InvalidInput) {
    try self.init(values: [(text, file)])
  }

  /// Reads several files of values, of which the last counts first.
  package init(values texts: [(text: String, file: String)]) throws(InvalidInput) {
    var files: [LocatedYAML] = []
    for (text, file) in texts { files += try LocatedYAML.documents(of: text, file: file).prefix(1) }
    let start = SourceLocation(file: texts.first?.file ?? "values.yaml", line: 1, column: 1)
    func value(_ path: String...) -> LocatedYAML? { files.reversed().lazy.compactMap { $0.node(at: path) }.first }
    func family(_ name: String, otherwise usual: Bool) -> (Bool, SourceLocation) {
      let value = value(name, "enabled")
      return (value?.scalar?.boolValue ?? usual, value?.location ?? start)
    }
    masqueradesByBPF = value("bpf", "masquerade")?.scalar?.boolValue ?? false
    ipv4 = family("ipv4", otherwise: true)
    ipv6 = family("ipv6", otherwise: false)
  }

  /// Why pods would get no address: Cilium must serve the family that the spec chose for them.
  package func problems(for network: Network) -> [Diagnostic] {
    let isIPv6 = network.podCIDR.base.isIPv6
    let family = isIPv6 ? ipv6 : ipv4
    guard !family.isEnabled else { return [] }
    return [
      Diagnostic(
        at: family.location,
        "the pods' `\(network.podCIDR)` is an \(isIPv6 ? "IPv6" : "IPv4") range, which these values do not serve",
        remedy: "set `\(isIPv6 ? "ipv6" : "ipv4").enabled: true`, or choose another `podCIDR`")
    ]
  }
}
