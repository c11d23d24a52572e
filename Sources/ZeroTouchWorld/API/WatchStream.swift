package import Foundation

/// One open watch: what it has already sent and what it still wants to see.
package struct WatchStream: Sendable {
  /// The last revision whose changes were sent.
  package var revision: UInt64
  package let resource: GroupResource
  /// nil watches every namespace.
  package let namespace: String?
  /// When the server ends the stream by itself, in seconds.
  package let timeoutSeconds: Int?

  package init(revision: UInt64, resource: GroupResource, namespace: String?, timeoutSeconds: Int?) {
    self.revision = revision
    self.resource = resource
    self.namespace = namespace
    self.timeoutSeconds = timeoutSeconds
  }

  /// The lines to send now, each one JSON object with its line feed; empty when nothing happened.
  package mutating func next(in world: World) -> [Data] { [] }

  /// A bookmark line at the newest revision, if the client asked for bookmarks.
  package mutating func bookmark(in world: World) -> Data? { nil }
}
