package import ZeroTouchModel
package import ZeroTouchTools

/// How one machine's rescue system is entered: what is written before, the command lines, and what is taken away after.
package struct RescueAccess: Sendable {
  package let ssh: SSH
  /// Forgets what an earlier run saw, and reads what the spec refers to into 0600 files.
  package private(set) var prepare: [Operation]
  /// Empties the file of the password, which opens nothing any more.
  package var forget: [Operation]

  package init(_ node: Node, _ bootstrap: Bootstrap) {
    let folder = bootstrap.workspace.path("ssh")
    var credential = SSH.Credential.agent
    switch (node.access.password, node.access.sshKey) {
    case (_, .file(let path, nil)?):
      // ssh reads a key where it lies.
      credential = .key(path)
      (prepare, forget) = ([], [])
    case (_, let key?):
      credential = .key("\(folder)/\(node.name)")
      (prepare, forget) = ([.reveal(key, to: "\(folder)/\(node.name)")], [])
    case (let password?, nil):
      let file = "\(folder)/\(node.name).password"
      credential = .password(file)
      (prepare, forget) = ([.reveal(password, to: file)], [.write("", to: file)])
    case (nil, nil): (prepare, forget) = ([], [])
    }
    let pinned = bootstrap.installation.pinned[node.name]
    ssh = SSH(
      host: node.address, port: node.access.port, credential: credential,
      knownHosts: pinned ?? bootstrap.knownHosts(of: node),
      isPinned: pinned != nil, askpass: bootstrap.installation.askpass)
    // Each boot of a rescue system has other keys, and a one-time password has its time.
    if pinned == nil { prepare.insert(.write("", to: bootstrap.knownHosts(of: node)), at: 0) }
    if let pinned { forget.append(.write("", to: pinned)) }
    if case .file(let ticket, nil)? = node.access.password, ticket.hasPrefix("\(folder)/") {
      forget.append(.write("", to: ticket))
    }
  }
}
