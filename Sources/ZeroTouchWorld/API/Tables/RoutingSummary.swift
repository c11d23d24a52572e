import ZeroTouchModel

/// An Ingress in the words of `kubectl get ingresses`.
struct IngressSummary {
  private let ingress: JSONValue

  init(_ ingress: JSONValue) { self.ingress = ingress }

  var hosts: String {
    let hosts = (ingress[path: "spec", "rules"]?.arrayValue ?? []).map { $0["host"]?.stringValue ?? "*" }
    return hosts.isEmpty ? "*" : hosts.joined(separator: ",")
  }

  var address: String {
    let entries = ingress[path: "status", "loadBalancer", "ingress"]?.arrayValue ?? []
    return entries.compactMap { ($0["ip"] ?? $0["hostname"])?.stringValue }.joined(separator: ",")
  }
}

/// A HorizontalPodAutoscaler in the words of `kubectl get hpa`; nothing measures, so every value is unknown.
struct AutoscalerSummary {
  private let autoscaler: JSONValue

  init(_ autoscaler: JSONValue) { self.autoscaler = autoscaler }

  var targets: String {
    let metrics = (autoscaler[path: "spec", "metrics"]?.arrayValue ?? []).map { metric -> String in
      let source = metric["resource"] ?? metric["containerResource"] ?? [:]
      let percent = source[path: "target", "averageUtilization"]?.intValue.map { "\($0)%" }
      let wanted = percent ?? source[path: "target", "averageValue"]?.stringValue ?? "<auto>"
      return "\(source["name"]?.stringValue ?? "metric"): <unknown>/\(wanted)"
    }
    return metrics.isEmpty ? "<none>" : metrics.joined(separator: ", ")
  }
}

/// Endpoints and EndpointSlices in the words of `kubectl get`.
struct EndpointSummary {
  private static let shown = 3
  private let endpoints: JSONValue

  init(endpoints: JSONValue) { self.endpoints = endpoints }

  /// Addresses with their ports, three at most.
  var text: String {
    let all = (endpoints["subsets"]?.arrayValue ?? []).flatMap { subset -> [String] in
      let addresses = (subset["addresses"]?.arrayValue ?? []).compactMap { $0["ip"]?.stringValue }
      let ports = (subset["ports"]?.arrayValue ?? []).compactMap { $0["port"]?.intValue }
      return ports.isEmpty ? addresses : ports.flatMap { port in addresses.map { "\($0):\(port)" } }
    }
    return Self.list(all, none: "<none>")
  }

  static func ports(_ slice: JSONValue) -> String {
    list((slice["ports"]?.arrayValue ?? []).compactMap { $0["port"]?.intValue.map(String.init) }, none: "<unset>")
  }

  static func addresses(_ slice: JSONValue) -> String {
    let all = (slice["endpoints"]?.arrayValue ?? []).flatMap { $0["addresses"]?.arrayValue ?? [] }
    return list(all.compactMap(\.stringValue), none: "<unset>")
  }

  private static func list(_ all: [String], none: String) -> String {
    if all.isEmpty { return none }
    let more = all.count > shown ? " + \(all.count - shown) more..." : ""
    return all.prefix(shown).joined(separator: ",") + more
  }
}
