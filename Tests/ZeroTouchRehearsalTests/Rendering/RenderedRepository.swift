import Foundation
import TestSupport
import ZeroTouchManifests
import ZeroTouchModel
import ZeroTouchTools
import ZeroTouchWorld

@testable import ZeroTouchRehearsal

/// A small repository on disk with a renderer in front of it.
struct RenderedRepository {
  static let repoURL = "https://git.example/platform.git"
  static let commit = String(repeating: "a", count: 40)

  let folder: String
  let tools: ScriptedToolRunner
  let renderer: RepositoryRenderer

  /// Writes the files and answers git with one commit; other programs get what the script says.
  init(
    _ files: [String: String], in folder: String, charts: [ChartReference: String] = [:],
    _ script: @escaping @Sendable (ToolInvocation) -> ToolOutput = { _ in .failing("not asked for") }
  ) throws {
    self.folder = folder
    for (name, text) in files {
      let path = URL(filePath: folder).appending(path: name)
      try FileManager.default.createDirectory(at: path.deletingLastPathComponent(), withIntermediateDirectories: true)
      try text.write(to: path, atomically: true, encoding: .utf8)
    }
    tools = ScriptedToolRunner { invocation in
      guard invocation.tool == "git" else { return script(invocation) }
      let isKnown = ["HEAD^{commit}", "main^{commit}"].contains(invocation.arguments.last)
      return isKnown ? .printing("\(Self.commit)\n") : .failing("fatal: Needed a single revision", status: 128)
    }
    renderer = RepositoryRenderer(
      repository: ServedRepository(root: folder, repoURL: Self.repoURL), tools: tools, charts: charts,
      catalogue: try ChartCatalogue.embedded())
  }

  static func source(
    _ path: String, repoURL: String = repoURL, revision: String = "main", directory: JSONValue? = nil
  ) -> RepositorySource {
    RepositorySource(repoURL: repoURL, revision: revision, path: path, directory: directory)
  }

  func render(_ source: RepositorySource) async -> ErrandResult {
    await renderer.perform(Errand.asking(.render(source)))
  }

  /// `Kind/name` of everything rendered, or the failure.
  func names(_ source: RepositorySource) async -> [String] {
    switch await render(source) {
    case .rendered(let objects, _): objects.map(\.kindAndName)
    case .failed(let reason): [reason]
    case .listed(let folders): folders
    case .resolved(let commit): [commit]
    }
  }
}

extension Errand {
  /// An errand as a world sends it.
  static func asking(_ work: Work) -> Errand {
    var world = World(epoch: Date(timeIntervalSince1970: 0), controllers: [])
    _ = world.send(work)
    return world.takeErrands()[0]
  }
}

extension JSONValue {
  var kindAndName: String { "\(self["kind"]?.stringValue ?? "")/\(self[path: "metadata", "name"]?.stringValue ?? "")" }
}

/// The real programs that scripts/tools brings, if they are there.
enum RealTools {
  static let directory = "\(BuiltProgram.packageRoot)/.tools/bin"
  static let arePresent = ["kubectl", "helm"].allSatisfy {
    FileManager.default.isExecutableFile(atPath: "\(directory)/\($0)")
  }

  static func runner(home: String) -> SubprocessToolRunner {
    let variables = ["PATH": "\(directory):/usr/bin:/bin", "HOME": home, "TMPDIR": NSTemporaryDirectory()]
    return SubprocessToolRunner(environment: ToolEnvironment(inheriting: variables), clock: ContinuousClock())
  }
}
