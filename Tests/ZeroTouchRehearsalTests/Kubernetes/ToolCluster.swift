import Foundation
import TestSupport
import Testing
import ZeroTouchManifests
import ZeroTouchModel
import ZeroTouchTools
import ZeroTouchWorld

@testable import ZeroTouchRehearsal

/// A simulated cluster of two nodes with a network, and the real programs that speak to it.
///
/// Its time runs a hundred times as fast as ours, because the programs wait in ours.
struct ToolCluster: Sendable {
  let running: RunningWorld
  let folder: String
  private let tools: Toolset
  private let runner: SubprocessToolRunner

  /// Opens a cluster of its own for a test.
  static func open(
    _ tools: Toolset, during work: (ToolCluster) async throws -> Void
  ) async throws {
    var world = World.assembled(epoch: Date(timeIntervalSince1970: 1_790_000_000))
    world.seedCluster()
    world.registerNode(name: "cp1", role: .controlPlane, address: "203.0.113.10")
    world.registerNode(name: "w1", role: .worker, address: "203.0.113.20")
    for manifest in ToolManifests.network { _ = world.apply(manifest, manager: "test") }
    world.settle()
    world.advance(to: .seconds(120))
    let start = world
    try await withTemporaryFolder { folder in
      try await RunningWorld.open(start, clock: ContinuousClock(), speed: 100, errands: RefusingErrandRunner()) {
        running in
        try await work(ToolCluster(running, tools, folder))
      }
    }
  }

  private init(_ running: RunningWorld, _ tools: Toolset, _ folder: String) throws {
    self.running = running
    self.folder = folder
    self.tools = tools
    try running.host.kubeconfig.write(toFile: "\(folder)/kubeconfig", atomically: true, encoding: .utf8)
    let own = [
      "KUBECONFIG": "\(folder)/kubeconfig", "KUBECACHEDIR": "\(folder)/cache", "HELM_CACHE_HOME": "\(folder)/helm",
      "HELM_CONFIG_HOME": "\(folder)/helm", "HELM_DATA_HOME": "\(folder)/helm",
    ]
    let environment = ToolEnvironment(
      inheriting: ["PATH": "\(tools.folder):/usr/bin:/bin", "HOME": folder, "TMPDIR": folder], additions: own)
    runner = SubprocessToolRunner(environment: environment, clock: ContinuousClock())
  }

  /// Runs a program to its end.
  func run(_ tool: String, _ arguments: [String], input: String? = nil) async throws -> ToolOutput {
    try await runner.run(ToolInvocation(tool, arguments, input: input.map { .text($0) } ?? .none))
  }

  /// Runs kubectl with words parted by spaces, and further arguments that may hold spaces themselves.
  func kubectl(_ words: String, _ more: String..., input: String? = nil) async throws -> ToolOutput {
    try await run("kubectl", words.split(separator: " ").map(String.init) + more, input: input)
  }

  /// Runs kubectl and expects that it succeeds; gives what it printed.
  @discardableResult
  func succeed(
    _ words: String, _ more: String..., input: String? = nil, at location: Testing.SourceLocation = #_sourceLocation
  ) async throws -> String {
    let output = try await run("kubectl", words.split(separator: " ").map(String.init) + more, input: input)
    #expect(output.status == 0, "kubectl \(words): \(output.errorText)", sourceLocation: location)
    return output.text
  }

  /// Asks for a path with `get --raw`; kubectl 1.32 leaves out the path of the server's address there.
  func raw(_ path: String, at location: Testing.SourceLocation = #_sourceLocation) async throws -> String {
    let prefix = tools == .oldest ? "/\(running.host.endpoint.prefix)" : ""
    return try await succeed("get --raw \(prefix)\(path)", at: location)
  }

  /// Runs helm and expects that it succeeds; gives what it printed.
  @discardableResult
  func helm(_ words: String, at location: Testing.SourceLocation = #_sourceLocation) async throws -> String {
    let output = try await run("helm", words.split(separator: " ").map(String.init))
    #expect(output.status == 0, "helm \(words): \(output.errorText)", sourceLocation: location)
    return output.text
  }

  /// Applies a manifest as the pipeline does.
  @discardableResult
  func apply(_ manifest: JSONValue, at location: Testing.SourceLocation = #_sourceLocation) async throws -> String {
    try await succeed(
      "apply --server-side --field-manager=zerotouch -f -", input: manifest.text(), at: location)
  }
}
