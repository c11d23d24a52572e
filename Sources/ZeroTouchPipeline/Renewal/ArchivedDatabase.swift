import Foundation
import ZeroTouchModel

/// A PostgresInstance in Git that archives: made anew beside an archive that was written before, its database refuses
/// it and waits for ever.
package struct ArchivedDatabase: Sendable, Hashable {
  package let namespace: String
  package let name: String
  package let incarnation: Int
  /// Whether it says from which archive it is made.
  package let isRestored: Bool
  /// The file that holds the claim.
  package let file: String

  package init(namespace: String, name: String, incarnation: Int, isRestored: Bool, file: String) {
    self.namespace = namespace
    self.name = name
    self.incarnation = incarnation
    self.isRestored = isRestored
    self.file = file
  }

  /// The server under whose name it archives.
  package var server: String { "\(name)-\(incarnation)" }
  private var next: String { "\(name)-\(incarnation + 1)" }

  /// Whether its archive is another one's: that of a database which ran, or, where nobody knows which ran, of whoever
  /// it does not say to be restored from.
  func isStranded(after running: Set<[String]>?) -> Bool {
    running.map { $0.contains([namespace, server]) } ?? !isRestored
  }

  /// What to write, and where.
  var problem: Diagnostic {
    Diagnostic(
      "the archive of `\(server)` in `\(namespace)` is full, and the database that \(file) asks for would refuse it",
      remedy: "write `incarnation: \(incarnation + 1)` and `restore: {fromIncarnation: \(incarnation)}` there, and "
        + "`\(next)-app` where applications name `\(server)-app`; commit and push, then run the same command again. "
        + "Where the archive was emptied: --without-restore")
  }

  /// The databases in what `kubectl get clusters.postgresql.cnpg.io` printed, by namespace and name; nil where it
  /// printed nothing.
  static func running(in data: Data) -> Set<[String]>? {
    guard let list = try? JSONValue(parsing: data), let items = list["items"]?.arrayValue else { return nil }
    return Set(items.map { item in ["namespace", "name"].map { item[path: "metadata", $0]?.stringValue ?? "" } })
  }
}
