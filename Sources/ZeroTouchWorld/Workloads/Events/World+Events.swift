import ZeroTouchModel

/// Whether an event reports the ordinary or a trouble.
package enum EventType: String, Sendable, Hashable {
  case normal = "Normal"
  case warning = "Warning"
}

/// Which events were written, so that a repeated one is counted instead of written again.
struct EventLog: Sendable {
  struct Identity: Hashable, Sendable {
    let uid: String
    let reason: String
    let message: String
    let component: String
    let field: String?
  }

  var written: [Identity: ObjectKey] = [:]
  var count: UInt64 = 0
}

extension World {
  /// Writes an event about an object, or counts it up if the same one stands already.
  package mutating func recordEvent(
    _ type: EventType, _ reason: String, _ message: String, about key: ObjectKey, from component: String,
    host: String? = nil, field: String? = nil
  ) {
    guard let object = objects[key] else { return }
    let identity = EventLog.Identity(
      uid: object[path: "metadata", "uid"]?.stringValue ?? "", reason: reason, message: message, component: component,
      field: field)
    let time = JSONValue.string(timestamp)
    if let event = workloads.events.written[identity], objects[event] != nil {
      objects.update(event) { json in
        json["count"] = JSONValue((json["count"]?.intValue ?? 1) + 1)
        json["lastTimestamp"] = time
      }
      return
    }
    var event = newEvent(type, reason, message, about: key, object, component, field: field)
    event["source"] = ["component": .string(component)]
    if let host {
      event[path: "source", "host"] = .string(host)
      event["reportingInstance"] = .string(host)
    }
    event["count"] = 1
    event["eventTime"] = .null
    event["firstTimestamp"] = time
    event["lastTimestamp"] = time
    workloads.events.written[identity] = store(event: event, about: key)
  }

  /// Writes an event in the newer form, as the scheduler does.
  mutating func recordSchedulerEvent(
    _ type: EventType, _ reason: String, _ message: String, action: String, about key: ObjectKey
  ) {
    guard let object = objects[key] else { return }
    var event = newEvent(type, reason, message, about: key, object, "default-scheduler", field: nil)
    event["action"] = .string(action)
    event["eventTime"] = .string(String(timestamp.dropLast()) + ".000000Z")
    event["firstTimestamp"] = .null
    event["lastTimestamp"] = .null
    event["source"] = [:]
    event["reportingInstance"] = "default-scheduler"
    _ = store(event: event, about: key)
  }

  private func newEvent(
    _ type: EventType, _ reason: String, _ message: String, about key: ObjectKey, _ object: JSONValue,
    _ component: String, field: String?
  ) -> JSONValue {
    let kind = key.resource.ownedKind
    var involved: JSONValue = [
      "apiVersion": object["apiVersion"] ?? .string(kind?.apiVersion ?? ""),
      "kind": object["kind"] ?? .string(kind?.kind ?? ""), "name": .string(key.name),
    ]
    if !key.namespace.isEmpty { involved["namespace"] = .string(key.namespace) }
    involved["uid"] = object[path: "metadata", "uid"]
    involved["resourceVersion"] = object[path: "metadata", "resourceVersion"]
    involved["fieldPath"] = field.map(JSONValue.string)
    return [
      "apiVersion": "v1", "kind": "Event", "involvedObject": involved, "reason": .string(reason),
      "message": .string(message), "type": .string(type.rawValue), "reportingComponent": .string(component),
      "reportingInstance": "",
    ]
  }

  private mutating func store(event: JSONValue, about key: ObjectKey) -> ObjectKey {
    workloads.events.count += 1
    let suffix = String(0x18e9_f079_0000_0000 + workloads.events.count, radix: 16)
    let namespace = key.namespace.isEmpty ? "default" : key.namespace
    let eventKey = ObjectKey(.events, namespace, "\(key.name).\(suffix)")
    objects.insert(event, at: eventKey, timestamp: timestamp)
    return eventKey
  }
}
