import Foundation
import Synchronization
import TestSupport
import ZeroTouchManifests
import ZeroTouchModel
import ZeroTouchTools

extension ScriptedCluster {
  private static let absent = ToolOutput.failing("Error from server (NotFound): it is not found")

  func kubectl(_ invocation: ToolInvocation) -> ToolOutput {
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
    if arguments.contains("diff") { return ToolOutput(status: 1) }
    if arguments.contains("apply") { return apply(invocation) }
    if arguments.contains("annotate") { return .printing("") }
    if arguments.contains("patch") { return disown(arguments) }
    if arguments.contains("label") {
      _ = state.withLock { $0.labelled.insert(arguments[4]) }
      return .printing("")
    }
    return get(arguments)
  }

  /// Takes out of Talos's inventory what a patch file sets to null.
  private func disown(_ arguments: [String]) -> ToolOutput {
    guard let file = arguments.last.flatMap({ FileManager.default.contents(atPath: $0) }),
      let rows = (try? JSONValue(parsing: file))?["data"]?.objectValue
    else { return .failing("error: unable to parse the patch") }
    state.withLock { state in state.inventory.subtract(rows.keys) }
    return .printing("")
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
    if arguments.contains("--ignore-not-found") { return .printing("") }
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
    case "configmap":
      let rows = Dictionary(uniqueKeysWithValues: now.inventory.map { ($0, "") })
      return [["metadata": ["name": "talos-bootstrap-manifests-inventory"], "data": JSONValue(rows)]]
    case "secret", "secrets": return now.secret.map { [$0] } ?? []
    case "applications.argoproj.io":
      if now.hasRoot { state.withLock { $0.isEarly = false } }
      return now.hasRoot ? applications(now.health, sync: now.isEarly ? "OutOfSync" : "Synced") : []
    case "gatewayclasses.gateway.networking.k8s.io":
      return [object("", "cilium", ["conditions": [["type": "Accepted", "status": "True"]]])]
    case "customresourcedefinitions.apiextensions.k8s.io": return definitions
    case "pods": return nodes.map(agent)
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

  /// The Cilium agent of a node.
  private func agent(on node: Node) -> JSONValue {
    [
      "metadata": [
        "name": .string("cilium-\(node.name)"), "namespace": "kube-system", "labels": ["k8s-app": "cilium"],
      ], "spec": ["nodeName": .string(node.name)],
      "status": ["phase": "Running", "conditions": [["type": "Ready", "status": "True"]]],
    ]
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
