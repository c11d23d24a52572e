import ArgumentParser
import Foundation
import ZeroTouchManifests
import ZeroTouchModel
import ZeroTouchPipeline
import ZeroTouchSecrets
import ZeroTouchTools

/// `zerotouch rescue`.
struct RescueCommand: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "rescue", abstract: "Send rented servers to their rescue system, through the provider's API.",
    discussion: """
      The servers are matched by their addresses and shown; without --confirm nothing else happens. What opens the rescue
      system is kept for `install-os`. A machine that is a node of the cluster is never sent.

      EXAMPLES
        zerotouch rescue cp01 --via robot   show which server it would be
        zerotouch rescue cp01 --via robot --confirm demo
            ROBOT_USER and ROBOT_PASSWORD are the web service's
        zerotouch rescue worker01 --via cloud --confirm demo --ssh-key ~/.ssh/id
      """)

  enum Provider: String, ExpressibleByArgument, CaseIterable, Sendable { case robot, cloud }

  @Argument(help: "The machines, by their names in the spec.")
  var names: [String]

  @Option(name: .long, help: "robot for Hetzner's dedicated servers, cloud for Hetzner Cloud.")
  var via: Provider

  @OptionGroup var confirmation: Confirmation

  @Option(
    name: .long,
    help: "The key that is to open the rescue systems, where the account knows it; the spec's where none is named.")
  var sshKey: String?

  @Option(name: .long, help: "Where Robot's web-service user is to be read from.")
  var robotUser = "env:ROBOT_USER"

  @Option(name: .long, help: "Where its password is to be read from.")
  var robotPassword = "env:ROBOT_PASSWORD"

  @Option(name: .long, help: "Where Hetzner Cloud's token is to be read from.")
  var cloudToken = "env:HCLOUD_TOKEN"

  @Option(name: .long, help: "Another address of the provider's API.")
  var api: String?

  @OptionGroup var options: SpecOptions

  func execute(in environment: LiveEnvironment) async throws -> ExitStatus {
    let (spec, layout) = try options.cluster().resolve(in: environment)
    let chosen = try spec.machines(names)
    try confirmation.check(of: spec)
    let nodes = spec.nodes.filter { chosen.contains($0.name) }.sorted { $0.name < $1.name }
    let workspace = Workspace(root: layout.state(of: spec.name))
    try await refuseMembers(nodes, workspace, environment)
    let provider = try await provider(spec, environment)
    let servers = try await provider.servers()
    let matched = try nodes.map { node in
      guard let server = servers.first(where: { $0.has(node.address) }) else {
        throw ProviderError.noServer(node.address)
      }
      return (node, server)
    }
    environment.console.result(Self.table(matched))
    try confirmation.demand(of: spec, losing: "these servers would be restarted into their rescue systems")
    try workspace.prepare()
    let dispatch = RescueDispatch(
      provider: provider, workspace: workspace, tools: environment.composition.tools, clock: environment.clock,
      console: environment.console)
    let keys = try await keys(nodes, environment)
    try await dispatch.send(matched.map { RescueDispatch.Candidate(node: $0, server: $1, key: keys[$0.name]) })
    environment.console.narrate("next: zerotouch install-os \(nodes.map(\.name).joined(separator: " "))")
    return .done
  }

  /// A machine that runs with this cluster's configuration is taken out of it first.
  private func refuseMembers(_ nodes: [Node], _ workspace: Workspace, _ environment: LiveEnvironment) async throws {
    guard workspace.contents(of: workspace.path("talosconfig")) != nil else { return }
    let talosctl = Talosctl(talosconfig: workspace.path("talosconfig"))
    for node in nodes {
      let answer = try? await environment.composition.tools.run(talosctl.machineStatus(node.address))
      guard answer?.status == 0 else { continue }
      throw Refusal(
        .refused, "`\(node.name)` (\(node.address)) runs with this cluster's configuration; nothing was touched",
        remedy: "take it out first: zerotouch nodes remove \(node.name)")
    }
  }

  private func provider(_ spec: ClusterSpec, _ environment: LiveEnvironment) async throws -> any RescueProvider {
    let composition = environment.composition
    let resolver = composition.resolver(for: spec, prompt: TerminalPrompt().ask)
    func secret(_ text: String) async throws -> Secret {
      guard let reference = SecretReference(text) else {
        throw Refusal(
          .inputWrong, "credentials are named by where they are read from, never by their value",
          remedy: "write one of \(SecretReference.forms)")
      }
      do { return try await resolver.resolve(reference) } catch {
        throw Refusal(.inputWrong, "the provider's credentials cannot be read: \(error.reason)", remedy: error.remedy)
      }
    }
    switch via {
    case .robot:
      return HetznerRobot(
        user: try await secret(robotUser), password: try await secret(robotPassword), tools: composition.tools,
        base: api ?? HetznerRobot.address)
    case .cloud:
      return HetznerCloud(
        token: try await secret(cloudToken), tools: composition.tools, clock: environment.clock,
        base: api ?? HetznerCloud.address)
    }
  }

  /// The key that each machine is to be opened with: the one of the command line, or the spec's.
  private func keys(
    _ nodes: [Node], _ environment: LiveEnvironment
  ) async throws -> [String: RescueDispatch.Key] {
    var known: [String: RescueDispatch.Key] = [:]
    var keys: [String: RescueDispatch.Key] = [:]
    for node in nodes {
      var file = sshKey
      if file == nil, case .file(let path, nil)? = node.access.sshKey { file = path }
      guard let path = file.map(environment.absolute) else { continue }
      if known[path] == nil {
        known[path] = RescueDispatch.Key(file: path, fingerprint: try await fingerprint(path, environment))
      }
      keys[node.name] = known[path]
    }
    return keys
  }

  private func fingerprint(_ file: String, _ environment: LiveEnvironment) async throws -> SSHFingerprint {
    let output = try await environment.composition.tools.run(SSHFingerprint.question(file))
    guard output.status == 0, let key = SSHFingerprint(output.text) else {
      throw Refusal(
        .inputWrong, "`\(file)` is no key: \(output.complaint); nothing was touched",
        remedy: "name a file that ssh-keygen wrote")
    }
    return key
  }

  private static func table(_ matched: [(Node, ProviderServer)]) -> String {
    var table = Table(header: ["NODE", "ADDRESS", "SERVER", "NAME", "PRODUCT", "PLACE", "STATUS"])
    table.rows = matched.map { node, server in
      [
        node.name, "\(node.address)", "\(server.number)", server.name, server.product, server.place, server.status,
      ]
    }
    return table.text
  }
}
