import ZeroTouchManifests
import ZeroTouchModel

/// Services and Gateways that wait for an address which nobody gives.
enum AddressWaiters {
  static func violations(_ graph: ClusterGraph, _ survey: Survey) -> [Rule.Violation] {
    let cluster = graph.cluster
    // Only of machines is it known that no cloud gives addresses, and only where every chart is known.
    let isWaiting = { (object: PlacedObject) in object.application != nil && waiting(object.manifest, false) != nil }
    guard cluster.unknowns.isEmpty, cluster.objects.contains(where: isWaiting), !hasProvider(cluster) else { return [] }
    let bindsHosts = CiliumValues.all(in: survey).contains {
      $0.cluster.entry == cluster.entry
        && ($0.isOpen || $0["gatewayAPI", "hostNetwork", "enabled"]?.scalar == .bool(true))
    }
    return cluster.objects.enumerated().compactMap { index, object in
      guard object.application != nil, let path = waiting(object.manifest, bindsHosts) else { return nil }
      return Rule.Violation(
        at: survey.place(of: object, in: cluster, at: path), "nothing gives `\(object.manifest.title)` an address",
        remedy:
          "add a pool of addresses and who announces them (Cilium's `l2announcements`, MetalLB), or bind the nodes' own ports",
        severity: graph.isWaitedFor(index) ? nil : .warning)
    }
  }

  /// Where an object says that it waits for an address.
  static func waiting(_ manifest: Manifest, _ bindsHosts: Bool) -> [String]? {
    guard manifest.annotation("argocd.argoproj.io/ignore-healthcheck") != "true" else { return nil }
    switch (manifest.group, manifest.kind) {
    case ("", "Service"):
      // Whoever answers for a class is not known by its name.
      guard manifest["spec", "type"]?.text == "LoadBalancer", manifest["spec", "loadBalancerClass"] == nil else {
        return nil
      }
      return ["spec", "type"]
    case ("gateway.networking.k8s.io", "Gateway"):
      return manifest["spec", "gatewayClassName"]?.text == "cilium" && !bindsHosts ? ["spec", "gatewayClassName"] : nil
    default: return nil
    }
  }

  /// Parts of the names of what gives addresses, without hyphens.
  private static let givers = [
    "cloudcontroller", "loadbalancer", "kubevip", "klipper", "servicelb", "purelb", "openelb",
  ]

  /// Whether anything in the cluster gives addresses.
  static func hasProvider(_ cluster: ClusterView) -> Bool {
    let kinds: Set = ["CiliumLoadBalancerIPPool", "IPAddressPool", "ServiceLB", "LoadBalancerPool", "VIPPool"]
    let names =
      cluster.objects.lazy.map(\.manifest.name) + cluster.applications.map(\.name)
      + cluster.applications.flatMap(\.sources).compactMap { $0.chart ?? $0.folder }
    return cluster.objects.contains { kinds.contains($0.manifest.kind) }
      || names.contains { name in
        let folded = name.lowercased().filter { $0 != "-" && $0 != "_" }
        return givers.contains(where: folded.contains)
      }
  }
}
