import ZeroTouchModel

/// Cilium's operator and agents, as far as others can see them work.
struct CiliumController: Controller {
  static let controllerName = "cilium"
  let name = controllerName
  let watches: Set<GroupResource> = [
    .pods, .nodes, .customResourceDefinitions, .gatewayClasses, .gateways, .services, .loadBalancerPools, .configMaps,
    .httpRoutes, .grpcRoutes, .referenceGrants, .namespaces, .secrets, .announcementPolicies, .daemonSets,
  ]

  func reconcile(_ changed: [ObjectKey], in world: inout World) {
    world.beginReconcile(name)
    let leader = world.cilium.leader
    if changed.contains(where: { $0.resource == .pods }) { world.electOperator() }
    if changed.contains(where: { $0.resource == .customResourceDefinitions && $0.name.hasSuffix(".cilium.io") }) {
      for key in world.index.pods.keys where world.index.pods[key]?.labels["k8s-app"] == "cilium" {
        world.objects.touch(key)
      }
    }
    for key in changed where key.resource == .pods { world.registerCiliumNode(of: key) }
    for key in changed where key.resource == .nodes && world.index.nodes[key.name] == nil {
      world.objects.remove(ObjectKey(.ciliumNodes, key.name))
    }
    if changed.contains(where: { Self.concernsAnnouncements($0, in: world) }) { world.announceServices() }
    guard world.cilium.leader != nil else { return }
    for key in changed where key.resource == .services { world.assignAddress(to: key) }
    if changed.contains(where: { $0.resource == .loadBalancerPools }) {
      for (key, _) in world.objects.list(.services) { world.assignAddress(to: key) }
    }
    guard world.cilium.reconcilesGateways else { return }
    let isNew = leader != world.cilium.leader
    let news = changed.filter { $0.resource != .pods && ($0.resource != .daemonSets || $0.name == "cilium-envoy") }
    if isNew || !news.isEmpty { world.reconcileGateways(isNew ? nil : news) }
  }

  /// Whether another node may have to answer for an address: of the pods only Cilium's own count, and those that are gone.
  private static func concernsAnnouncements(_ key: ObjectKey, in world: World) -> Bool {
    switch key.resource {
    case .services, .announcementPolicies: true
    case .nodes:
      world.index.nodes[key.name] == nil
        || world.objects.list(.announcementPolicies).contains { $0.object[path: "spec", "nodeSelector"] != nil }
    case .configMaps: key.name == "cilium-config"
    case .pods: world.index.pods[key].map { $0.labels["k8s-app"] == "cilium" } ?? true
    default: false
    }
  }
}

extension GroupResource {
  static let gatewayClasses = GroupResource("gatewayclasses", "gateway.networking.k8s.io")
  static let gateways = GroupResource("gateways", "gateway.networking.k8s.io")
  static let ciliumNodes = GroupResource("ciliumnodes", "cilium.io")
  static let announcementPolicies = GroupResource("ciliuml2announcementpolicies", "cilium.io")
  static let leases = GroupResource("leases", "coordination.k8s.io")
  static let loadBalancerPools = GroupResource("ciliumloadbalancerippools", "cilium.io")
}
