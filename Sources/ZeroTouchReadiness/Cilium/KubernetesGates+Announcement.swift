package import ZeroTouchModel
import ZeroTouchTools

extension KubernetesGates {
  /// Every Gateway's Service has an address of the pool, and a node answers for it.
  package func gatewayAnnounced(_ pool: AddressPool) -> Gate {
    let services = gatewayServices
    // Leases are renewed all the time: asking now and then costs less than hearing of each.
    let leases = kubectl.list("leases.coordination.k8s.io", .namespace("kube-system"))
    return Gate(
      .gatewayAnnounced, title: "the Gateway has an address of \(pool), and a node announces it",
      sources: [.poll(services), .poll(leases)], bound: bounds[.gatewayAnnounced]
    ) { observations in
      observations.answer(to: services).judged { services in
        observations.answer(to: leases).judged { leases in
          for output in [services, leases] where output.status != 0 {
            return .waiting("\(ToolFailure(kubectl: output.errorText))")
          }
          guard let services = try? ObjectList(parsing: services), let leases = try? ObjectList(parsing: leases) else {
            return .waiting("kubectl printed no list")
          }
          return AnnouncementJudgement.judge(services.items, leases.items, pool)
        }
      }
    }
  }

  /// The same gate, which says while it is closed also why a Gateway has no address: Argo CD calls its Application
  /// Progressing and keeps the reason to itself.
  package func namingAddresses(_ gate: Gate) -> Gate {
    let services = gatewayServices
    return Gate(
      gate.name, subject: gate.subject, title: gate.title, sources: gate.sources + [.poll(services)], bound: gate.bound
    ) { observations in
      let answer = gate.judge(observations)
      guard case .waiting(let reason) = answer, case .seen(let output) = observations.answer(to: services),
        let list = try? ObjectList(parsing: output), let cause = AnnouncementJudgement.unaddressed(list.items).first
      else { return answer }
      return .waiting("\(reason); \(cause)")
    }
  }

  private var gatewayServices: ToolInvocation {
    kubectl.list("services", .allNamespaces, selector: "gateway.networking.k8s.io/gateway-name")
  }
}

/// Whether somebody can reach what the pool gave away.
enum AnnouncementJudgement {
  static func judge(_ services: [JSONValue], _ leases: [JSONValue], _ pool: AddressPool) -> GateAnswer {
    if services.isEmpty { return .waiting("no Gateway has a Service") }
    let holders = Dictionary(
      leases.compactMap { lease in
        lease[path: "metadata", "name"]?.stringValue.map { ($0, lease[path: "spec", "holderIdentity"]?.stringValue) }
      }, uniquingKeysWith: { first, _ in first })
    var words: [String] = []
    for service in services.sorted(by: { title($0) < title($1) }) {
      let name = "Service `\(title(service))`"
      guard let text = address(of: service) else { return .waiting(unaddressed([service]).joined()) }
      guard IPAddress(text).map(pool.contains) == true else {
        return .waiting("\(name) has the address \(text), which is none of \(pool)")
      }
      let lease = "cilium-l2announce-\(title(service).replacing("/", with: "-"))"
      guard let holder = holders[lease] ?? nil, !holder.isEmpty else {
        return .waiting(
          "\(name) has the address \(text), and no node answers for it: nobody holds the Lease `\(lease)`")
      }
      words.append("\(text), announced by \(holder)")
    }
    return .open(words.joined(separator: "; "))
  }

  /// The Services without an address, each with the reason.
  static func unaddressed(_ services: [JSONValue]) -> [String] {
    services.filter { address(of: $0) == nil }.sorted { title($0) < title($1) }.map {
      "Service `\(title($0))` has no address: \(refusal(of: $0))"
    }
  }

  private static func title(_ service: JSONValue) -> String {
    let metadata = service["metadata"]
    return "\(metadata?["namespace"]?.stringValue ?? "")/\(metadata?["name"]?.stringValue ?? "")"
  }

  private static func address(of service: JSONValue) -> String? {
    service[path: "status", "loadBalancer", "ingress"]?.arrayValue?.first?["ip"]?.stringValue
  }

  /// Why there is no address, in Cilium's words; without any pool it says nothing.
  private static func refusal(of service: JSONValue) -> String {
    if service[path: "spec", "type"] != "LoadBalancer" {
      return "it is no LoadBalancer; Cilium still binds nodes' ports"
    }
    let conditions = service[path: "status", "conditions"]?.arrayValue ?? []
    let satisfied = conditions.first { $0["type"] == "cilium.io/IPAMRequestSatisfied" }
    return satisfied?["message"]?.stringValue ?? "Cilium has no CiliumLoadBalancerIPPool"
  }
}
