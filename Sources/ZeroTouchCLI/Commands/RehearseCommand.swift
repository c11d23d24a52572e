import ArgumentParser
import Foundation
import ZeroTouchManifests
import ZeroTouchModel
import ZeroTouchPipeline
import ZeroTouchRecording
import ZeroTouchRehearsal
import ZeroTouchTools

/// `zerotouch rehearse`.
struct RehearseCommand: Recordable {
  static let configuration = CommandConfiguration(
    commandName: "rehearse", abstract: "Run the whole bootstrap, unchanged, against an embedded cluster.",
    discussion: """
      The real kubectl, helm and git; simulated machines; no network, no Docker, no root.

      EXAMPLES
        zerotouch rehearse
        zerotouch rehearse --nodes control-plane=3,workers=2 --late cp02=90s
        zerotouch rehearse --defect worker01=write-error
            kinds: \(DefectiveMachine.kinds)
        zerotouch rehearse --fault api-flapping
            what goes wrong on bad days: docs/faults.md
        zerotouch rehearse --environment preview
            the small platform on kind, as a laptop holds it
        zerotouch rehearse --keep
            leave the cluster up and say how to enter it
        zerotouch rehearse --keep --nodes spares=1
            with a machine that waits for join-worker
        zerotouch rehearse --stop FOLDER   end a cluster that was kept
        zerotouch rehearse --budget 15m    fail when real machines would need longer
        zerotouch rehearse --replay FILE
            a run that was recorded with --record FILE, once more
      """)

  @Option(
    name: .long, help: "The machines instead of those of zerotouch.yaml: control-plane=1,workers=2,spares=1."
  )
  var nodes: NodeCounts?

  @Option(name: .long, help: "main (Talos) or preview (kind), instead of what zerotouch.yaml says.")
  var environment: String?

  @Option(name: .long, help: "A machine that answers later than the others: NAME=90s; may be repeated.")
  var late: [LateMachine] = []

  @Option(
    name: .long,
    help: "A machine with something wrong: NAME=KIND, of \(DefectiveMachine.kinds); may be repeated.")
  var defect: [DefectiveMachine] = []

  @Option(
    name: .long,
    help: "A fault of docs/faults.md, met with the real programs; it brings the machines that it needs.")
  var fault: String?

  @Option(name: .long, help: "How many times faster than real machines.")
  var speed: Double = 30

  @Option(name: .long, help: "Fixes the order of what may start at once.")
  var seed: UInt64 = 0

  @Flag(name: .long, help: "Leave the cluster up and print how to enter it.")
  var keep = false

  @Option(name: .long, help: "End a cluster that was kept, and remove its folder.")
  var stop: String?

  @Option(name: .long, help: "Run a recording again, from its file alone, and end as it did.")
  var replay: String?

  @OptionGroup var repository: RepositoryOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var events: EventOptions
  @OptionGroup var recording: RecordingOptions
  @OptionGroup var budget: BudgetOption

  func validate() throws {
    guard (0.1...1000).contains(speed) else { throw ValidationError("--speed takes a number from 0.1 to 1000") }
    if let environment {
      guard let environment = ClusterSpec.Environment(rawValue: environment) else {
        throw ValidationError("--environment takes main or preview")
      }
      guard environment == .main || (nodes == nil && late.isEmpty) else {
        throw ValidationError("a preview has no machines to number: kind's nodes stand in bootstrap/kind/cluster.yaml")
      }
    }
    if fault != nil, nodes != nil || environment != nil || replay != nil {
      throw ValidationError("a fault brings the machines that it needs: leave --nodes, --environment and --replay out")
    }
    if replay != nil, nodes != nil || environment != nil || keep || stop != nil || !late.isEmpty || !defect.isEmpty {
      throw ValidationError("a replay takes its machines, and what goes wrong, from its file alone")
    }
    guard keep || nodes?.spares ?? 0 == 0 else {
      throw ValidationError("spares wait for join-worker in a cluster that stays up: add --keep")
    }
  }

