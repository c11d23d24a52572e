import ZeroTouchManifests
import ZeroTouchModel
import ZeroTouchWorld

extension World {
  /// What two worlds have in common that came to the same end: everything that somebody wanted, and nothing that only
  /// happened, such as names made at random, moments and versions.
  var fingerprint: [String: String] {
    var prints: [String: String] = [:]
    for resource in objects.resources where !Self.passing.contains(resource.resource) {
      for (key, object) in objects.list(resource) where object[path: "metadata", "ownerReferences"] == nil {
        prints["\(key)"] = Self.wanted(object).text()
      }
    }
    for machine in machines.all {
      prints["machine \(machine.name)"] =
        machine.installation.map { "runs \($0.configuration.hostname ?? "")" } ?? "\(machine.state)"
    }
    return prints
  }

  private static let passing: Set = [
    "pods", "events", "leases", "endpoints", "endpointslices", "replicasets", "controllerrevisions",
  ]

  private static func wanted(_ object: JSONValue) -> JSONValue {
    var copy = object
    copy["status"] = nil
    // Which block of the pod network a node gets depends on who comes first.
    copy["spec"]?["podCIDR"] = nil
    copy["spec"]?["podCIDRs"] = nil
    copy["metadata"] = [
      "labels": object[path: "metadata", "labels"] ?? .null,
      "annotations": object[path: "metadata", "annotations"] ?? .null,
    ]
    copy[path: "metadata", "annotations", RenewalMark.annotation] = nil
    return copy
  }
}
