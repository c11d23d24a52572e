import ZeroTouchModel

/// Argo CD's checks of Kubernetes' own kinds.
extension ResourceHealth {
  static let workloadChecks: [String: @Sendable (JSONValue) -> ResourceHealth] = [
    "apps/Deployment": deployment,
    "apps/DaemonSet": daemonSet,
    "apps/StatefulSet": statefulSet,
    "apps/ReplicaSet": replicaSet,
    "batch/Job": job,
    "/Pod": pod,
    "/PersistentVolumeClaim": volumeClaim,
    "/Service": service,
    "networking.k8s.io/Ingress": ingress,
    "apiregistration.k8s.io/APIService": apiService,
    "apiextensions.k8s.io/CustomResourceDefinition": definition,
  ]

  private static func isObserved(_ object: JSONValue) -> Bool {
    (object[path: "metadata", "generation"]?.intValue ?? 0) <= count(object, "observedGeneration")
  }

  private static func count(_ object: JSONValue, _ field: String) -> Int {
    object[path: "status", field]?.intValue ?? 0
  }

  @Sendable static func deployment(_ object: JSONValue) -> ResourceHealth {
    if object[path: "spec", "paused"]?.boolValue == true { return Self(.suspended, "Deployment is paused") }
    let waiting = "Waiting for rollout to finish: "
    guard isObserved(object) else {
      return Self(.progressing, waiting + "observed deployment generation less than desired generation")
    }
    if object.condition("Progressing")?["reason"]?.stringValue == "ProgressDeadlineExceeded" {
      let name = object[path: "metadata", "name"]?.stringValue ?? ""
      return Self(.degraded, "Deployment \"\(name)\" exceeded its progress deadline")
    }
    let wanted = object[path: "spec", "replicas"]?.intValue ?? 1
    let updated = count(object, "updatedReplicas")
    let available = count(object, "availableReplicas")
    if updated < wanted {
      return Self(.progressing, waiting + "\(updated) out of \(wanted) new replicas have been updated...")
    }
    let old = count(object, "replicas") - updated
    if old > 0 { return Self(.progressing, waiting + "\(old) old replicas are pending termination...") }
    if available < updated {
      return Self(.progressing, waiting + "\(available) of \(updated) updated replicas are available...")
    }
    return Self(.healthy)
  }

  @Sendable static func daemonSet(_ object: JSONValue) -> ResourceHealth {
    let name = object[path: "metadata", "name"]?.stringValue ?? ""
    guard isObserved(object) else {
      return Self(
        .progressing,
        "Waiting for rollout to finish: observed daemon set generation less than desired generation")
    }
    if object[path: "spec", "updateStrategy", "type"]?.stringValue == "OnDelete" {
      return Self(
        .healthy,
        "daemon set \(count(object, "updatedNumberScheduled")) out of "
          + "\(count(object, "desiredNumberScheduled")) new pods have been updated")
    }
    let desired = count(object, "desiredNumberScheduled")
    let waiting = "Waiting for daemon set \"\(name)\" rollout to finish: "
    let updated = count(object, "updatedNumberScheduled")
    if updated < desired {
      return Self(.progressing, waiting + "\(updated) out of \(desired) new pods have been updated...")
    }
    let available = count(object, "numberAvailable")
    if available < desired {
      return Self(.progressing, waiting + "\(available) of \(desired) updated pods are available...")
    }
    return Self(.healthy)
  }

  @Sendable static func statefulSet(_ object: JSONValue) -> ResourceHealth {
    guard count(object, "observedGeneration") > 0, isObserved(object) else {
      return Self(.progressing, "Waiting for statefulset spec update to be observed...")
    }
    let wanted = object[path: "spec", "replicas"]?.intValue ?? 1
    let ready = count(object, "readyReplicas")
    if ready < wanted { return Self(.progressing, "Waiting for \(wanted - ready) pods to be ready...") }
    if object[path: "spec", "updateStrategy", "type"]?.stringValue == "OnDelete" {
      return Self(.healthy, "statefulset has \(ready) ready pods")
    }
    let current = object[path: "status", "currentRevision"]?.stringValue
    let update = object[path: "status", "updateRevision"]?.stringValue
    if let update, update != current {
      return Self(
        .progressing,
        "waiting for statefulset rolling update to complete \(count(object, "updatedReplicas")) pods at revision "
          + "\(update)...")
    }
    return Self(.healthy)
  }

