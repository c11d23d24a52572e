import Foundation
import Synchronization
import TestSupport
import ZeroTouchManifests
import ZeroTouchModel
import ZeroTouchTools

/// Machines and a cluster that answer every program of a bootstrap as fast as they are asked: what was done is there.
final class ScriptedCluster: Sendable {
  struct State: Sendable {
    var written: Set<String> = []
    var configured: Set<String> = []
    /// Machines that answer nothing after their reboot until etcd runs.
    var late: Set<String> = []
    /// Whether the Applications are OutOfSync when they are first looked at.
    var isEarly = false
    var hasEtcd = false
    var labelled: Set<String> = []
    /// The control planes whose Talos has let go of the inline manifests.
    var handedOver: Set<String> = []
    /// What Talos lists as its own: some of what helm prints here, and some of what Talos brings.
    var inventory: Set = ["kube-system_cilium_apps_DaemonSet", "kube-system_coredns_apps_Deployment"]
    /// What Talos holds inline beside what helm prints here today: an older chart's.
    var olderObject: JSONValue?
    var secret: JSONValue?
    var hasArgoCD = false
    var hasRoot = false
    var health = "Healthy"
    var kubectl = "v1.35.2"
  }

  let spec: ClusterSpec
  let state: Mutex<State>

  init(_ spec: ClusterSpec, _ state: State = State()) {
    self.spec = spec
    self.state = Mutex(state)
  }

  /// The runner over this cluster.
  var tools: ScriptedToolRunner {
    ScriptedToolRunner { invocation async throws(ToolError) in
      if invocation.arguments.contains("--watch") {
        do { try await Task.never() } catch { throw .cancelled(invocation) }
      }
      return self.answer(to: invocation)
    }
  }

  private func answer(to invocation: ToolInvocation) -> ToolOutput {
    switch invocation.tool {
    case "git": git(invocation.arguments)
    case "helm": helm(invocation.arguments)
    case "ssh": ssh(invocation)
    case "talosctl": talosctl(invocation.arguments)
    default: kubectl(invocation)
    }
  }

  private func git(_ arguments: [String]) -> ToolOutput {
    if arguments == ["--version"] { return .printing("git version 2.43.0\n") }
    if arguments.contains("rev-parse") { return .printing("abc123\n") }
    return .printing(arguments.contains("ls-remote") ? "abc123\trefs/heads/main\n" : "")
  }

  private func helm(_ arguments: [String]) -> ToolOutput {
    if arguments.first == "version" { return .printing("v4.1.4+g1\n") }
    if arguments.first == "show" { return .printing("operator: {replicas: 1}\n") }
    if arguments.contains("cilium") { return .printing(CiliumRendering.text) }
    return .printing(
      "---\n# Source: a\nkind: CustomResourceDefinition\nmetadata: {name: x}\n---\nkind: Deployment\nmetadata: {name: y}\n"
    )
  }

  private func node(_ arguments: [String], after flag: String) -> Node? {
    guard let index = arguments.firstIndex(of: flag), index + 1 < arguments.count else { return nil }
    return spec.nodes.first { $0.address.description == arguments[index + 1] }
  }

  private func ssh(_ invocation: ToolInvocation) -> ToolOutput {
    if invocation.arguments == ["-V"] { return .printing("OpenSSH_9.6p1, OpenSSL 3.0.13\n") }
    guard let node = spec.nodes.first(where: { node in invocation.arguments.contains("root@\(node.address)") }),
      state.withLock({ !$0.written.contains(node.name) })
    else { return .failing("ssh: connect to host: Connection refused", status: 255) }
    if invocation.arguments.last == "reboot" {
      _ = state.withLock { $0.written.insert(node.name) }
      return .failing("Connection to host closed by remote host.", status: 255)
    }
    return .printing("")
  }
}

// MARK: - talosctl

extension ScriptedCluster {
  private static let refused = ToolOutput.failing(
    "rpc error: code = Unavailable desc = connection error: desc = \"dial tcp: connect: connection refused\"")

