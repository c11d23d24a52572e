package import ZeroTouchModel

/// Hetzner's virtual servers, through the API of Hetzner Cloud: what it is asked for becomes an action, which is
/// followed to its end.
package struct HetznerCloud: RescueProvider {
  package static let address = "https://api.hetzner.cloud/v1"
  /// The pause between two looks at an action, and how many there are.
  private static let pause = Duration.seconds(1)
  private static let looks = 120

  private let exchange: ProviderExchange
  private let credentials: ProviderRequest.Credentials
  private let base: String
  private let clock: any Clock<Duration>

  package init(token: Secret, tools: any ToolRunner, clock: any Clock<Duration>, base: String = Self.address) {
    credentials = .bearer(token)
    exchange = ProviderExchange(tools: tools)
    self.base = base
    self.clock = clock
  }

  package func servers() async throws(ProviderError) -> [ProviderServer] {
    var servers: [ProviderServer] = []
    var page: Int? = 1
    while let number = page {
      let answer = try await ask(.get, "/servers?per_page=50&page=\(number)")
      servers += (answer["servers"]?.arrayValue ?? []).compactMap(Self.server)
      page = answer[path: "meta", "pagination", "next_page"]?.intValue
    }
    return servers
  }

  private static func server(_ server: JSONValue) -> ProviderServer? {
    guard let number = server["id"]?.intValue else { return nil }
    let address = server[path: "public_net", "ipv4", "ip"]?.stringValue
    let network = server[path: "public_net", "ipv6", "ip"]?.stringValue
    let place =
      server[path: "datacenter", "name"]?.stringValue ?? server[path: "location", "name"]?.stringValue ?? ""
    return ProviderServer(
      number: number, name: server["name"]?.stringValue ?? "",
      product: server[path: "server_type", "name"]?.stringValue ?? "", place: place,
      status: server["status"]?.stringValue ?? "", addresses: [address].compactMap { $0.flatMap { IPAddress($0) } },
      networks: [network].compactMap { $0.flatMap { CIDRBlock(rounding: $0) } })
  }

  package func activateRescue(
    _ server: ProviderServer, key: SSHFingerprint?
  ) async throws(ProviderError) -> RescueTicket {
    var body: JSONValue = ["type": "linux64"]
    if let key {
      let listed = try await ask(.get, "/ssh_keys?fingerprint=\(key)")["ssh_keys"]?.arrayValue ?? []
      if let id = listed.first?["id"] { body["ssh_keys"] = [id] }
    }
    let answer = try await ask(.post, "/servers/\(server.number)/actions/enable_rescue", body)
    try await follow(answer["action"] ?? [:])
    let hasKey = body["ssh_keys"] != nil
    return RescueTicket(password: hasKey ? nil : answer["root_password"]?.stringValue.map { Secret($0) })
  }

  package func restart(_ server: ProviderServer) async throws(ProviderError) {
    let what = server.status == "off" ? "poweron" : "reboot"
    try await follow(try await ask(.post, "/servers/\(server.number)/actions/\(what)", [:])["action"] ?? [:])
  }

  /// Looks at an action until it has come to its end.
  private func follow(_ action: JSONValue) async throws(ProviderError) {
    var action = action
    for _ in 0..<Self.looks {
      switch action["status"]?.stringValue {
      case "success": return
      case "error":
        let error = action["error"]
        throw .actionFailed(
          "\(error?["code"]?.stringValue ?? "unknown"): \(error?["message"]?.stringValue ?? "no reason was given")")
      case "running": break
      default: throw Self.unknown(action)
      }
      guard let id = action["id"]?.intValue else { throw Self.unknown(action) }
      do { try await clock.sleep(for: Self.pause) } catch { throw .tooSlow("action \(id)") }
      action = try await ask(.get, "/actions/\(id)")["action"] ?? [:]
    }
    throw .tooSlow("the action `\(action["command"]?.stringValue ?? "unknown")`")
  }

  private static func unknown(_ action: JSONValue) -> ProviderError {
    let keys = action.objectValue.map { Array($0.keys) } ?? []
    return .unknownAnswer("an action with the keys \(keys.sorted().joined(separator: ", "))")
  }

  private func ask(
    _ method: ProviderRequest.Method, _ path: String, _ body: JSONValue? = nil
  ) async throws(ProviderError) -> JSONValue {
    try await exchange.answer(
      ProviderRequest(method, base + path, credentials, body: body.map { .json($0) } ?? .none))
  }
}
