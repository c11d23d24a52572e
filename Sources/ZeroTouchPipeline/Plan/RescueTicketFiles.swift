import Foundation
package import ZeroTouchModel
package import ZeroTouchTools

/// What opens a machine's rescue system between its activation and the installation, in 0600 files of the workspace.
package struct RescueTicketFiles: Sendable {
  private let workspace: Workspace
  private let node: Node

  package init(workspace: Workspace, node: Node) {
    self.workspace = workspace
    self.node = node
  }

  private var password: String { workspace.path("ssh/\(node.name).ticket") }
  private var identity: String { workspace.path("ssh/\(node.name).identity") }

  /// Keeps what opens the rescue system: the password, or where it took a key, the file of that key.
  package func keep(_ ticket: RescueTicket, key: String?) throws(PipelineError) {
    try workspace.write(ticket.password?.exposed ?? Data(), to: password)
    try workspace.write(Data((ticket.password == nil ? key ?? "" : "").utf8), to: identity)
  }

  private var hosts: String { workspace.path("ssh/\(node.name).known_hosts") }

  /// Keeps the line that pins the machine's host key; an empty one lets the first key that is seen count.
  package func pin(_ line: String) throws(PipelineError) {
    try workspace.write(Data((line.isEmpty ? "" : "\(line)\n").utf8), to: hosts)
  }

  /// The file of known hosts that pins its key, where there is one.
  package var pinned: String? { workspace.contents(of: hosts)?.isEmpty == false ? hosts : nil }

  /// The password of this one boot, where the provider made one: nothing else opens the machine.
  package var passwordAccess: Node.Access? {
    guard workspace.contents(of: password)?.isEmpty == false else { return nil }
    return Node.Access(password: .file(password), port: node.access.port)
  }

  /// The way in, where one was kept; nil where the spec's own counts.
  package var access: Node.Access? {
    if let passwordAccess { return passwordAccess }
    guard let path = workspace.contents(of: identity).map({ String(decoding: $0, as: UTF8.self) }), !path.isEmpty
    else { return nil }
    return Node.Access(sshKey: .file(path), port: node.access.port)
  }
}
