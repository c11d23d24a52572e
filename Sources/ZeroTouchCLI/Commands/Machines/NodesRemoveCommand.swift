import ArgumentParser
import ZeroTouchModel
import ZeroTouchPipeline
import ZeroTouchTools

/// `zerotouch nodes remove`.
struct NodesRemoveCommand: Recordable {
  static let configuration = CommandConfiguration(
    commandName: "remove", abstract: "Drain a node, wipe its machine's state and data, delete its Node.",
    discussion: """
      Refuses what would lose data (volumes that lie on the node alone) or the majority of etcd. Talos stays on the disk:
      the machine waits in maintenance mode afterwards.

      EXAMPLES
        zerotouch nodes remove worker02
        zerotouch nodes remove worker02 --gone
            the machine is lost, and only its Node goes
      """)

  @Argument(help: "The node, by its name in the cluster.")
  var name: String

  @Flag(name: .long, help: "The machine is gone for good: it is neither drained nor reset.")
  var gone = false

  @Option(name: .long, help: "The machine's address, where it is neither in the spec nor the Node's own.")
  var address: String?

  @OptionGroup var options: SpecOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var events: EventOptions
  @OptionGroup var recording: RecordingOptions

  func execute(in environment: LiveEnvironment) async throws -> ExitStatus {
    let cluster = options.cluster()
    let run = try await cluster.run(in: environment, told: Narration(output, events))
    let node = try machine(try await run.registeredNodes(), run.bootstrap.spec)
    let report = try await run.perform(run.bootstrap.removalPlan(node, isGone: gone))
    environment.console.result(ReportView.text(of: report, as: output.output))
    if run.bootstrap.spec.nodes.contains(where: { $0.name == name }) {
      environment.console.narrate(
        "`\(name)` still stands in the spec: take it out there, or the next run joins it again")
    }
    return .done
  }

  /// The machine that is meant, by the spec or by what the cluster knows of it.
  private func machine(_ registered: [ObservedNode], _ spec: ClusterSpec) throws -> Node {
    let wanted = spec.nodes.first { $0.name == name }
    let seen = registered.first { $0.name == name }
    guard wanted != nil || seen != nil else {
      let names = registered.map(\.name).sorted().joined(separator: ", ")
      throw Refusal(
        .inputWrong, "no node is named `\(name)`; nothing was touched",
        remedy: "name one of \(names.isEmpty ? "the spec's" : names)")
    }
    let text = address ?? wanted.map { "\($0.address)" } ?? seen?.addresses.first ?? ""
    guard let address = IPAddress(text) else {
      throw Refusal(.inputWrong, "the address of `\(name)` is not known", remedy: "name it: --address IP")
    }
    let role = wanted?.role ?? (seen?.isControlPlane == true ? .controlPlane : .worker)
    return Node(name: name, role: role, address: address)
  }
}
