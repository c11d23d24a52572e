import ZeroTouchModel

extension TableColumns {
  /// The columns of the kinds that people look at less often.
  static let platform: [GroupResource: [Column]] = [
    .roles: [created], .clusterRoles: [created], GroupResource("limitranges"): [created],
    .roleBindings: bindingColumns, .clusterRoleBindings: bindingColumns,
    GroupResource("ingresses", "networking.k8s.io"): [
      text("Class", ".spec.ingressClassName"), Column("Hosts") { object, _ in .string(IngressSummary(object).hosts) },
      Column("Address") { object, _ in .string(IngressSummary(object).address) },
      Column("Ports") { object, _ in object[path: "spec", "tls"] == nil ? "80" : "80, 443" }, .age,
    ],
    GroupResource("ingressclasses", "networking.k8s.io"): [
      text("Controller", ".spec.controller"), text("Parameters", ".spec.parameters.name"), .age,
    ],
    GroupResource("networkpolicies", "networking.k8s.io"): [
      Column("Pod-Selector") { object, _ in .string(pairs(object[path: "spec", "podSelector", "matchLabels"])) }, .age,
    ],
    GroupResource("horizontalpodautoscalers", "autoscaling"): [
      Column("Reference") { object, _ in
        let target = object[path: "spec", "scaleTargetRef"]
        return .string("\(target?["kind"]?.stringValue ?? "")/\(target?["name"]?.stringValue ?? "")")
      }, Column("Targets") { object, _ in .string(AutoscalerSummary(object).targets) },
      text("MinPods", ".spec.minReplicas", none: "1"), number("MaxPods", ".spec.maxReplicas"),
      number("Replicas", ".status.currentReplicas"), .age,
    ],
    GroupResource("poddisruptionbudgets", "policy"): [
      text("Min Available", ".spec.minAvailable", none: "N/A"),
      text("Max Unavailable", ".spec.maxUnavailable", none: "N/A"),
      number("Allowed Disruptions", ".status.disruptionsAllowed"), .age,
    ],
    GroupResource("resourcequotas"): [
      Column("Request") { object, _ in .string(quota(object, limits: false)) },
      Column("Limit") { object, _ in .string(quota(object, limits: true)) }, .age,
    ],
    GroupResource("endpoints"): [
      Column("Endpoints") { object, _ in .string(EndpointSummary(endpoints: object).text) }, .age,
    ],
    GroupResource("endpointslices", "discovery.k8s.io"): [
      text("AddressType", ".addressType"), Column("Ports") { object, _ in .string(EndpointSummary.ports(object)) },
      Column("Endpoints") { object, _ in .string(EndpointSummary.addresses(object)) }, .age,
    ],
    GroupResource("certificatesigningrequests", "certificates.k8s.io"): [
      .age, text("SignerName", ".spec.signerName"), text("Requestor", ".spec.username", none: ""),
      text("RequestedDuration", ".spec.expirationSeconds"),
      Column("Condition") { object, _ in
        let met = (object[path: "status", "conditions"]?.arrayValue ?? []).compactMap { $0["type"]?.stringValue }
        return .string(met.isEmpty ? "Pending" : met.joined(separator: ","))
      },
    ],
    GroupResource("replicationcontrollers"): [
      number("Desired", ".spec.replicas"), number("Current", ".status.replicas"),
      number("Ready", ".status.readyReplicas"), .age,
    ],
    GroupResource("validatingwebhookconfigurations", "admissionregistration.k8s.io"): [
      count("Webhooks", "webhooks"), .age,
    ],
    GroupResource("mutatingwebhookconfigurations", "admissionregistration.k8s.io"): [
      count("Webhooks", "webhooks"), .age,
    ],
    GroupResource("runtimeclasses", "node.k8s.io"): [text("Handler", ".handler"), .age],
    GroupResource("apiservices", "apiregistration.k8s.io"): [
      Column("Service") { object, _ in
        guard let service = object[path: "spec", "service"] else { return "Local" }
        return .string("\(service["namespace"]?.stringValue ?? "")/\(service["name"]?.stringValue ?? "")")
      }, text("Available", ".status.conditions[?(@.type==\"Available\")].status", none: ""), .age,
    ],
  ]

  private static let created = text("Created At", ".metadata.creationTimestamp")

  private static let bindingColumns = [
    Column("Role") { object, _ in
      .string(
        "\(object[path: "roleRef", "kind"]?.stringValue ?? "")/\(object[path: "roleRef", "name"]?.stringValue ?? "")")
    }, .age, subjects("Users", "User"), subjects("Groups", "Group"), subjects("ServiceAccounts", "ServiceAccount"),
  ]

  private static func subjects(_ name: String, _ kind: String) -> Column {
    Column(name, priority: 1) { object, _ in
      let chosen = (object["subjects"]?.arrayValue ?? []).filter { $0["kind"]?.stringValue == kind }
      let names = chosen.map { subject in
        let name = subject["name"]?.stringValue ?? ""
        return kind == "ServiceAccount" ? "\(subject["namespace"]?.stringValue ?? "")/\(name)" : name
      }
      return .string(names.joined(separator: ", "))
    }
  }

  private static func quota(_ object: JSONValue, limits: Bool) -> String {
    let hard = (object[path: "status", "hard"] ?? [:]).stringMap.filter { $0.key.hasPrefix("limits.") == limits }
    let used = object[path: "status", "used"]?.stringMap ?? [:]
    return hard.sorted { $0.key < $1.key }.map { "\($0.key): \(used[$0.key] ?? "0")/\($0.value)" }
      .joined(separator: ", ")
  }
}
