import ArgumentParser
import ZeroTouchModel
import ZeroTouchPipeline

/// `zerotouch install-os`.
struct InstallOSCommand: Recordable {
  static let configuration = CommandConfiguration(
    commandName: "install-os", abstract: "Write Talos to the disks of machines that wait in a rescue system.",
    discussion: """
      Only this step: the machines come up in Talos's maintenance mode and wait. One that fails does not stop the others.

      EXAMPLES
        zerotouch install-os cp01 worker01
        zerotouch install-os cp01 --root-password-file FILE --disk serial=S4XXXX
        zerotouch install-os worker01 --wipe demo   the disk carries data, which goes
      """)

  @Argument(help: "The machines, by their names in the spec.")
  var names: [String]

  @OptionGroup var options: SpecOptions
  @OptionGroup var machines: MachineOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var events: EventOptions
  @OptionGroup var recording: RecordingOptions

  func execute(in environment: LiveEnvironment) async throws -> ExitStatus {
    let cluster = options.cluster()
    let (spec, layout) = try cluster.resolve(in: environment)
    let chosen = try spec.machines(names)
    let run = try await cluster.run(
      of: spec, layout, in: environment, told: Narration(output, events), machines: machines, of: chosen)
    let report = try await run.performAsking { $0.installPlan(chosen) }
    environment.console.result(ReportView.text(of: report, as: output.output))
    return .done
  }
}

extension ClusterSpec {
  /// The names of machines, once it is sure that there are such.
  func machines(_ names: [String]) throws -> Set<String> {
    let known = nodes.map(\.name).sorted()
    for name in names where !known.contains(name) {
      throw Refusal(
        .inputWrong, "no machine is named `\(name)`; nothing was touched",
        remedy: known.isEmpty ? "add it to `nodes` in zerotouch.yaml" : "name one of \(known.joined(separator: ", "))")
    }
    return Set(names)
  }
}
