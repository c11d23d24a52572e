import ZeroTouchModel

/// kagent's controller: accepts model configurations whose key is there, and runs a Deployment for each Agent.
struct KagentController: Controller {
  static let name = "kagent"
  private static let namespace = "kagent"
  private static let agents = GroupResource("agents", "kagent.dev")
  private static let models = GroupResource("modelconfigs", "kagent.dev")

  let name: String = Self.name
  let watches: Set<GroupResource> = [agents, models, .deployments, .secrets]

  func reconcile(_ changed: [ObjectKey], in world: inout World) {
    let runs = world.isReady(deployment: "kagent-controller", in: Self.namespace)
    _ = world.operatorCameUp(Self.name, isRunning: runs)
    guard runs else { return }
    for (key, model) in world.objects.list(Self.models) { judge(key, model, in: &world) }
    for (key, agent) in world.objects.list(Self.agents) { advance(key, agent, in: &world) }
  }

  private func judge(_ key: ObjectKey, _ model: JSONValue, in world: inout World) {
    let name = model[path: "spec", "apiKeySecret"]?.stringValue
    let missing = name.flatMap { world.objects[ObjectKey(.secrets, key.namespace, $0)] == nil ? $0 : nil }
    let reason = missing == nil ? "ModelConfigReconciled" : "ModelConfigReconcileFailed"
    guard model.condition("Accepted")?["reason"]?.stringValue != reason else { return }
    let message = missing.map { "failed to get secret \($0): secrets \"\($0)\" not found" } ?? ""
    world.setCondition("Accepted", missing == nil, reason, message, of: key)
  }

  private func advance(_ key: ObjectKey, _ agent: JSONValue, in world: inout World) {
    let model = agent[path: "spec", "declarative", "modelConfig"]?.stringValue ?? "default-model-config"
    let isAccepted =
      world.objects[ObjectKey(Self.models, key.namespace, model)]?.condition("Accepted")?["status"] == "True"
    if agent.condition("Accepted")?["status"] != (isAccepted ? "True" : "False") {
      world.setCondition(
        "Accepted", isAccepted, isAccepted ? "Reconciled" : "ReconcileFailed",
        isAccepted ? "" : "failed to get model \(model)", of: key)
    }
    guard isAccepted else { return }
    let workload = ObjectKey(.deployments, key.namespace, key.name)
    if world.objects[workload] == nil { _ = world.apply(Self.deployment(key, agent), manager: "kagent-controller") }
    let isReady = world.isReady(deployment: key.name, in: key.namespace)
    guard agent.condition("Ready")?["status"] != (isReady ? "True" : "False") else { return }
    world.setCondition(
      "Ready", isReady, isReady ? "DeploymentReady" : "DeploymentNotReady",
      isReady ? "Deployment is ready" : "Deployment is not ready, 0/1 pods are ready", of: key)
  }

  private static func deployment(_ key: ObjectKey, _ agent: JSONValue) -> JSONValue {
    let labels: JSONValue = ["app": "kagent", "kagent": .string(key.name)]
    return [
      "apiVersion": "apps/v1", "kind": "Deployment",
      "metadata": [
        "name": .string(key.name), "namespace": .string(key.namespace), "labels": labels,
        "ownerReferences": [
          .members([
            "apiVersion": "kagent.dev/v1alpha2", "kind": "Agent", "name": .string(key.name),
            "uid": agent[path: "metadata", "uid"], "controller": true, "blockOwnerDeletion": true,
          ])
        ],
      ],
      "spec": [
        "replicas": 1, "selector": ["matchLabels": labels],
        "template": [
          "metadata": ["labels": labels],
          "spec": [
            "containers": [["name": "kagent", "image": "cr.kagent.dev/kagent-dev/kagent/app:0.9.12"]]
          ],
        ],
      ],
    ]
  }
}
