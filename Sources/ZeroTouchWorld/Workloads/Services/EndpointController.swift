import ZeroTouchModel

/// Lists the pods behind every Service, in Endpoints and in EndpointSlices.
///
/// It gathers changes for a second: two hundred pods that become ready together are one change of their Service.
struct EndpointController: Controller {
  static let controllerName = "endpoints"
  let name = controllerName
  let watches: Set<GroupResource> = [.services, .pods, .nodes]
  private static let delay = Duration.seconds(1)
  private static let apiServer = ObjectKey(.services, "default", "kubernetes")

  func reconcile(_ changed: [ObjectKey], in world: inout World) {
    let namespaces = Set(changed.lazy.filter { $0.resource == .pods }.map(\.namespace))
    for namespace in namespaces.sorted() {
      for (key, service) in world.objects.list(.services, namespace: namespace)
      where service[path: "spec", "selector"] != nil {
        world.start(Timer(name, key, "pods"), after: Self.delay)
      }
    }
    for key in changed where key.resource == .services {
      if world.objects[key] != nil {
        world.start(Timer(name, key, "pods"), after: Self.delay)
      } else {
        world.objects.remove(ObjectKey(.endpoints, key.namespace, key.name))
      }
    }
    if changed.contains(where: { $0.resource == .nodes }) {
      world.start(Timer(name, Self.apiServer, "pods"), after: Self.delay)
    }
  }

  func elapsed(_ timer: Timer, in world: inout World) {
    guard let service = world.objects[timer.subject] else { return }
    world.refreshIndex()
    let backends: [ServiceBackend]
    if timer.subject == Self.apiServer {
      backends = world.controlPlaneBackends
    } else {
      guard let selector = service[path: "spec", "selector"]?.stringMap, !selector.isEmpty else { return }
      backends = world.backends(in: timer.subject.namespace, selector)
    }
    world.write(ServiceEndpoints(timer.subject, service, backends))
  }
}

/// One address behind a Service.
struct ServiceBackend: Sendable, Hashable {
  let address: String
  let node: String?
  let pod: ObjectKey?
  let uid: String
  let isReady: Bool
  /// The ports its containers name.
  let namedPorts: [String: Int]
}

extension World {
  fileprivate func backends(in namespace: String, _ selector: [String: String]) -> [ServiceBackend] {
    let chosen = index.pods(in: namespace).filter { pod in
      pod.isActive && pod.node != nil && selector.allSatisfy { pod.labels[$0.key] == $0.value }
    }
    return chosen.sorted { $0.key < $1.key }.compactMap { pod in
      guard let object = objects[pod.key], let address = object[path: "status", "podIP"]?.stringValue else {
        return nil
      }
      let ports = (object[path: "spec", "containers"]?.arrayValue ?? []).flatMap { $0["ports"]?.arrayValue ?? [] }
      let named = ports.compactMap { port in
        port["name"]?.stringValue.flatMap { name in port["containerPort"]?.intValue.map { (name, $0) } }
      }
      return ServiceBackend(
        address: address, node: pod.node, pod: pod.key, uid: pod.uid, isReady: pod.isReady,
        namedPorts: Dictionary(named) { first, _ in first })
    }
  }

  fileprivate var controlPlaneBackends: [ServiceBackend] {
    objects.list(.nodes).compactMap { _, node in
      guard node[path: "metadata", "labels", "node-role.kubernetes.io/control-plane"] != nil else { return nil }
      let addresses = node[path: "status", "addresses"]?.arrayValue ?? []
      let address = addresses.first { $0["type"] == "InternalIP" }?["address"]?.stringValue
      return address.map {
        ServiceBackend(address: $0, node: nil, pod: nil, uid: "", isReady: true, namedPorts: [:])
      }
    }
  }

  fileprivate mutating func write(_ endpoints: ServiceEndpoints) {
    put(endpoints.endpoints, at: ObjectKey(.endpoints, endpoints.service.namespace, endpoints.service.name))
    let slices = endpoints.slices
    for (name, slice) in slices { put(slice, at: ObjectKey(.endpointSlices, endpoints.service.namespace, name)) }
    let names = Set(slices.map(\.name))
    for key in objects.dependents(of: endpoints.serviceUID)
    where key.resource == .endpointSlices && !names.contains(key.name) {
      objects.remove(key)
    }
  }

  private mutating func put(_ object: JSONValue, at key: ObjectKey) {
    guard objects[key] != nil else { return objects.insert(object, at: key, timestamp: timestamp) }
    objects.update(key) { current in
      for (name, value) in object.objectValue ?? [:] where name != "metadata" { current[name] = value }
    }
  }
}

extension GroupResource {
  static let endpoints = GroupResource("endpoints")
  static let endpointSlices = GroupResource("endpointslices", "discovery.k8s.io")
}
