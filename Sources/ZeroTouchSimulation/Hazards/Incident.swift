package import ZeroTouchModel
package import ZeroTouchWorld

/// Something that happens in the world at a moment, whatever the pipeline does.
package struct Incident: Sendable, Hashable {
  package enum Kind: Sendable, Hashable {
    /// Packets do not reach a machine any more, by its place in the scenario.
    case cutOff(Int)
    case reconnect(Int)
    case reboot(Int)
    case stopAPI
    case startAPI
    /// The laptop is asleep for so long, while everything else goes on.
    case sleep(Duration)
    /// Somebody else starts the same bootstrap.
    case secondOperator
    /// Somebody deletes an object.
    case delete(ObjectKey)
    /// Somebody leaves objects in the cluster.
    case leave([JSONValue])
  }

  /// Whether it happens to the laptop, and not to the world.
  var isOnLaptop: Bool {
    switch kind {
    case .sleep, .secondOperator: true
    default: false
    }
  }

  package let at: Duration
  package let kind: Kind

  package init(at seconds: Int, _ kind: Kind) { (at, self.kind) = (.seconds(seconds), kind) }

  /// The same again and again.
  package static func every(_ seconds: Int, from start: Int, times: Int, _ kind: Kind) -> [Incident] {
    (0..<times).map { Incident(at: start + $0 * seconds, kind) }
  }
}

extension World {
  /// Lets an incident happen, as far as it is the world's.
  mutating func meet(_ kind: Incident.Kind, _ addresses: [IPAddress]) {
    let machine = { (index: Int) in addresses.indices.contains(index) ? addresses[index] : nil }
    switch kind {
    case .cutOff(let index): machine(index).map { setReachable(false, machine: $0) }
    case .reconnect(let index): machine(index).map { setReachable(true, machine: $0) }
    case .reboot(let index): machine(index).map { reboot($0) }
    case .stopAPI: suspendAPI()
    case .startAPI: resumeAPI()
    case .delete(let key): objects.remove(key)
    case .leave(let manifests): for manifest in manifests { _ = apply(manifest, manager: "somebody") }
    case .sleep, .secondOperator: break
    }
  }
}
