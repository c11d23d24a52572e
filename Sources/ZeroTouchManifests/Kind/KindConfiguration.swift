package import ZeroTouchModel

/// What is to be known of the cluster that `kind` makes: its nodes, and that a network comes with them.
package struct KindConfiguration: Sendable, Hashable {
  /// The roles of the nodes; kind makes one control plane where none are listed.
  package let roles: [Node.Role]

  package init(roles: [Node.Role] = [.controlPlane]) { self.roles = roles }

  /// Kind's names of its containers, which are the names of the nodes: `NAME-control-plane`, `NAME-worker2`.
  package func nodeNames(of cluster: String) -> [String] {
    var counts: [Node.Role: Int] = [:]
    return roles.map { role in
      counts[role, default: 0] += 1
      let number = counts[role] ?? 1
      return "\(cluster)-\(role.rawValue)\(number == 1 ? "" : "\(number)")"
    }
  }

  /// Reads kind's own file (`kind.x-k8s.io/v1alpha4`); fields that matter to kind alone are left to kind.
  ///
  /// Throws everything that is wrong, at its line: another format, a role kind does not know, no control plane, or a
  /// network that would be missing, because a preview brings none of its own.
  package static func parse(_ text: String, file: String) throws(InvalidInput) -> KindConfiguration {
    let documents = try LocatedYAML.documents(of: text, file: file)
    guard let document = documents.first, documents.count == 1 else {
      throw InvalidInput([
        Diagnostic("`\(file)` holds \(documents.count) documents", remedy: "keep one `kind: Cluster`")
      ])
    }
    var reader = KindConfigurationReader()
    let roles = reader.read(document)
    guard reader.problems.isEmpty else { throw InvalidInput(reader.problems) }
    return KindConfiguration(roles: roles)
  }
}

/// Collects what is wrong with kind's file on the way through it.
private struct KindConfigurationReader {
  private(set) var problems: [Diagnostic] = []

  mutating func read(_ document: LocatedYAML) -> [Node.Role] {
    expect("kind.x-k8s.io/v1alpha4", document, "apiVersion")
    expect("Cluster", document, "kind")
    let withoutNetwork = document["networking"]?["disableDefaultCNI"]
    if let withoutNetwork, withoutNetwork.scalar == .bool(true) {
      report(
        "`disableDefaultCNI` leaves the nodes without a network: a preview has no Cilium", "remove it",
        at: withoutNetwork.location)
    }
    guard let nodes = document["nodes"], let items = nodes.items else { return [.controlPlane] }
    let roles = items.compactMap { role(of: $0) }
    if !roles.contains(.controlPlane), roles.count == items.count, !items.isEmpty {
      report("no node is a control plane", "give one node `role: control-plane`", at: nodes.location)
    }
    return roles.isEmpty ? [.controlPlane] : roles
  }

  private mutating func role(of node: LocatedYAML) -> Node.Role? {
    // Kind takes a node without a role for a control plane.
    guard let text = node["role"]?.text else { return .controlPlane }
    if let role = Node.Role(rawValue: text) { return role }
    report(
      "`\(text)` is no role of a node", "write `control-plane` or `worker`", at: node["role"]?.location ?? node.location
    )
    return nil
  }

  private mutating func expect(_ value: String, _ document: LocatedYAML, _ key: String) {
    guard document[key]?.text != value else { return }
    report(
      "`\(key)` is not `\(value)`, so this is no cluster of kind", "write `\(key): \(value)`",
      at: document[key]?.location ?? document.location)
  }

  private mutating func report(_ message: String, _ remedy: String, at location: SourceLocation) {
    problems.append(Diagnostic(at: location, message, remedy: remedy))
  }
}
