import ArgumentParser
import Foundation
import ZeroTouchManifests
import ZeroTouchModel
import ZeroTouchTools

/// `zerotouch init`.
struct InitCommand: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "init", abstract: "Write a commented zerotouch.yaml.",
    discussion: """
      Also writes bootstrap/argocd/repository.yaml from git's remote `origin`, so that Argo CD follows this repository.

      EXAMPLES
        zerotouch init
        zerotouch init --name production --address 203.0.113.10
        zerotouch init --address 203.0.113.10 --worker-nodes worker01:203.0.113.20
      """)

  @Option(name: .long, help: "The cluster's name.")
  var name = "production"

  @Option(name: .long, help: "The address of the first control plane.")
  var address = "203.0.113.10"

  @Option(name: .long, help: "Workers, as NAME:IP,NAME:IP.")
  var workerNodes: String?

  @Flag(name: .long, help: "Replace a zerotouch.yaml that is there.")
  var force = false

  @OptionGroup var repository: RepositoryOptions

  func execute(in environment: LiveEnvironment) async throws -> ExitStatus {
    let layout = try repository.layout(in: environment)
    let path = layout.spec
    if FileManager.default.fileExists(atPath: path), !force {
      throw Refusal(.inputWrong, "`\(path)` exists", remedy: "edit it, or replace it with --force")
    }
    let written = try layout.readRepository()
    let followed = try await followedRepository(layout, environment, written)
    let workers = try workerNodes.map { try WorkerArgument.parse($0) } ?? []
    let text = SpecTemplate.commented(
      name: name, repository: followed, address: address, workers: workers,
      store: try layout.readParameterStore())
    // What is written has to be what zerotouch itself accepts; wrong arguments end here, before anything is written.
    _ = try SpecLoader.load(text: text, file: path)
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    if followed != written {
      try followed.text.write(toFile: layout.repository, atomically: true, encoding: .utf8)
    }
    environment.console.narrate(
      "wrote \(path)\nArgo CD will follow \(followed.repoURL) at \(followed.revision)\nnext: zerotouch plan")
    return .done
  }

  /// The repository of the remote `origin`; what repository.yaml says where there is no remote.
  private func followedRepository(
    _ layout: RepositoryLayout, _ environment: LiveEnvironment, _ written: GitOpsRepository
  ) async throws -> GitOpsRepository {
    let git = Git(directory: layout.root)
    var addresses: [String] = []
    // First what the remote is called: the rewriting of addresses is this laptop's, and Argo CD does not have it.
    for question in [git.remoteAddress(), git.remoteURL()] {
      let answer = try await environment.tools().run(question)
      if answer.status == 0 { addresses.append(answer.text.trimmingCharacters(in: .whitespacesAndNewlines)) }
    }
    guard !addresses.isEmpty else {
      environment.console.narrate("git has no remote `origin`: the repoURL stays \(written.repoURL)")
      return written
    }
    guard let url = addresses.first(where: GitURL.isRemote) else {
      // The address is not repeated: what keeps it from being one may be a password.
      environment.console.narrate(
        "the remote `origin` is no address Argo CD could follow, or holds a password: the repoURL stays \(written.repoURL)"
      )
      return written
    }
    return GitOpsRepository(repoURL: url, revision: written.revision)
  }
}
