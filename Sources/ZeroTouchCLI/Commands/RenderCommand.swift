import ArgumentParser
import Foundation
import ZeroTouchManifests
import ZeroTouchModel
import ZeroTouchPipeline

/// `zerotouch render`.
struct RenderCommand: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "render", abstract: "Write the machine configurations, inline manifests and talosconfig.",
    discussion: """
      Touches no machine. The secrets bundle is made once, by talosctl; everything else follows from it and from Git, and
      the same input gives the same bytes.

      EXAMPLES
        zerotouch render                      into .zerotouch/NAME/rendered
        zerotouch render --output /tmp/configurations --secrets secrets.yaml
        zerotouch render --diff               what would change; secrets are left out
        zerotouch render --diff --exit-code   status 6 where something would
        zerotouch render --stand-ins          a look at it before anything was fetched
      """)

  @OptionGroup var cluster: ClusterOptions

  @Option(name: .long, help: "The folder to write to; .zerotouch/NAME/rendered where none is named.")
  var output: String?

  @Option(name: [.customShort("o"), .long], help: "The form of the result on standard output: text or json.")
  var format: OutputOptions.Format = .text

  @Flag(name: .long, help: "Also tell every probe and every command line.")
  var verbose = false

  @Option(name: .long, help: "The secrets bundle; the one in the state directory where none is named.")
  var secrets: String?

  @Flag(name: .long, help: "Print what would change against the earlier rendering, and write nothing.")
  var diff = false

  @Flag(name: .long, help: "With --diff: end with status 6 where something would change.")
  var exitCode = false

  func execute(in environment: LiveEnvironment) async throws -> ExitStatus {
    let (spec, layout) = try cluster.reference.resolve(in: environment)
    let state = layout.state(of: spec.name)
    let target = RenderedFolder(path: output.map(environment.absolute) ?? "\(state)/rendered")
    let bundle = secrets.map(environment.absolute) ?? "\(state)/secrets.yaml"
    if diff || secrets != nil, !FileManager.default.fileExists(atPath: bundle) { throw missing(bundle) }
    let staging = RenderedFolder(path: "\(target.path).part")
    try staging.prepare()
    defer { try? staging.remove() }
    let composition = cluster.reference.composition(in: environment)
    let bootstrap = try await composition.rendering(spec, layout, secrets: bundle, to: staging.path)
    environment.console.announce(bootstrap.lock.standIns)
    let run = Run(
      composition: composition, bootstrap: bootstrap, narration: Narration(isVerbose: verbose),
      console: environment.console)
    _ = try await run.perform(bootstrap.renderPlan())
    return diff
      ? try show(from: target, to: staging, bundle, environment)
      : try keep(staging, in: target, environment)
  }

  private func keep(_ staging: RenderedFolder, in target: RenderedFolder, _ environment: LiveEnvironment) throws
    -> ExitStatus
  {
    let files = try target.adopt(staging).map { "\(target.path)/\($0)" }
    switch format {
    case .text: environment.console.result(files.joined(separator: "\n"))
    case .json:
      environment.console.result(JSONValue.object(["files": .array(files.map(JSONValue.string))]).text(.indented))
    }
    return .done
  }

  private func show(
    from target: RenderedFolder, to staging: RenderedFolder, _ bundle: String, _ environment: LiveEnvironment
  ) throws -> ExitStatus {
    let text = String(decoding: FileManager.default.contents(atPath: bundle) ?? Data(), as: UTF8.self)
    let redactor = Redactor(try TalosSecrets(text: text, file: bundle).values)
    let difference = RenderingDifference(from: target.texts, to: staging.texts)
    let shown = redactor.redact(difference.text)
    switch format {
    case .text: if !difference.isEmpty { environment.console.result(shown) }
    case .json:
      environment.console.result(
        JSONValue.object(["changes": .bool(!difference.isEmpty), "diff": .string(shown)]).text(.indented))
    }
    return exitCode && !difference.isEmpty ? .changesPending : .done
  }

  private func missing(_ bundle: String) -> Refusal {
    secrets == nil
      ? Refusal(
        .inputWrong, "nothing was rendered yet: `\(bundle)` does not exist", remedy: "render first: zerotouch render")
      : Refusal(
        .inputWrong, "the secrets bundle `\(bundle)` does not exist",
        remedy: "name one that `talosctl gen secrets` made")
  }
}
