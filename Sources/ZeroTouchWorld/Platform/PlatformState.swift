/// What the platform's operators remember beside their objects.
package struct PlatformState: Sendable {
  /// How often an operator failed in a row with an object: it waits longer each time.
  var failures: [ObjectKey: Int] = [:]
  /// Spec and metadata as they were when an operator last looked: it acts again when they differ.
  var seen: [ObjectKey: Int] = [:]
  /// The errands that list folders, by the ApplicationSet that waits for them.
  var listings: [Int: ObjectKey] = [:]
  /// The operators that ran when they were last looked at.
  var running: Set<String> = []

  /// The archives of databases, outside of the cluster, each with the database that writes there.
  var archives: [DatabaseArchive: String] = [:]

  /// What Crossplane made of claims.
  var compositions = CompositionMemory()

  package init() {}
}
