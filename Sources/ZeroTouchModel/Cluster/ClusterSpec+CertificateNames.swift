extension ClusterSpec {
  /// The names and addresses that the Kubernetes API's certificate covers: the endpoint's host, every control plane's
  /// address, and the addresses they share, in this order, each once.
  package var certificateNames: [String] {
    let addresses = controlPlanes.map(\.address) + controlPlanes.flatMap(\.sharedAddresses)
    return Self.distinct([endpoint.host] + addresses.map(\.description))
  }

  /// What the certificate of a machine's own Talos API covers besides: its own address. A worker's stands in nobody
  /// else's configuration, so that adding one changes no other machine.
  package func certificateNames(of node: Node) -> [String] {
    Self.distinct(certificateNames + [node.address.description])
  }

  private static func distinct(_ names: [String]) -> [String] {
    var seen: Set<String> = []
    return names.filter { seen.insert($0).inserted }
  }
}
