import ArgumentParser
import Foundation
import ZeroTouchDiagnosis
import ZeroTouchManifests
import ZeroTouchModel
import ZeroTouchPipeline
import ZeroTouchTools

/// `zerotouch diagnose`.
struct DiagnoseCommand: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "diagnose", abstract: "Say what is wrong with a running cluster, why, and what helps.",
    discussion: """
      Reads nodes, pods, events, the last lines of containers, volumes, Applications, stores, claims and the services of
      Talos, and matches them against the failures of docs/failures.md. Changes nothing. Exits with 2 where something is
      wrong, with 1 where it could not look.

      A bundle holds what was found, which programs were asked and how they answered, and the last run of the journal:
      no manifest, no Secret, and none of the secrets that are known here. Read it before you send it to anybody.

      EXAMPLES
        zerotouch diagnose
        zerotouch diagnose -o json
        zerotouch diagnose --bundle support.json
        zerotouch diagnose --provider existing --kubeconfig FILE
        talosctl … 2>&1 | zerotouch diagnose --said -
            what a program said, without any cluster
      """)

  /// 2 says that something is wrong with the cluster: whoever asks the wrong thing must not read that.
  static let inputStatus = ExitStatus.runFailed

  @OptionGroup var cluster: ClusterOptions
  @OptionGroup var format: ResultFormat

  @Option(
    name: .long, help: "Also write a support bundle: one file of JSON, without secrets, for your eyes only (0600).")
  var bundle: String?

  @Option(name: .long, help: "Explain what a program said, from a file or (-) standard input, and look at no cluster.")
  var said: String?

  @Flag(name: .long, help: "Print every failure that is known by name, as in docs/failures.md.")
  var catalogue = false

  func validate() throws {
    if bundle != nil, said != nil || catalogue {
      throw ValidationError("a bundle is of a cluster: name --bundle alone")
    }
  }

  func execute(in environment: LiveEnvironment) async throws -> ExitStatus {
    if catalogue {
      environment.console.result(FailurePage.markdown)
      return .done
    }
    if let said { return try explain(words: said, environment) }
    let (spec, layout) = try cluster.reference.resolve(in: environment)
    let state = Workspace(root: layout.state(of: spec.name))
    await SecretsAtHand(spec: spec, workspace: state).conceal(from: environment)
    let cluster = try reached(spec, state, environment)
    let tools = environment.tools(additions: ["KUBECACHEDIR": "\(environment.cacheDirectory)/kube"])
    var examination = await Examiner(tools: tools, clock: environment.clock).examine(cluster)
    if spec.provider.ownsMachines, cluster.talosctl == nil {
      examination.unread.append(.init("the machines", "`\(state.path("talosconfig"))` does not exist"))
    }
    try Task.checkCancellation()
    let last = JournaledRun.all(at: state.path("journal.ndjson")).last
    if examination.symptoms.contains(where: \.isTrouble) { examination = examination.hearing(lastRun: last) }
    let diagnosis = Diagnosis(of: examination)
    if let bundle {
      let contents = SupportBundle(cluster: spec.name, diagnosis, examination, run: last)
      try contents.write(to: environment.absolute(bundle), environment)
    }
    show(diagnosis, environment)
    if examination.sawNothing { return .runFailed }
    return diagnosis.isHealthy ? .done : .inputWrong
  }

  /// The cluster as far as it can be reached from here: another laptop may hold what opens the machines.
  private func reached(
    _ spec: ClusterSpec, _ state: Workspace, _ environment: LiveEnvironment
  ) throws -> ExaminedCluster {
    let kubeconfig = try cluster.reference.checkedKubeconfig(in: environment) ?? state.path("kubeconfig")
    let talosconfig = state.path("talosconfig")
    let hasMachines = spec.provider.ownsMachines && FileManager.default.fileExists(atPath: talosconfig)
    return ExaminedCluster(
      name: spec.name, kubectl: Kubectl(kubeconfig: kubeconfig),
      talosctl: hasMachines ? Talosctl(talosconfig: talosconfig) : nil, nodes: hasMachines ? spec.nodes : [])
  }

  private func explain(words path: String, _ environment: LiveEnvironment) throws -> ExitStatus {
    let data =
      path == "-"
      ? FileHandle.standardInput.readDataToEndOfFile()
      : FileManager.default.contents(atPath: environment.absolute(path))
    guard let words = data.map({ String(decoding: $0, as: UTF8.self).inOneLine }) else {
      throw Refusal(
        .inputWrong, "`\(path)` cannot be read",
        remedy: "name a file with what the program said, or - for standard input")
    }
    let diagnosis = Diagnosis(of: Examination().hearing(words, of: "what was said"))
    if diagnosis.isHealthy, diagnosis.notes.isEmpty, format.output == .text {
      environment.console.result("no failure that is known by name")
    } else {
      show(diagnosis, environment)
    }
    return diagnosis.isHealthy ? .done : .inputWrong
  }

  private func show(_ diagnosis: Diagnosis, _ environment: LiveEnvironment) {
    environment.console.result(format.output == .json ? diagnosis.json.text(.indented) : diagnosis.text)
  }
}

extension Examination {
  /// The same with what failed in the last run, where it failed.
  fileprivate func hearing(lastRun run: JournaledRun?) -> Examination {
    guard let run, run.end == "failed" else { return self }
    return run.steps.filter { $0.end == "failed" }.reduce(self) { examination, step in
      examination.hearing(step.reason.inOneLine, of: "the last run, `\(step.id)`")
    }
  }
}
