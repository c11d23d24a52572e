/// The variables every program starts with: few, explicit, and none that names the user's own clusters.
package struct ToolEnvironment: Sendable, Hashable {
  /// The variables that are passed on; `KUBECONFIG`, `TALOSCONFIG` and credentials are not among them.
  package static let inherited = [
    "HOME", "USER", "LOGNAME", "TMPDIR", "TZ", "SSH_AUTH_SOCK", "SSL_CERT_FILE", "SSL_CERT_DIR",
    "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "no_proxy", "all_proxy",
  ]

  /// The directories searched for programs, in order; also the `PATH` of every program.
  package let searchPath: [String]
  package let variables: [String: String]

  /// Picks the few variables of `parent` that programs need and sets `additions`, such as `KUBECACHEDIR`, beside them.
  ///
  /// - Parameter shims: Directories searched before those of the parent's `PATH`.
  package init(inheriting parent: [String: String], shims: [String] = [], additions: [String: String] = [:]) {
    let directories = (parent["PATH"] ?? "/usr/local/bin:/usr/bin:/bin").split(separator: ":").map(String.init)
    searchPath = shims + directories.filter { $0.hasPrefix("/") }
    var variables = parent.filter { Self.inherited.contains($0.key) }
    variables.merge(additions) { _, added in added }
    variables["LANG"] = "C"
    variables["PATH"] = searchPath.joined(separator: ":")
    self.variables = variables
  }

  /// What one invocation starts with: these variables and its own.
  package func variables(of invocation: ToolInvocation) -> [String: String] {
    variables.merging(invocation.environment) { _, own in own }
  }
}