  @Sendable private static func replicaSet(_ object: JSONValue) -> ResourceHealth {
    guard isObserved(object) else {
      return Self(
        .progressing,
        "Waiting for rollout to finish: observed replica set generation less than desired generation")
    }
    let wanted = object[path: "spec", "replicas"]?.intValue ?? 1
    let available = count(object, "availableReplicas")
    if let failure = object.condition("ReplicaFailure"), failure["status"]?.stringValue == "True" {
      return Self(.degraded, failure["message"]?.stringValue ?? "")
    }
    return available < wanted
      ? Self(.progressing, "Waiting for rollout to finish: \(available) out of \(wanted) new replicas are available...")
      : Self(.healthy)
  }

  @Sendable static func job(_ object: JSONValue) -> ResourceHealth {
    func isTrue(_ type: String) -> JSONValue? {
      object.condition(type).flatMap { $0["status"]?.stringValue == "True" ? $0 : nil }
    }
    if let failed = isTrue("Failed") { return Self(.degraded, failed["message"]?.stringValue ?? "") }
    if let complete = isTrue("Complete") { return Self(.healthy, complete["message"]?.stringValue ?? "") }
    if let suspended = isTrue("Suspended") { return Self(.suspended, suspended["message"]?.stringValue ?? "") }
    return Self(.progressing)
  }

  @Sendable static func pod(_ object: JSONValue) -> ResourceHealth {
    switch object[path: "status", "phase"]?.stringValue {
    case "Succeeded": return Self(.healthy)
    case "Failed": return Self(.degraded, object[path: "status", "message"]?.stringValue ?? "")
    case "Running":
      let restarts = object[path: "spec", "restartPolicy"]?.stringValue ?? "Always"
      guard restarts == "Always" else { return Self(.progressing) }
      return object.condition("Ready")?["status"]?.stringValue == "True" ? Self(.healthy) : waitingPod(object)
    case "Pending": return waitingPod(object)
    default: return Self(.unknown)
    }
  }

  private static func waitingPod(_ object: JSONValue) -> ResourceHealth {
    let waiting = (object[path: "status", "containerStatuses"]?.arrayValue ?? [])
      .compactMap { $0[path: "state", "waiting"] }
    for reason in waiting.compactMap({ $0["reason"]?.stringValue })
    where reason.hasPrefix("Err") || reason.hasSuffix("Error") || reason.hasSuffix("BackOff") {
      let message = waiting.first { $0["reason"]?.stringValue == reason }?["message"]?.stringValue ?? ""
      return Self(.degraded, message)
    }
    return Self(.progressing)
  }

  @Sendable private static func volumeClaim(_ object: JSONValue) -> ResourceHealth {
    switch object[path: "status", "phase"]?.stringValue {
    case "Bound": Self(.healthy)
    case "Lost": Self(.degraded)
    case "Pending", nil: Self(.progressing)
    default: Self(.unknown)
    }
  }

  @Sendable private static func service(_ object: JSONValue) -> ResourceHealth {
    guard object[path: "spec", "type"]?.stringValue == "LoadBalancer" else { return Self(.healthy) }
    return hasAddress(object) ? Self(.healthy) : Self(.progressing)
  }

  @Sendable private static func ingress(_ object: JSONValue) -> ResourceHealth {
    hasAddress(object) ? Self(.healthy) : Self(.progressing)
  }

  private static func hasAddress(_ object: JSONValue) -> Bool {
    !(object[path: "status", "loadBalancer", "ingress"]?.arrayValue ?? []).isEmpty
  }

  @Sendable private static func apiService(_ object: JSONValue) -> ResourceHealth {
    guard let available = object.condition("Available") else { return Self(.progressing, "Waiting to be processed") }
    let message = "\(available["reason"]?.stringValue ?? ""): \(available["message"]?.stringValue ?? "")"
    return available["status"]?.stringValue == "True" ? Self(.healthy, message) : Self(.progressing, message)
  }

  @Sendable private static func definition(_ object: JSONValue) -> ResourceHealth {
    guard let established = object.condition("Established") else {
      return Self(.progressing, "Status conditions not found")
    }
    if let names = object.condition("NamesAccepted"), names["status"]?.stringValue == "False" {
      return Self(.degraded, "CRD names have not been accepted: \(names["message"]?.stringValue ?? "")")
    }
    return established["status"]?.stringValue == "True"
      ? Self(.healthy, "CRD is healthy") : Self(.degraded, "CRD is not established")
  }
}
