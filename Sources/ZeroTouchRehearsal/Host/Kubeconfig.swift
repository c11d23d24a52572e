/// The kubeconfig of a simulated cluster.
package struct Kubeconfig: Sendable, Hashable {
  package let endpoint: APIEndpoint
  package let name: String
  /// The name of the context and of its user: Talos's way where none is given.
  package let context: String

  package init(endpoint: APIEndpoint, name: String = "rehearsal", context: String? = nil) {
    self.endpoint = endpoint
    self.name = name
    self.context = context ?? "admin@\(name)"
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
      - name: \(context)
        user: {}
    contexts:
      - name: \(context)
        context:
          cluster: \(name)
          user: \(context)
          namespace: default
    current-context: \(context)

    """
  }
}