  private func talosctl(_ arguments: [String]) -> ToolOutput {
    if arguments.first == "version" { return .printing("Client:\n\tTag:         v1.13.9\n") }
    if arguments.first == "gen" { return generate(arguments) }
    if ["machineconfig", "validate"].contains(arguments.first) || arguments.contains("config") {
      return touching(arguments)
    }
    guard let node = node(arguments, after: "-n") else { return .failing("nodes are not set") }
    let (written, configured, hasEtcd) = state.withLock {
      (
        $0.written.contains(node.name) && ($0.hasEtcd || !$0.late.contains(node.name)),
        $0.configured.contains(node.name), $0.hasEtcd
      )
    }
    guard written else { return Self.refused }
    let isInsecure = arguments.contains("--insecure")
    if isInsecure == configured {
      return .failing(
        isInsecure
          ? "rpc error: code = Unavailable desc = remote error: tls: certificate required"
          : "rpc error: code = Unavailable desc = x509: certificate signed by unknown authority")
    }
    if arguments.contains("manifests"), arguments.contains("json") { return manifest(of: node) }
    if arguments.contains("manifests") { return .printing(manifests(of: node)) }
    if arguments.contains("no-reboot") {
      _ = state.withLock { $0.handedOver.insert(node.name) }
    } else if arguments.contains("apply-config") {
      _ = state.withLock { $0.configured.insert(node.name) }
    } else if arguments.contains("machinestatus") {
      return .printing(
        "{\"spec\":{\"stage\":\"\(configured ? "running" : "maintenance")\",\"status\":{\"ready\":true}}}")
    } else if arguments.contains("service") {
      return .printing(
        "NODE     x\nID       etcd\nSTATE    \(hasEtcd ? "Running" : "Preparing")\nHEALTH   \(hasEtcd ? "OK" : "Fail")\n"
      )
    } else if arguments.contains("members") {
      return .printing(members)
    } else if arguments.contains("bootstrap") {
      if hasEtcd { return .failing("rpc error: code = AlreadyExists desc = etcd data directory is not empty") }
      state.withLock { $0.hasEtcd = true }
    } else if arguments.contains("kubeconfig") {
      return touching(arguments)
    }
    return .printing("")
  }

  private func manifests(of node: Node) -> String {
    let isHeld = state.withLock { !$0.handedOver.contains(node.name) }
    let names = ["11-core-dns"] + (isHeld ? ["99-00-gateway-api-crds", "99-10-cilium"] : [])
    return "NODE          NAMESPACE      TYPE       ID             VERSION\n"
      + names.map { "203.0.113.10  controlplane   Manifest   \($0)   1\n" }.joined()
  }

  private func manifest(of node: Node) -> ToolOutput {
    let (isHeld, older) = state.withLock { (!$0.handedOver.contains(node.name), $0.olderObject) }
    guard isHeld else {
      return .failing("rpc error: code = NotFound desc = resource Manifests(99-10-cilium) doesn't exist")
    }
    return .printing(JSONValue.object(["spec": .array([older].compactMap(\.self))]).text())
  }

  private var members: String {
    let rows = spec.controlPlanes.filter { node in state.withLock { $0.configured.contains(node.name) } }
    return "NODE        ID    HOSTNAME   PEER URLS   CLIENT URLS   LEARNER\n"
      + rows.map { "203.0.113.1  1     \($0.name)       x           y             false\n" }.joined()
  }

  private func generate(_ arguments: [String]) -> ToolOutput {
    if arguments.contains("secrets") { return .printing(YAMLWriter.text(of: TalosSecrets.placeholder.document)) }
    guard let file = arguments.last else { return .failing("no output") }
    touch(file)
    return .printing("")
  }

  /// Programs that write the file they name last, or nothing.
  private func touching(_ arguments: [String]) -> ToolOutput {
    if let last = arguments.last, arguments.contains("-o") || arguments.contains("-f") { touch(last) }
    return .printing("")
  }

  private func touch(_ path: String) {
    _ = FileManager.default.createFile(atPath: path, contents: Data("made\n".utf8))
  }
}
