import ArgumentParser
import Foundation
import ZeroTouchManifests
import ZeroTouchModel
import ZeroTouchPipeline
import ZeroTouchValidation

/// `zerotouch validate`.
struct ValidateCommand: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "validate", abstract: "Check a GitOps repository as it lies on disk, or the live cluster.",
    discussion: """
      Reads the repository, renders what Argo CD would render, and finds what would break; needs no cluster and opens
      no connection. What it cannot know it says. A comment `# zerotouch:accept ZT318 the reason`, on the line or the
      one above, accepts a finding. Exits with 2 where something is found, with 1 where it could not look.

      With --cluster it asks the live cluster instead, changes nothing, and exits with 3 and the causes where something
      is not as Git expects it.

      EXAMPLES
        zerotouch validate
        zerotouch validate ~/platform --format sarif > findings.sarif
        zerotouch validate --select ZT3 --ignore ZT318 --fail-on warning
        zerotouch validate --stage production
        zerotouch validate ~/platform ~/tenants -o json
        zerotouch validate --cluster --provider existing --kubeconfig FILE
      """)

  /// 2 says that something was found: whoever asks the wrong thing must not read that.
  static let inputStatus = ExitStatus.runFailed

  @Argument(help: "Repositories, or folders of them; the current one where none is named.")
  var paths: [String] = []

  @Flag(name: .long, help: "Check the live cluster.")
  var cluster = false

  @Option(
    name: .long, help: "Only the entry points of a stage: a folder on their way is called so, or ends with -STAGE.")
  var stage: String?

  @OptionGroup var findings: FindingOptions
  @OptionGroup var live: LiveClusterOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var events: EventOptions

  func execute(in environment: LiveEnvironment) async throws -> ExitStatus {
    cluster ? try await validateCluster(environment) : try await validateRepositories(environment)
  }

  private func validateCluster(_ environment: LiveEnvironment) async throws -> ExitStatus {
    guard paths.count <= 1 else {
      throw Refusal(.inputWrong, "a live cluster has one address", remedy: "name the first control plane alone")
    }
    let cluster = live.reference(address: paths.first)
    let run = try await cluster.run(in: environment, told: Narration(output, events))
    let report = try await run.perform(run.bootstrap.plan().validating)
    environment.console.result(ReportView.text(of: report, as: output.output))
    return .done
  }

  private func validateRepositories(_ environment: LiveEnvironment) async throws -> ExitStatus {
    let selection = try findings.selection()
    let roots = try paths.isEmpty ? [usualRoot(environment)] : Self.distinct(paths.map { try root($0, environment) })
    let report = try await RepositoryValidation(environment: environment, stage: stage).report(on: roots)
      .filtered(by: selection)
    let style = Style(isOn: environment.console.coloursResults)
    environment.console.result(findings.text(of: report, as: output.output, style: style))
    return report.fails(at: findings.threshold) ? .inputWrong : .done
  }

  /// The folders without those that are named twice, or that lie in another one and are read with it.
  private static func distinct(_ roots: [(name: String, folder: String)]) -> [(name: String, folder: String)] {
    roots.enumerated().filter { index, root in
      !roots.enumerated().contains { other, outer in
        if outer.folder == root.folder { return other < index }
        guard root.folder.hasPrefix(outer.folder + "/") else { return false }
        // What belongs to tools is not read with what is around it.
        return !root.folder.dropFirst(outer.folder.count).split(separator: "/").contains { $0.hasPrefix(".") }
      }
    }.map(\.element)
  }

  /// The repository the current folder lies in: the nearest one with a `.git` or a `bootstrap/argocd`, else itself.
  private func usualRoot(_ environment: LiveEnvironment) -> (name: String, folder: String) {
    let folder = live.repository.repository.map(environment.absolute) ?? enclosingRoot(environment)
    return ("", folder)
  }

  private func enclosingRoot(_ environment: LiveEnvironment) -> String {
    var folder = environment.currentDirectory
    while folder != "/", !folder.isEmpty {
      let marks = [".git", "bootstrap/argocd/repository.yaml"]
      if marks.contains(where: { FileManager.default.fileExists(atPath: "\(folder)/\($0)") }) { return folder }
      folder = (folder as NSString).deletingLastPathComponent
    }
    return environment.currentDirectory
  }

  /// A named folder, and how places in it begin: from the current folder where it lies in that.
  private func root(_ path: String, _ environment: LiveEnvironment) throws -> (name: String, folder: String) {
    let folder = (environment.absolute(path) as NSString).standardizingPath
    var isFolder: ObjCBool = false
    guard !path.isEmpty, FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder), isFolder.boolValue
    else {
      throw Refusal(
        .inputWrong, "`\(path)` is no folder", remedy: "name the top folder of a repository; --cluster asks a cluster")
    }
    let current = environment.currentDirectory
    if folder == current { return ("", folder) }
    if folder.hasPrefix(current + "/") { return (String(folder.dropFirst(current.count + 1)), folder) }
    // One that lies elsewhere is read as from its own top; of several each place says in which it is.
    return (paths.count > 1 ? path : "", folder)
  }
}
