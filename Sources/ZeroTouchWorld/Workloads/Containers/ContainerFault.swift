/// How one container is to misbehave, so that a rehearsal can meet the failure.
package enum ContainerFault: Sendable, Hashable {
  /// The image cannot be pulled, with the registry's words.
  case neverPulls(message: String = "not found")
  /// The process ends again and again, with its last line and its status.
  case crashes(exitCode: Int = 1, log: String = "", after: Duration = .seconds(2))
  /// The process runs but its readiness probe fails.
  case neverReady(log: String = "")
  /// Pulling and starting take other times than usual.
  case slow(pull: Duration? = nil, start: Duration? = nil)
  /// A job's process ends with this status.
  case ends(exitCode: Int, log: String = "")
}

/// The containers that misbehave, by a prefix of their image or by their workload (`namespace/name`).
package struct ContainerFaults: Sendable {
  private var byImage: [String: ContainerFault] = [:]
  private var byWorkload: [String: ContainerFault] = [:]

  package init() {}

  /// Sets or removes what happens to every container whose image begins so.
  package mutating func set(_ fault: ContainerFault?, imagePrefix: String) { byImage[imagePrefix] = fault }

  /// Sets or removes what happens to the containers of a Deployment, DaemonSet, StatefulSet or Job.
  package mutating func set(_ fault: ContainerFault?, workload: String) { byWorkload[workload] = fault }

  /// The fault of a container; the workload's counts before the image's, the longest prefix before shorter ones.
  func fault(image: String, workload: String) -> ContainerFault? {
    guard !byImage.isEmpty || !byWorkload.isEmpty else { return nil }
    if let fault = byWorkload[workload] { return fault }
    let prefix = byImage.keys.filter { image.hasPrefix($0) }.max { ($0.count, $0) < ($1.count, $1) }
    return prefix.flatMap { byImage[$0] }
  }
}
