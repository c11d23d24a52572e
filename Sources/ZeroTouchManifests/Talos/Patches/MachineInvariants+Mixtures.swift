import ZeroTouchModel

extension MachineInvariants {
  /// The older fields, each with the document that took its place (Talos 1.13, pkg/machinery/config/types).
  private static let replacements = [
    ("machine.network.interfaces", "LinkConfig"), ("machine.network.kubespan", "KubeSpanConfig"),
    ("machine.network.nameservers", "ResolverConfig"), ("machine.network.searchDomains", "ResolverConfig"),
    ("machine.network.disableSearchDomain", "ResolverConfig"), ("machine.time.servers", "TimeSyncConfig"),
    ("machine.time.disabled", "TimeSyncConfig"), ("machine.time.bootTimeout", "TimeSyncConfig"),
    ("machine.features.stableHostname", "HostnameConfig"),
  ]

  /// An older field beside the document that took its place, which Talos refuses.
  func mixtures(in configuration: MachineConfiguration) -> [Violation] {
    let beside = Self.replacements.filter { _, kind in configuration.document(kind) != nil }
    return (beside + encryptions(in: configuration)).compactMap { key, kind in
      let path = key.split(separator: ".").map(String.init)
      guard let value = path.reduce(configuration.main, { $0?[$1] }), value.saysSomething else { return nil }
      return Violation(
        kind: nil, path: path, message: "`\(key)` stands beside a `\(kind)`, and Talos refuses to hear the same twice",
        remedy: "write it as a `\(kind)`")
    }
  }

  /// The encryption of a system volume, which only that volume's document takes the place of.
  private func encryptions(in configuration: MachineConfiguration) -> [(String, String)] {
    let volumes = configuration.documents.filter { $0["kind"] == "VolumeConfig" && $0["encryption"] != nil }
    return ["STATE", "EPHEMERAL"].compactMap { name in
      guard volumes.contains(where: { $0["name"] == .string(name) }) else { return nil }
      return ("machine.systemDiskEncryption.\(name.lowercased())", "VolumeConfig")
    }
  }
}

extension JSONValue {
  /// Whether a field with this value is more than left out: Go's types do not tell the two apart.
  fileprivate var saysSomething: Bool {
    switch self {
    case .null, .bool(false), .string(""), .int(0): false
    case .array(let elements): !elements.isEmpty
    case .object, .bool, .string, .int, .double: true
    }
  }
}
