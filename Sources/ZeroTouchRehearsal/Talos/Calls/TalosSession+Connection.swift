import ZeroTouchManifests
import ZeroTouchModel
import ZeroTouchWorld

extension TalosSession {
  var isInsecure: Bool { line.isOn("insecure") }

  /// The talosconfig that the command line, the environment or the home folder names.
  var talosconfigPath: String {
    line.value("talosconfig") ?? call.environment["TALOSCONFIG"].flatMap { $0.isEmpty ? nil : $0 }
      ?? "\(call.environment["HOME"] ?? "")/.talos/config"
  }

  /// The chosen context; an absent file is one without contexts.
  func context() throws(CallFailure) -> Talosconfig.Context {
    guard files.exists(talosconfigPath) else { return Talosconfig.Context() }
    let config = try Talosconfig(text: try files.read(talosconfigPath))
    let name = line.value("context") ?? config.current
    guard let context = config.contexts[name] else {
      throw CallFailure(
        name.isEmpty
          ? "error constructing client: no context is set"
          : "error constructing client: context \"\(name)\" not found in config")
    }
    return context
  }

  /// The machines to speak to, checked as far as a connection to each needs; the first failure ends the call.
  func targets(_ world: World) throws(CallFailure) -> [IPAddress] {
    if isInsecure { return [try insecureTarget(world)] }
    let context = try context()
    let endpoints = line.list("endpoints").isEmpty ? context.endpoints : line.list("endpoints")
    guard !endpoints.isEmpty else { throw CallFailure("error constructing client: failed to determine endpoints") }
    let nodes = line.list("nodes").isEmpty ? context.nodes : line.list("nodes")
    guard !nodes.isEmpty else { throw CallFailure(Self.nodesMissing) }
    try connect(to: endpoints, context, world)
    var addresses: [IPAddress] = []
    for node in nodes { addresses.append(try address(node)) }
    return addresses
  }

  /// The machines that have to answer for the call to be answered.
  var dialled: [IPAddress] {
    guard !["gen", "machineconfig", "validate", "config"].contains(line.command.words.first), !line.isOn("client")
    else {
      return []
    }
    let nodes = line.list("nodes").compactMap { IPAddress($0) }
    return isInsecure ? Array(nodes.prefix(1)) : nodes
  }

  /// The one machine that a command takes which refuses several.
  func target(_ world: World) throws(CallFailure) -> IPAddress {
    let all = try targets(world)
    guard all.count == 1 else {
      throw CallFailure("command \"\(line.command.words[0])\" is not supported with multiple nodes")
    }
    return all[0]
  }

  private static let nodesMissing =
    "nodes are not set for the command: please use `--nodes` flag or configuration file to set the nodes to run the command against"

  /// An address with or without a port; names do not resolve here.
  private func address(_ text: String) throws(CallFailure) -> IPAddress {
    guard let address = IPAddress(text.split(separator: ":").count == 2 ? String(text.prefix { $0 != ":" }) : text)
    else {
      throw CallFailure("rpc error: code = Unavailable desc = name resolver error: produced zero addresses")
    }
    return address
  }

  /// With `--insecure` the nodes are dialled directly, and one of them gets the call.
  private func insecureTarget(_ world: World) throws(CallFailure) -> IPAddress {
    guard let first = line.list("nodes").first else { throw CallFailure(Self.nodesMissing) }
    let address = try address(first)
    guard let machine = world.machines[address], machine.answersTalos else {
      throw CallFailure(Self.unreachable(address, world))
    }
    guard machine.installation == nil else {
      // Talos closes the connection at a random moment; a long request notices while it still writes.
      let isWriting = line.command.words == ["apply-config"]
      throw CallFailure(
        "rpc error: code = Unavailable desc = "
          + (isWriting
            ? "write tcp 127.0.0.1:35430->\(address):50000: write: broken pipe"
            : "connection error: desc = \"error reading server preface: remote error: tls: certificate required\""))
    }
    return address
  }

  /// Connects to the first endpoint that answers.
  private func connect(to endpoints: [String], _ context: Talosconfig.Context, _ world: World) throws(CallFailure) {
    var failure = CallFailure("error constructing client: failed to determine endpoints")
    for endpoint in endpoints {
      let address = try address(endpoint)
      guard let problem = Self.handshakeProblem(address, context, world) else { return }
      failure = CallFailure(problem)
    }
    throw failure
  }

  /// Why no connection with certificates comes about.
  static func handshakeProblem(_ address: IPAddress, _ context: Talosconfig.Context, _ world: World) -> String? {
    guard let machine = world.machines[address], machine.answersTalos else { return unreachable(address, world) }
    let refused =
      "rpc error: code = Unavailable desc = connection error: desc = \"transport: authentication handshake failed: "
      + "tls: failed to verify certificate: x509: certificate signed by unknown authority"
    guard let installation = machine.installation else { return refused + "\"" }
    guard machine.certifiedAddresses.contains(address) else {
      let names = machine.certifiedAddresses.map(\.description).joined(separator: ", ")
      return refused.replacing(
        "certificate signed by unknown authority", with: "certificate is valid for \(names), not \(address)\"")
    }
    guard installation.configuration.identity.authority == context.ca else {
      return refused
        + " (possibly because of \\\"x509: Ed25519 verification failure\\\" while trying to verify candidate "
        + "authority certificate \\\"talos\\\")\""
    }
    return nil
  }

  /// Why nobody answers at an address.
  static func unreachable(_ address: IPAddress, _ world: World) -> String {
    let reason = world.isSilent(at: address) ? "i/o timeout" : "connect: connection refused"
    let host = address.isIPv6 ? "[\(address)]" : "\(address)"
    return "rpc error: code = Unavailable desc = connection error: desc = \"transport: Error while dialing: dial tcp "
      + "\(host):50000: \(reason)\""
  }
}

extension World {
  /// Whether nothing at an address answers, not even to refuse.
  func isSilent(at address: IPAddress) -> Bool {
    switch machines[address]?.state {
    case .off, .rebooting: true
    default: machines[address]?.isReachable == false
    }
  }
}
