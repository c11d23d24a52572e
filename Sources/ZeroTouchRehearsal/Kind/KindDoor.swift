import Foundation
import ZeroTouchManifests
import ZeroTouchModel
import ZeroTouchWorld

/// Plays `kind`: makes, lists and deletes the one cluster of containers that the world can have.
///
/// Words and exit statuses are those of kind v0.32; all it says of its progress goes to standard error.
package struct KindDoor: ShimResponder {
  package init() {}

  package func answer(_ call: ShimCall, host: WorldHost) async -> ShimReply {
    let line: KindCommandLine
    switch KindCommandLine.read(call.arguments) {
    case .invalid(let problem): return Self.failure(problem)
    case .command(let parsed): line = parsed
    }
    let files = CallFiles(call: call)
    do throws(CallFailure) {
      switch line.words.joined(separator: " ") {
      case "version": return ShimReply(standardOutput: "kind v0.32.0 go1.26.3 linux/amd64\n")
      case "get clusters": return await Self.clusters(host)
      case "create cluster": return try await Self.create(line, files, host)
      case "delete cluster": return try await Self.delete(line, files, host)
      case "get kubeconfig": return ShimReply(standardOutput: try await Self.kubeconfig(line, host).text)
      default: return try await Self.export(line, files, host)
      }
    } catch {
      return Self.failure(error.message)
    }
  }

  private static func clusters(_ host: WorldHost) async -> ShimReply {
    guard let name = await host.withWorld({ $0.kindCluster?.name }) else {
      return ShimReply(standardError: "No kind clusters found.\n")
    }
    return ShimReply(standardOutput: "\(name)\n")
  }

  /// Whoever ends the program in the middle leaves containers in which nothing answers.
  private static func create(
    _ line: KindCommandLine, _ files: CallFiles, _ host: WorldHost
  ) async throws(CallFailure) -> ShimReply {
    let name = line.cluster
    let configuration = try configuration(line, files)
    let nodes = zip(configuration.nodeNames(of: name), configuration.roles).map { KindNode(name: $0, role: $1) }
    let isFree = await host.withWorld { world in
      guard world.kindCluster == nil else { return false }
      world.provisionKindCluster(name, nodes: nodes)
      return true
    }
    guard isFree else {
      throw CallFailure("failed to create cluster: node(s) already exist for a cluster with the name \"\(name)\"")
    }
    do { try await host.sleep(virtual: RealWorld.kindCreation.declared.typical) } catch {
      return ShimReply(status: 130)
    }
    await host.withWorld { $0.completeKindCluster() }
    try await write(kubeconfig(line, host), line, files)
    return ShimReply(
      standardError:
        "Creating cluster \"\(name)\" ...\n ✓ Starting control-plane 🕹️\nSet kubectl context to \"kind-\(name)\"\n")
  }

  private static func configuration(
    _ line: KindCommandLine, _ files: CallFiles
  ) throws(CallFailure) -> KindConfiguration {
    guard let path = line.values["config"] else { return KindConfiguration() }
    let text = try files.read(path)
    do { return try KindConfiguration.parse(text, file: path) } catch {
      throw CallFailure("failed to create cluster: \(error)")
    }
  }

  private static func delete(
    _ line: KindCommandLine, _ files: CallFiles, _ host: WorldHost
  ) async throws(CallFailure) -> ShimReply {
    let name = line.cluster
    await host.withWorld { world in
      if world.kindCluster?.name == name { world.deleteKindCluster() }
    }
    if let path = line.values["kubeconfig"], files.exists(path) {
      try files.write("apiVersion: v1\nkind: Config\n", to: path, permissions: 0o600)
    }
    return ShimReply(standardError: "Deleting cluster \"\(name)\" ...\n")
  }

  private static func export(
    _ line: KindCommandLine, _ files: CallFiles, _ host: WorldHost
  ) async throws(CallFailure) -> ShimReply {
    try await write(kubeconfig(line, host), line, files)
    return ShimReply(standardError: "Set kubectl context to \"kind-\(line.cluster)\"\n")
  }

  private static func kubeconfig(_ line: KindCommandLine, _ host: WorldHost) async throws(CallFailure) -> Kubeconfig {
    let name = line.cluster
    guard await host.withWorld({ $0.kindCluster?.name == name && $0.kindCluster?.isComplete == true }) else {
      throw CallFailure("could not locate any control plane nodes for cluster named '\(name)'")
    }
    return Kubeconfig(endpoint: host.endpoint, name: "kind-\(name)", context: "kind-\(name)")
  }

  /// Only files of a cluster's own are written here: nobody's entries are merged, so none can be lost.
  private static func write(
    _ kubeconfig: Kubeconfig, _ line: KindCommandLine, _ files: CallFiles
  ) throws(CallFailure) {
    guard let path = line.values["kubeconfig"] else {
      throw CallFailure("the simulated kind writes no kubeconfig but that of --kubeconfig")
    }
    if files.exists(path), !(try files.read(path)).hasPrefix("apiVersion: v1\nkind: Config\n"),
      !(try files.read(path)).contains("name: \(kubeconfig.name)")
    {
      throw CallFailure("the simulated kind merges nothing into `\(path)`, which holds other clusters")
    }
    try files.write(kubeconfig.text, to: path, permissions: 0o600)
  }

  private static func failure(_ message: String) -> ShimReply {
    ShimReply(standardError: "ERROR: \(message)\n", status: 1)
  }
}
