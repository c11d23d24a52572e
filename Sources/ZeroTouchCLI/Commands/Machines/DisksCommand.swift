import ArgumentParser
import Foundation
import ZeroTouchModel
import ZeroTouchPipeline
import ZeroTouchTools

/// `zerotouch disks`.
struct DisksCommand: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "disks", abstract: "Print the disks of machines and what lies on them; nothing is changed.",
    discussion: """
      Machines in a rescue system are asked over ssh, those in Talos's maintenance mode by talosctl.

      EXAMPLES
        zerotouch disks cp01
        zerotouch disks cp01 worker01 -o json
      """)

  @Argument(help: "The machines, by their names in the spec.")
  var names: [String]

  @OptionGroup var options: SpecOptions
  @OptionGroup var machines: MachineOptions
  @OptionGroup var output: OutputOptions

  func execute(in environment: LiveEnvironment) async throws -> ExitStatus {
    let cluster = options.cluster()
    let (spec, layout) = try cluster.resolve(in: environment)
    let chosen = try spec.machines(names)
    let run = try await cluster.run(
      of: spec, layout, in: environment, told: Narration(isVerbose: output.verbose), machines: machines, of: chosen)
    _ = try await run.perform(run.bootstrap.surveyPlan(chosen))
    let found = run.bootstrap.spec.nodes.filter { chosen.contains($0.name) }.map { node in
      let files = [run.bootstrap.disksFile(of: node), run.bootstrap.volumesFile(of: node)]
      let answers = files.map { FileManager.default.contents(atPath: $0) ?? Data() }
      return (node, BlockDevice.disks(in: Data(answers.joined())))
    }
    environment.console.result(
      output.output == .json ? DisksView.json(found).text(.indented) : DisksView.text(found))
    return .done
  }
}
