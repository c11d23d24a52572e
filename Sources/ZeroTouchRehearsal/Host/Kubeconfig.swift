/// The kubeconfig of a simulated cluster.
package struct Kubeconfig: Sendable, Hashable {
  package let endpoint: APIEndpoint
  package let name: String

  package init(endpoint: APIEndpoint, name: String = "rehearsal") {
    self.endpoint = endpoint
    self.name = name
  }

  /// The file's text; it is to be written readable by its owner only.
  package var text: String {
    """
    # The path of the server's address is the secret: whoever knows it may do everything in this cluster.
    apiVersion: v1
    kind: Config
    clusters:
      - name: \(name)
        cluster:
          server: \(endpoint.url)
    users:
      - name: admin@\(name)
        user: {}
    contexts:
      - name: admin@\(name)
        context:
          cluster: \(name)
          user: admin@\(name)
          namespace: default
    current-context: admin@\(name)

    """
  }
}
