import ZeroTouchModel

/// Argo CD's checks of kinds that stand for many objects.
extension ResourceHealth {
  /// CloudNativePG's phases by what Argo CD makes of them; any other is unknown to it.
  private static let postgresPhases: [String: Status] = [
    "Cluster in healthy state": .healthy,
    "Setting up primary": .progressing,
    "Creating a new replica": .progressing,
    "Upgrading cluster": .progressing,
    "Waiting for the instances to become active": .progressing,
    "Promoting to primary cluster": .progressing,
    "Switchover in progress": .degraded,
    "Failing over": .degraded,
    "Waiting for user action": .degraded,
    "Applying configuration": .degraded,
    "Unable to create required cluster objects": .suspended,
    "Cluster cannot proceed to reconciliation due to an unknown plugin being required": .suspended,
    "Cluster has incomplete or invalid image catalog": .suspended,
    "Cluster is unrecoverable and needs manual intervention": .suspended,
  ]

  @Sendable static func postgres(_ object: JSONValue) -> ResourceHealth {
    if object.annotation("cnpg.io/reconciliation") == "disabled" {
      return Self(.suspended, "Cluster reconciliation is suspended")
    }
    let reason = object[path: "status", "phaseReason"]?.stringValue ?? ""
    guard object[path: "status", "conditions"] != nil else { return Self(.progressing, reason) }
    return Self(postgresPhases[object[path: "status", "phase"]?.stringValue ?? ""] ?? .unknown, reason)
  }

  @Sendable static func applicationSet(_ object: JSONValue) -> ResourceHealth {
    let rules: [(type: String, status: String, health: Status)] = [
      ("ErrorOccurred", "True", .degraded), ("ResourcesUpToDate", "False", .degraded),
      ("RolloutProgressing", "True", .progressing), ("ResourcesUpToDate", "True", .healthy),
    ]
    for rule in rules {
      guard let condition = object.condition(rule.type), condition["status"]?.stringValue == rule.status else {
        continue
      }
      return Self(rule.health, condition["message"]?.stringValue ?? "")
    }
    return Self(.progressing, "Waiting for the status to be reported")
  }
}
