import ZeroTouchModel

/// What stands behind a Service, as objects.
struct ServiceEndpoints {
  /// How many addresses a slice takes.
  private static let sliceSize = 100

  let service: ObjectKey
  private let object: JSONValue
  private let backends: [ServiceBackend]

  init(_ service: ObjectKey, _ object: JSONValue, _ backends: [ServiceBackend]) {
    self.service = service
    self.object = object
    self.backends = backends
  }

  var serviceUID: String { object[path: "metadata", "uid"]?.stringValue ?? "" }
  private var isHeadless: Bool { object[path: "spec", "clusterIP"] == "None" }

  /// The Endpoints object.
  var endpoints: JSONValue {
    var labels = object[path: "metadata", "labels"] ?? [:]
    labels["endpoints.kubernetes.io/managed-by"] = "endpoint-controller"
    if isHeadless { labels["service.kubernetes.io/headless"] = "" }
    var result: JSONValue = ["apiVersion": "v1", "kind": "Endpoints", "metadata": ["labels": labels]]
    var subset: JSONValue = [:]
    for (name, isReady) in [("addresses", true), ("notReadyAddresses", false)] {
      let addresses = backends.filter { $0.isReady == isReady }.map { backend -> JSONValue in
        var address: JSONValue = ["ip": .string(backend.address)]
        address["nodeName"] = backend.node.map(JSONValue.string)
        address["targetRef"] = backend.reference
        return address
      }
      if !addresses.isEmpty { subset[name] = .array(addresses) }
    }
    if !ports.isEmpty { subset["ports"] = .array(ports) }
    result["subsets"] = backends.isEmpty ? .array([]) : [subset]
    return result
  }

  /// The EndpointSlices by name.
  var slices: [(name: String, slice: JSONValue)] {
    let starts = Array(stride(from: 0, to: max(backends.count, 1), by: Self.sliceSize))
    return starts.map { start in
      let part = backends[start..<min(start + Self.sliceSize, backends.count)]
      let suffix = NameSuffix.text(Fingerprint.of("\(serviceUID)/\(start)"))
      return ("\(service.name)-\(suffix)", slice(part))
    }
  }

  private func slice(_ part: ArraySlice<ServiceBackend>) -> JSONValue {
    let owner = JSONValue.controllerReference(
      apiVersion: "v1", kind: "Service", name: service.name, uid: .string(serviceUID))
    let labels: JSONValue = [
      "kubernetes.io/service-name": .string(service.name),
      "endpointslice.kubernetes.io/managed-by": "endpointslice-controller.k8s.io",
    ]
    let metadata: JSONValue = [
      "generateName": .string("\(service.name)-"), "labels": labels, "ownerReferences": [owner],
    ]
    return [
      "apiVersion": "discovery.k8s.io/v1", "kind": "EndpointSlice", "metadata": metadata, "addressType": "IPv4",
      "ports": .array(ports.map(\.named)), "endpoints": .array(part.map(\.endpoint)),
    ]
  }

  private var ports: [JSONValue] {
    (object[path: "spec", "ports"]?.arrayValue ?? []).compactMap { declared in
      guard let number = number(of: declared) else { return nil }
      var port: JSONValue = ["port": JSONValue(number), "protocol": declared["protocol"] ?? "TCP"]
      port["name"] = declared["name"]
      return port
    }
  }

  private func number(of port: JSONValue) -> Int? {
    guard let target = port["targetPort"] else { return port["port"]?.intValue }
    return target.intValue
      ?? target.stringValue.flatMap { name in backends.lazy.compactMap { $0.namedPorts[name] }.first }
  }
}

extension JSONValue {
  /// The port of a slice: clients read its name without looking whether there is one.
  fileprivate var named: JSONValue {
    var port = self
    if port["name"] == nil { port["name"] = "" }
    return port
  }
}

extension ServiceBackend {
  fileprivate var reference: JSONValue? {
    pod.map {
      ["kind": "Pod", "namespace": .string($0.namespace), "name": .string($0.name), "uid": .string(uid)]
    }
  }

  fileprivate var endpoint: JSONValue {
    var endpoint: JSONValue = [
      "addresses": [.string(address)],
      "conditions": ["ready": .bool(isReady), "serving": .bool(isReady), "terminating": false],
    ]
    endpoint["nodeName"] = node.map(JSONValue.string)
    endpoint["targetRef"] = reference
    return endpoint
  }
}