  func execute(in environment: LiveEnvironment) async throws -> ExitStatus {
    if let stop { return try await end(environment.absolute(stop), environment) }
    if let replay { return try await run(again: replay, environment) }
    let layout = try repository.layout(in: environment)
    // Only the bootstrap is recorded, and nothing of what makes its world.
    let recorder = environment.recorder
    var environment = environment
    environment.recorder = nil
    let fault = try fault.map { try RehearsedFault(named: $0) }
    let nodes = fault?.nodes ?? nodes
    try await Toolbox.rendering.demand(of: environment.tools())
    let wanted = RehearsedSpec(
      layout: layout, nodes: nodes, environment: self.environment.flatMap(ClusterSpec.Environment.init),
      tools: environment.tools())
    let (spec, notes) = try await wanted.resolved()
    for note in notes { environment.console.narrate(note) }
    for machine in late where !spec.nodes.contains(where: { $0.name == machine.name }) {
      throw Refusal(
        .inputWrong, "no machine is named `\(machine.name)`",
        remedy: "name one of \(spec.nodes.map(\.name).joined(separator: ", "))")
    }
    let machines = spec.nodes + (nodes?.spareNodes ?? [])
    for machine in defect where !machines.contains(where: { $0.name == machine.name }) {
      throw Refusal(
        .inputWrong, "no machine is named `\(machine.name)`",
        remedy: "name one of \(machines.map(\.name).joined(separator: ", "))")
    }
    let ground = try await RehearsalGround.prepare(
      spec, from: layout, spares: nodes?.spareNodes ?? [], late: late, defects: defect, fault: fault,
      speed: speed, in: environment)
    // Said at once: whoever kills this run finds the world standing there.
    if keep { environment.console.narrate("the rehearsal lies in \(ground.directory)") }
    do {
      let status = try await rehearse(on: ground, copiedFrom: layout, heardBy: recorder, environment)
      if keep { show(ground, environment) } else { await ground.remove() }
      return fault?.judge(nil, environment.console) ?? status
    } catch {
      // Cancelled tasks cannot wait, and the world must end all the same.
      if keep { show(ground, environment) } else { await Task { await ground.remove() }.value }
      if !Task.isCancelled { _ = fault?.judge(error, environment.console) }
      throw error
    }
  }

  private func rehearse(
    on ground: RehearsalGround, copiedFrom layout: RepositoryLayout, heardBy recorder: Recorder?,
    _ environment: LiveEnvironment
  ) async throws -> ExitStatus {
    let composition = ground.heard(by: recorder).composition
    var bootstrap = try await ground.blaming(layout) {
      try await composition.bootstrap(ground.spec, ground.layout, kubeconfig: nil)
    }
    bootstrap.installation.askpass = environment.executable
    let plan = bootstrap.plan()
    let prediction = Prediction(of: plan)
    environment.console.announce(ground.repository.standIns)
    for note in CatalogueGaps(of: try .embedded(), beside: bootstrap.lock, for: bootstrap.applications).notes {
      environment.console.narrate(note)
    }
    let run = Run(
      composition: composition, bootstrap: bootstrap, narration: Narration(output, events),
      console: environment.console,
      seed: seed)
    let report = try await run.perform(plan)
    let world = try ground.world.directory.readRecord()
    let result = RehearsalResult(
      report: report, prediction: prediction, speed: speed, standIns: ground.repository.standIns,
      memory: Process.peakMemory, worldMemory: Process.peakMemory(of: String(world.pid)),
      requests: try ground.world.status().requests)
    environment.console.result(output.output == .json ? result.json.text(.indented) : result.text)
    try budget.check(prediction)
    return .done
  }

  private func show(_ ground: RehearsalGround, _ environment: LiveEnvironment) {
    let spares = ground.spares.map { "\($0.name):\($0.address)" }.joined(separator: " ")
    let joining = spares.isEmpty ? "" : "\n  add to it  zerotouch join-worker \(spares)"
    environment.console.narrate(
      """

      the cluster stays up in \(ground.directory)
        enter it   . \("\(ground.directory)/activate".shellQuoted)     then: kubectl get applications -A, zerotouch status …\(joining)
        end it     zerotouch rehearse --stop \(ground.directory.shellQuoted)
      """)
  }

  private func end(_ directory: String, _ environment: LiveEnvironment) async throws -> ExitStatus {
    let world = WorldClient(directory: directory, clock: environment.clock)
    guard FileManager.default.fileExists(atPath: world.directory.scenario) else {
      throw Refusal(.inputWrong, "no rehearsal lies in `\(directory)`", remedy: "name the folder that --keep printed")
    }
    try await world.stop()
    try FileManager.default.removeItem(atPath: directory)
    return .done
  }
}
