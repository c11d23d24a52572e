/// What the workload controllers remember between two looks and no object shows.
package struct WorkloadState: Sendable {
  var index = WorkloadIndex()
  var events = EventLog()
  /// How often a controller was called, for measurements.
  package internal(set) var reconciles: [String: Int] = [:]
  /// Since when a Deployment last made progress, by uid.
  var progress: [String: Duration] = [:]
  /// Names drawn so far, by prefix: the next one differs.
  var names = NameSource()
  /// How often in a row a controller failed to create a pod, by its uid.
  var failures: [String: Int] = [:]
  /// How often in a row no volume could be made for a claim.
  var provisioningFailures: [ObjectKey: Int] = [:]
  /// Where each DaemonSet wants its pods, by uid.
  var daemons: [String: DaemonPlacement] = [:]
  /// Template hashes by owner's uid, for the generation they were made of.
  var templateHashes: [String: (generation: Int, hash: String)] = [:]
  /// At which epoch of the index a pod found no node.
  var unschedulableSince: [ObjectKey: Int] = [:]
  /// The template hash whose revision was last looked after, by the workload's uid.
  var revisions: [String: String] = [:]
  /// When a Job began, by uid.
  var jobStarts: [String: Duration] = [:]
  /// How many failures of a Job a pause was made for, by uid.
  var jobFailures: [String: Int] = [:]

  package init() {}
}

extension World {
  /// Brings the controllers' view up to the newest revision.
  mutating func refreshIndex() { workloads.index.catchUp(with: objects, now: now) }

  /// The controllers' view as of the last refresh.
  var index: WorkloadIndex { workloads.index }

  /// The objects of a resource that a controller owns, in the order of their keys.
  func owned(by uid: String, _ resource: GroupResource) -> [ObjectKey] {
    objects.dependents(of: uid).filter { $0.resource == resource }
  }

  /// The pods a controller owns, in the order of their keys.
  func ownedPods(of uid: String) -> [PodRecord] { owned(by: uid, .pods).compactMap { index.pods[$0] } }

  /// Counts a call of a controller and refreshes its view.
  mutating func beginReconcile(_ controller: String) {
    workloads.reconciles[controller, default: 0] += 1
    refreshIndex()
  }
}
