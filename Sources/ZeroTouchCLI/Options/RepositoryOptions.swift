import ArgumentParser
import Foundation
import ZeroTouchManifests
import ZeroTouchModel

/// Where the GitOps repository lies.
struct RepositoryOptions: ParsableArguments, Sendable {
  @Option(
    name: .long,
    help: "The GitOps repository's top folder; the current one or the nearest above it that has `bootstrap/`.")
  var repository: String?

  /// The layout of the repository that is meant.
  func layout(in environment: LiveEnvironment) throws -> RepositoryLayout {
    if let repository {
      let root = environment.absolute(repository)
      guard Self.isRepository(root) else { throw Self.missing(root) }
      return RepositoryLayout(root: root)
    }
    var folder = environment.currentDirectory
    while !Self.isRepository(folder) {
      guard folder != "/", !folder.isEmpty else { throw Self.missing(environment.currentDirectory) }
      folder = (folder as NSString).deletingLastPathComponent
    }
    return RepositoryLayout(root: folder)
  }

  /// The same; nil where what is meant is laid out in another way.
  func layoutIfOurs(in environment: LiveEnvironment) throws -> RepositoryLayout? {
    if let repository { return Self.isRepository(environment.absolute(repository)) ? try layout(in: environment) : nil }
    return try? layout(in: environment)
  }

  private static func isRepository(_ folder: String) -> Bool {
    FileManager.default.fileExists(atPath: RepositoryLayout(root: folder).repository)
  }

  private static func missing(_ folder: String) -> Refusal {
    Refusal(
      .inputWrong, "no GitOps repository in `\(folder)`: it has no `bootstrap/argocd/repository.yaml`",
      remedy: "run zerotouch inside the repository's checkout, or name it with --repository")
  }
}

extension RepositoryLayout {
  /// The text of a file that Git holds; a file that is gone ends the command.
  func textInGit(_ path: String) throws -> String {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw Refusal(.inputWrong, "`\(path)` cannot be read", remedy: "restore it from Git: git checkout \(path)")
    }
    return String(decoding: data, as: UTF8.self)
  }

  /// Where the repository is fetched from, as Git holds it.
  func readRepository() throws -> GitOpsRepository {
    try GitOpsRepository.parse(textInGit(repository), file: repository)
  }

  /// The Parameter Store of the repository's platform; nil where it has none.
  func readParameterStore() throws -> ParameterStore? {
    try RepositoryFile.text(of: parameterStore).flatMap { try ParameterStore.parse($0, file: parameterStore) }
  }
}
