import Foundation
import ZeroTouchPipeline

/// Another cluster of the same people, whose state lies on this laptop as well.
package struct ForeignCluster: Sendable, Hashable {
  package let name: String

  package init(_ name: String) { self.name = name }

  /// What one of its workers runs with.
  var workerConfiguration: String {
    """
    version: v1alpha1
    machine:
      type: worker
      token: \(name)
      ca: {crt: \(authority)}
      network: {hostname: \(name)-worker}
    cluster:
      id: \(name)
      token: \(name)
      controlPlane: {endpoint: "https://203.0.113.99:6443"}

    """
  }

  /// What opens its machines.
  package var talosconfig: String {
    """
    context: \(name)
    contexts:
        \(name):
            endpoints: []
            ca: \(authority)
            crt: \(authority)
            key: \(authority)

    """
  }

  /// Where that lies, beside the state of ours.
  func talosconfig(beside workspace: Workspace) -> String { "\(workspace.root)-\(name)/talosconfig" }

  private var authority: String { Data("the authority of \(name)".utf8).base64EncodedString() }
}
