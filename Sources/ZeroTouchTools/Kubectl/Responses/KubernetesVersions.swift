import Foundation
import ZeroTouchModel

/// What `kubectl version -o json` says: the client always, the server where it was asked and answered.
package struct KubernetesVersions: Sendable, Hashable {
  /// The client's version as printed, such as `v1.35.2-dispatcher`.
  package let client: String
  package let server: String?

  package init?(_ output: ToolOutput) {
    guard let json = try? JSONValue(parsing: output.standardOutput),
      let client = json[path: "clientVersion", "gitVersion"]?.stringValue
    else { return nil }
    self.client = client
    server = json[path: "serverVersion", "gitVersion"]?.stringValue
  }
}
