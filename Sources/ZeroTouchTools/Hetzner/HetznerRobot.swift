package import ZeroTouchModel

/// Hetzner's dedicated servers, through the web service of Robot. Its credentials are those of a web-service user, not
/// those of the customer's account, and not a token of Hetzner Cloud.
package struct HetznerRobot: RescueProvider {
  package static let address = "https://robot-ws.your-server.de"

  private let exchange: ProviderExchange
  private let credentials: ProviderRequest.Credentials
  private let base: String

  package init(user: Secret, password: Secret, tools: any ToolRunner, base: String = Self.address) {
    credentials = .basic(user: user, password: password)
    exchange = ProviderExchange(tools: tools)
    self.base = base
  }

  package func servers() async throws(ProviderError) -> [ProviderServer] {
    (try await get("/server").arrayValue ?? []).compactMap { Self.server($0["server"] ?? [:]) }
  }

  private static func server(_ server: JSONValue) -> ProviderServer? {
    guard let number = server["server_number"]?.intValue else { return nil }
    func text(_ key: String) -> String { server[key]?.stringValue ?? "" }
    let addresses = ([server["server_ip"]] + (server["ip"]?.arrayValue ?? [])).compactMap { $0?.stringValue }
    let subnets = (server["subnet"]?.arrayValue ?? []).compactMap { subnet -> String? in
      guard let ip = subnet["ip"]?.stringValue, let mask = subnet["mask"]?.stringValue else { return nil }
      return "\(ip)/\(mask)"
    }
    let network = text("server_ipv6_net").isEmpty ? [] : ["\(text("server_ipv6_net"))/64"]
    return ProviderServer(
      number: number, name: text("server_name"), product: text("product"), place: text("dc"), status: text("status"),
      addresses: addresses.compactMap { IPAddress($0) },
      networks: (subnets + network).compactMap { CIDRBlock(rounding: $0) })
  }

  package func activateRescue(
    _ server: ProviderServer, key: SSHFingerprint?
  ) async throws(ProviderError) -> RescueTicket {
    let place = "/boot/\(server.number)/rescue"
    let known = try await knows(key)
    let present = try await get(place)["rescue"] ?? [:]
    if present["active"]?.boolValue == true, known == nil || Self.keys(present).contains(where: { $0 == known }) {
      return Self.ticket(present)
    }
    var fields = [ProviderRequest.Field("os", "linux")]
    if let known { fields.append(ProviderRequest.Field("authorized_key[]", known.description)) }
    return Self.ticket(try await post(place, fields)["rescue"] ?? [:])
  }

  /// The key where the account has it; without any key the list is answered with an error.
  private func knows(_ key: SSHFingerprint?) async throws(ProviderError) -> SSHFingerprint? {
    guard let key else { return nil }
    do throws(ProviderError) {
      let listed = try await get("/key").arrayValue ?? []
      return listed.contains { $0[path: "key", "fingerprint"]?.stringValue.flatMap(SSHFingerprint.init) == key }
        ? key : nil
    } catch {
      if case .refused(status: 404, _, _) = error { return nil }
      throw error
    }
  }

  private static func keys(_ rescue: JSONValue) -> [SSHFingerprint] {
    (rescue["authorized_key"]?.arrayValue ?? []).compactMap {
      ($0[path: "key", "fingerprint"]?.stringValue ?? $0.stringValue).flatMap(SSHFingerprint.init)
    }
  }

  private static func ticket(_ rescue: JSONValue) -> RescueTicket {
    let hostKeys = (rescue["host_key"]?.arrayValue ?? []).compactMap {
      ($0[path: "key", "fingerprint"]?.stringValue ?? $0.stringValue).flatMap(SSHFingerprint.init)?.description
    }
    return RescueTicket(password: rescue["password"]?.stringValue.map { Secret($0) }, hostKeys: hostKeys)
  }

  /// Never by `man`, which sends for a technician.
  package func restart(_ server: ProviderServer) async throws(ProviderError) {
    let offered = (try await get("/reset/\(server.number)")[path: "reset", "type"]?.arrayValue ?? [])
      .compactMap(\.stringValue)
    guard let type = ["hw", "power_long", "power", "sw"].first(where: offered.contains) else {
      throw .noReset(server: "server \(server.number)", offered: offered)
    }
    _ = try await post("/reset/\(server.number)", [ProviderRequest.Field("type", type)])
  }

  private func get(_ path: String) async throws(ProviderError) -> JSONValue {
    try await exchange.answer(ProviderRequest(.get, base + path, credentials))
  }

  private func post(_ path: String, _ fields: [ProviderRequest.Field]) async throws(ProviderError) -> JSONValue {
    try await exchange.answer(ProviderRequest(.post, base + path, credentials, body: .form(fields)))
  }
}
