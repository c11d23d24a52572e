import Foundation
import ZeroTouchModel

/// A Service in the words of `kubectl get services`.
struct ServiceSummary {
  private let service: JSONValue

  init(_ service: JSONValue) { self.service = service }

  var externalAddress: String {
    let kind = service[path: "spec", "type"]?.stringValue
    if kind == "ExternalName" { return service[path: "spec", "externalName"]?.stringValue ?? "" }
    let ingress = service[path: "status", "loadBalancer", "ingress"]?.arrayValue ?? []
    let addresses =
      ingress.compactMap { ($0["ip"] ?? $0["hostname"])?.stringValue }
      + (service[path: "spec", "externalIPs"]?.arrayValue ?? []).compactMap(\.stringValue)
    if !addresses.isEmpty { return addresses.joined(separator: ",") }
    return kind == "LoadBalancer" ? "<pending>" : "<none>"
  }

  var ports: String {
    let ports = (service[path: "spec", "ports"]?.arrayValue ?? []).map { port in
      let node = port["nodePort"]?.intValue.map { ":\($0)" } ?? ""
      return "\(port["port"]?.intValue ?? 0)\(node)/\(port["protocol"]?.stringValue ?? "TCP")"
    }
    return ports.isEmpty ? "<none>" : ports.joined(separator: ",")
  }
}

/// A Job in the words of `kubectl get jobs`.
struct JobSummary {
  private let job: JSONValue

  init(_ job: JSONValue) { self.job = job }

  var status: String {
    let conditions = job[path: "status", "conditions"]?.arrayValue ?? []
    let names = ["Complete", "Failed", "Suspended"]
    let met = names.first { name in conditions.contains { $0["type"]?.stringValue == name && $0["status"] == "True" } }
    return met ?? "Running"
  }

  func duration(in world: World) -> String {
    guard let start = date("startTime") else { return "" }
    let end = date("completionTime") ?? world.date(at: world.now)
    return ReadableAge.text(seconds: Int(end.timeIntervalSince(start)))
  }

  private func date(_ name: String) -> Date? {
    job[path: "status", name]?.stringValue.flatMap { try? Date($0, strategy: .iso8601) }
  }
}
