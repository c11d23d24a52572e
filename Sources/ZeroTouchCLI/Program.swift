import ArgumentParser
import Foundation
import ZeroTouchModel
import ZeroTouchRehearsal
import ZeroTouchTools

/// The program: understands its arguments, runs one command, exits with its status.
public enum Program {
  public static func main() async {
    Process.leaveNoCoreDump()
    Process.openManyFiles()
    let arguments = CommandLine.arguments
    let variables = ProcessInfo.processInfo.environment
    if let shim = ShimProgram(arguments, environment: variables) { exit(shim.run()) }
    if let askpass = Askpass(arguments, environment: variables) { exit(askpass.run()) }
    exit(await run(Array(arguments.dropFirst()), in: LiveEnvironment(variables: variables)).rawValue)
  }

  /// Runs one command line and says how it ended; the only place where errors become a status.
  static func run(_ arguments: [String], in environment: LiveEnvironment) async -> ExitStatus {
    do {
      var parsed = try ZeroTouch.parseAsRoot(arguments)
      guard let command = parsed as? any Subcommand else {
        // Help, and commands that only hold others: running them says what they have to say.
        try parsed.run()
        return .done
      }
      guard let file = (command as? any Recordable)?.recording.record else {
        return await end(of: command, arguments, in: environment, isInterruptible: true).status
      }
      return try await RecordedRun(arguments, to: file).perform(in: environment) { environment in
        await end(of: command, arguments, in: environment, isInterruptible: true)
      }.status
    } catch {
      return end(with: error, arguments, environment).status
    }
  }

  /// Runs one command line to its end in an environment in which nobody sends signals.
  static func end(of arguments: [String], in environment: LiveEnvironment) async -> Ending {
    do {
      guard let command = try ZeroTouch.parseAsRoot(arguments) as? any Subcommand else {
        throw Refusal(
          .inputWrong, "`\(arguments.joined(separator: " "))` is no command", remedy: "record the run again")
      }
      return await end(of: command, arguments, in: environment, isInterruptible: false)
    } catch {
      return end(with: error, arguments, environment)
    }
  }

  private static func end(
    of command: any Subcommand, _ arguments: [String], in environment: LiveEnvironment, isInterruptible: Bool
  ) async -> Ending {
    do {
      let execute = { @Sendable in try await command.execute(in: environment) }
      return Ending(status: try await isInterruptible ? Interruption.cancelling(execute) : execute(), text: "")
    } catch {
      return end(with: error, arguments, environment)
    }
  }

  /// Says what went wrong; the only place where errors become words.
  private static func end(with error: any Error, _ arguments: [String], _ environment: LiveEnvironment) -> Ending {
    let failure = Failure(error)
    let status = failure.show(on: environment.console)
    return Ending(status: status == .inputWrong ? inputStatus(of: arguments) : status, text: failure.text)
  }

  /// What wrong input ends a command with; its name stands first.
  private static func inputStatus(of arguments: [String]) -> ExitStatus {
    let commands = ZeroTouch.configuration.subcommands.compactMap { $0 as? any Subcommand.Type }
    // Asked about a cluster, nothing is found in files: 2 has its usual meaning.
    if arguments.contains("--cluster") { return .inputWrong }
    return commands.first { $0.configuration.commandName == arguments.first }?.inputStatus ?? .inputWrong
  }
}

/// What every command is: arguments, once understood, that can be carried out.
protocol Subcommand: ParsableCommand, Sendable {
  /// What it exits with where it was asked the wrong thing.
  static var inputStatus: ExitStatus { get }

  func execute(in environment: LiveEnvironment) async throws -> ExitStatus
}

extension Subcommand {
  static var inputStatus: ExitStatus { .inputWrong }
}

/// The root of the command line.
struct ZeroTouch: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "zerotouch",
    abstract: "Turns bare servers into a GitOps platform in one command, and rehearses it on a laptop first.",
    discussion: """
      EXAMPLES
        zerotouch rehearse                 the bootstrap on an embedded cluster
        zerotouch init                     write a commented zerotouch.yaml
        zerotouch plan 203.0.113.10        every step and command line, none started
        zerotouch bootstrap 203.0.113.10 --worker-nodes worker01:203.0.113.20
        zerotouch rebuild --confirm demo   every machine wiped, and all made anew
        zerotouch artifacts fetch          everything from outside, into the cache
        zerotouch status                   what stands and what is missing

      EXIT STATUS
      \(ExitStatus.allCases.map { "  \($0.rawValue)\t\($0.meaning)" }.joined(separator: "\n"))
      """,
    version: Version.current,
    subcommands: [
      InitCommand.self, PlanCommand.self, BootstrapCommand.self, RehearseCommand.self, RebuildCommand.self,
      ReplaceCommand.self,
      JoinWorkerCommand.self,
      InstallOSCommand.self, DisksCommand.self, NodesCommand.self, RescueCommand.self, InjectSecretsCommand.self,
      StatusCommand.self, DiagnoseCommand.self, JournalCommand.self, RenderCommand.self, SecretsCommand.self,
      ValidateCommand.self, ExplainCommand.self, ArtifactsCommand.self, DoctorCommand.self, WavesCommand.self,
      SchemaCommand.self, APIsCommand.self, SimulateCommand.self, WorldCommand.self,
    ])
}
