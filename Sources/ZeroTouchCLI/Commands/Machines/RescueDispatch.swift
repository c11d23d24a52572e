import ZeroTouchModel
import ZeroTouchPipeline
import ZeroTouchTools

/// Sends servers to their rescue systems: the provider is asked for one after the other, for it counts requests; that
/// they came up is watched side by side. One that fails leaves the others alone.
struct RescueDispatch: Sendable {
  /// A private key with what providers know it by.
  struct Key: Sendable, Hashable {
    let file: String
    let fingerprint: SSHFingerprint
  }

  /// One machine, with the server that it is.
  struct Candidate: Sendable, Hashable {
    let node: Node
    let server: ProviderServer
    let key: Key?
  }

  let provider: any RescueProvider
  let workspace: Workspace
  let tools: any ToolRunner
  let clock: any Clock<Duration>
  let console: Console
  /// How many machines are looked at side by side.
  private static let width = 16

  /// Sends them all; what failed is thrown at the end, each with its cause.
  func send(_ candidates: [Candidate]) async throws {
    var failures: [String] = []
    var sent: [(Candidate, RescueTicket)] = []
    var left = candidates[...]
    while let next = left.popFirst() {
      do { sent.append((next, try await restart(next))) } catch let error as ProviderError {
        guard candidates.count > 1 else { throw error }
        failures.append("`\(next.node.name)`: \(error)")
        guard error.concernsAll else { continue }
        failures += left.map { "`\($0.node.name)`: not asked for any more" }
        break
      }
    }
    failures += try await sent.mapSideBySide(atMost: Self.width) { try await pin($0, $1) }.compactMap(\.self)
    guard failures.isEmpty else {
      throw Refusal(
        .runFailed,
        "\(failures.count) of \(candidates.count) did not come to their rescue systems\n"
          + failures.joined(separator: "\n"),
        remedy: "run again with those names alone: whoever is named is restarted")
    }
  }

  private func restart(_ candidate: Candidate) async throws -> RescueTicket {
    let (node, server) = (candidate.node, candidate.server)
    let ticket = try await provider.activateRescue(server, key: candidate.key?.fingerprint)
    let files = RescueTicketFiles(workspace: workspace, node: node)
    try files.keep(ticket, key: candidate.key?.file)
    try files.pin("")
    if let key = candidate.key, ticket.password != nil {
      console.narrate(
        "\(node.name)  the account does not know the key `\(key.file)` (MD5 \(key.fingerprint)): a password was made instead"
      )
    }
    try await provider.restart(server)
    console.narrate("\(node.name)  server \(server.number) restarts into its rescue system")
    return ticket
  }

  /// The key that the provider announced tells the rescue system from everything else that may answer there. What is
  /// wrong, in words.
  private func pin(_ candidate: Candidate, _ ticket: RescueTicket) async throws -> String? {
    guard !ticket.hostKeys.isEmpty else { return nil }
    let node = candidate.node
    let scan = HostKeyScan(tools: tools, clock: clock)
    guard let found = try await scan.line(of: node.address, port: node.access.port, announced: ticket.hostKeys) else {
      return "`\(node.name)`: it has not shown the host key that the provider announced, for 10 minutes\n"
        + "  look at the server in the provider's own interface; nothing was written to its disks"
    }
    try RescueTicketFiles(workspace: workspace, node: node).pin(found)
    console.narrate("\(node.name)  its rescue system answers, with the key that the provider announced")
    return nil
  }
}

extension ProviderError {
  /// Whether the next server would be refused for the same reason; a refused login must not be repeated.
  fileprivate var concernsAll: Bool {
    switch self {
    case .unauthorized, .limited, .maintenance, .unreachable: true
    case .busy, .refused, .unknownAnswer, .noServer, .noReset, .actionFailed, .tooSlow: false
    }
  }
}
