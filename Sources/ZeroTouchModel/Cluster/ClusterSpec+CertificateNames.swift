extension ClusterSpec {
  /// The names and addresses that the certificates of the Kubernetes and the Talos API cover: the endpoint's host
  /// and every control plane's address, in this order, each once.
  package var certificateNames: [String] {
    var seen: Set<String> = []
    return ([endpoint.host] + controlPlanes.map(\.address.description)).filter { seen.insert($0).inserted }
  }
}
