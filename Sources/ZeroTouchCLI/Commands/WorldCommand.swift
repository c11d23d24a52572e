import ArgumentParser
import ZeroTouchModel
import ZeroTouchRehearsal
import ZeroTouchSimulation

/// `zerotouch world`: the process behind a rehearsal; `zerotouch rehearse` starts it.
struct WorldCommand: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "world", abstract: "Hold a simulated world (started by rehearse).", shouldDisplay: false)

  @Option(name: .long, help: "The world's directory.")
  var directory: String

  @Option(name: .long, help: "What goes wrong in it.")
  var fault: String?

  func execute(in environment: LiveEnvironment) async throws -> ExitStatus {
    let tools = environment.tools(additions: ["KUBECACHEDIR": "\(directory)/kube"])
    let server = WorldServer(
      directory: directory, executable: environment.executable, tools: tools, clock: environment.clock,
      disturbedBy: try fault.map { try Fault.named($0).hazards })
    try await server.run(epoch: environment.now)
    return .done
  }
}
