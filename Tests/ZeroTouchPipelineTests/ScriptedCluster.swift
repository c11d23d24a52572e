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
    if arguments.contains("apply-config") {
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

// MARK: - kubectl

extension ScriptedCluster {
  private static let absent = ToolOutput.failing("Error from server (NotFound): it is not found")

  private func kubectl(_ invocation: ToolInvocation) -> ToolOutput {
    let arguments = invocation.arguments
    if arguments.contains("--client") {
      return .printing("{\"clientVersion\":{\"gitVersion\":\"\(state.withLock { $0.kubectl })\"}}")
    }
    if arguments.first == "kustomize" { return .printing("kind: Application\n") }
    guard state.withLock({ $0.hasEtcd }) || spec.provider == .existing else {
      return .failing("The connection to the server was refused - did you specify the right host or port?")
    }
    if arguments.contains("/readyz") { return .printing("ok") }
    if arguments.contains("exec") { return .printing("OK\n") }
    if arguments.contains("apply") { return apply(invocation) }
    if arguments.contains("label") {
      _ = state.withLock { $0.labelled.insert(arguments[4]) }
      return .printing("")
    }
    return get(arguments)
  }

  private func apply(_ invocation: ToolInvocation) -> ToolOutput {
    state.withLock { state in
      if case .secret(let manifest) = invocation.input {
        state.secret = (try? JSONValue(parsing: manifest.exposed))?["items"]?.arrayValue?.last
      } else if invocation.arguments.last?.hasSuffix("argocd-rest.yaml") == true {
        state.hasArgoCD = true
      } else if invocation.arguments.last?.hasSuffix("root.yaml") == true {
        state.hasRoot = true
      }
    }
    return .printing("")
  }

  /// `get KIND NAME …` or `get KIND …`, behind the kubeconfig's two words.
  private func get(_ arguments: [String]) -> ToolOutput {
    let items = objects(arguments[3])
    guard let name = arguments.dropFirst(4).first, !name.hasPrefix("-") else {
      return .printing(JSONValue.object(["kind": "List", "items": .array(items)]).text())
    }
    return items.first { $0[path: "metadata", "name"]?.stringValue == name }.map { .printing($0.text()) } ?? Self.absent
  }

  private func objects(_ resource: String) -> [JSONValue] {
    let now = state.withLock { $0 }
    let nodes = spec.nodes.filter { now.configured.contains($0.name) }
    switch resource {
    case "node", "nodes": return nodes.map { node($0, now) }
    case "secret", "secrets": return now.secret.map { [$0] } ?? []
    case "applications.argoproj.io":
      if now.hasRoot { state.withLock { $0.isEarly = false } }
      return now.hasRoot ? applications(now.health, sync: now.isEarly ? "OutOfSync" : "Synced") : []
    case "gatewayclasses.gateway.networking.k8s.io":
      return [object("", "cilium", ["conditions": [["type": "Accepted", "status": "True"]]])]
    case "customresourcedefinitions.apiextensions.k8s.io": return definitions
    case "daemonsets.apps": return [workload("kube-system", "cilium", max(nodes.count, 1))]
    case "deployments.apps":
      let names = [
        "applicationset-controller", "dex-server", "notifications-controller", "redis", "repo-server", "server",
      ]
      return [workload("kube-system", "cilium-operator", 1), workload("kube-system", "coredns", 1)]
        + names.map { workload("argocd", "argocd-\($0)", 1) }
    case "statefulsets.apps": return [workload("argocd", "argocd-application-controller", 1)]
    default: return []
    }
  }

  private func object(_ namespace: String, _ name: String, _ status: JSONValue) -> JSONValue {
    [
      "metadata": ["name": .string(name), "namespace": .string(namespace), "generation": 1], "spec": [:],
      "status": status,
    ]
  }

  private func node(_ node: Node, _ now: State) -> JSONValue {
    var value: JSONValue = [
      "metadata": ["name": .string(node.name), "labels": [:]], "spec": [:],
      "status": ["conditions": [["type": "Ready", "status": "True"]]],
    ]
    if now.labelled.contains(node.name) {
      value[path: "metadata", "labels"] = ["node-role.kubernetes.io/worker": ""]
    }
    return value
  }

  private func workload(_ namespace: String, _ name: String, _ count: Int) -> JSONValue {
    let all = JSONValue(count)
    return [
      "metadata": ["name": .string(name), "namespace": .string(namespace), "generation": 1],
      "spec": ["replicas": all, "selector": ["matchLabels": ["name": .string(name)]]],
      "status": [
        "observedGeneration": 1, "replicas": all, "updatedReplicas": all, "readyReplicas": all,
        "availableReplicas": all, "desiredNumberScheduled": all, "updatedNumberScheduled": all, "numberReady": all,
        "numberAvailable": all, "currentRevision": "1", "updateRevision": "1",
      ],
    ]
  }

  private var definitions: [JSONValue] {
    let gateway = ["gatewayclasses", "gateways", "grpcroutes", "httproutes", "referencegrants"]
      .map { "\($0).gateway.networking.k8s.io" }
    let argo = ["applications", "applicationsets", "appprojects"].map { "\($0).argoproj.io" }
    return (gateway + argo).map {
      object("", $0, ["conditions": [["type": "Established", "status": "True"]]])
    }
  }

  private func applications(_ health: String, sync: String) -> [JSONValue] {
    ["platform", "argocd", "app-3", "app-1", "crossplane"].map { name in
      [
        "apiVersion": "argoproj.io/v1alpha1", "kind": "Application",
        "metadata": ["name": .string(name), "namespace": "argocd"],
        "spec": ["source": ["repoURL": .string(spec.gitops.repoURL), "targetRevision": .string(spec.gitops.revision)]],
        "status": [
          "sync": ["status": .string(sync), "revision": "abc123"],
          "health": ["status": .string(name == "crossplane" ? health : "Healthy")],
        ],
      ]
    }
  }
}
