import ArgumentParser
import ZeroTouchModel
import ZeroTouchPipeline
import ZeroTouchTools

/// `zerotouch nodes list`.
struct NodesListCommand: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Print the nodes that the cluster has and those that the spec wants.",
    discussion: """
      EXAMPLES
        zerotouch nodes list
        zerotouch nodes list -o json
      """)

  @OptionGroup var cluster: ClusterOptions
  @OptionGroup var output: OutputOptions

  func execute(in environment: LiveEnvironment) async throws -> ExitStatus {
    let run = try await cluster.reference.run(in: environment, told: Narration(isVerbose: output.verbose))
    let rows = NodeRow.rows(try await run.registeredNodes(), run.bootstrap.spec.nodes)
    if output.output == .json {
      environment.console.result(JSONValue.array(rows.map(\.json)).text(.indented))
    } else {
      var table = Table(header: ["NODE", "ROLE", "STATE", "VERSION", "ADDRESS", "SPEC"])
      table.rows = rows.map(\.cells)
      environment.console.result(table.text)
    }
    return .done
  }
}

extension Run {
  /// The Nodes of the cluster.
  func registeredNodes() async throws -> [ObservedNode] {
    _ = try KubeconfigFile.checked(bootstrap.kubeconfig)
    let output = try await composition.tools.succeed(bootstrap.kubectl.list("nodes"))
    return ObservedNode.list(in: output) ?? []
  }
}

/// One node, as the cluster and the spec have it.
struct NodeRow: Sendable, Hashable {
  let name: String
  let role: String
  let state: String
  let version: String
  let address: String
  let isInSpec: Bool

  static func rows(_ registered: [ObservedNode], _ wanted: [Node]) -> [NodeRow] {
    let known = Dictionary(wanted.map { ($0.name, $0) }) { first, _ in first }
    let names = Set(registered.map(\.name))
    let there = registered.map { node in
      NodeRow(
        name: node.name, role: node.isControlPlane ? "control-plane" : "worker",
        state: (node.isReady ? "Ready" : "NotReady") + (node.isCordoned ? ", cordoned" : ""),
        version: node.kubeletVersion, address: node.addresses.first ?? "-", isInSpec: known[node.name] != nil)
    }
    let missing = wanted.filter { !names.contains($0.name) }.map {
      NodeRow(
        name: $0.name, role: $0.role.rawValue, state: "not joined", version: "-", address: "\($0.address)",
        isInSpec: true)
    }
    return (there + missing).sorted { $0.name < $1.name }
  }

  var cells: [String] { [name, role, state, version, address, isInSpec ? "yes" : "no"] }

  var json: JSONValue {
    [
      "name": .string(name), "role": .string(role), "state": .string(state), "version": .string(version),
      "address": .string(address), "inSpec": .bool(isInSpec),
    ]
  }
}
