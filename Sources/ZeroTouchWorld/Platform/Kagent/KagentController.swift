import ZeroTouchModel

/// kagent's controller: accepts model configurations whose key is there, and runs a Deployment for each Agent.
struct KagentController: Controller {
  static let name = "kagent"
  private static let namespace = "kagent"
  private static let agents = GroupResource("agents", "kagent.dev")
  private static let models = GroupResource("modelconfigs", "kagent.dev")

  let name: String = Self.name
  let watches: Set<GroupResource> = [agents, models, .deployments, .secrets]

  private enum Purpose {
    static let apply = "apply"
  }

  func reconcile(_ changed: [ObjectKey], in world: inout World) {
    let runs = world.isReady(deployment: "kagent-controller", in: Self.namespace)
    let cameUp = world.operatorCameUp(Self.name, isRunning: runs)
    guard runs else { return }
    let places = Set(changed.map(\.namespace))
    for (key, model) in world.objects.list(Self.models) where cameUp || places.contains(key.namespace) {
      judge(key, model, in: &world)
    }
    for (key, agent) in world.objects.list(Self.agents) where cameUp || places.contains(key.namespace) {
      advance(key, agent, in: &world)
    }
  }

  func elapsed(_ timer: Timer, in world: inout World) {
    guard let agent = world.objects[timer.subject] else { return world.stopRetrying(timer) }
    guard world.platform.running.contains(Self.name) else { return }
    advance(timer.subject, agent, in: &world)
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
    guard isAccepted else { return refuse(key, "failed to get model \(model)", in: &world) }
    let timer = Timer(Self.name, key, Purpose.apply)
    switch world.apply(Self.deployment(key, agent), manager: "kagent-controller") {
    case .success:
      world.stopRetrying(timer)
      world.setCondition("Accepted", true, "Reconciled", "", of: key)
    case .failure(let refusal):
      refuse(key, refusal.message, in: &world)
      world.retry(timer)
    }
    let isReady = world.isReady(deployment: key.name, in: key.namespace)
    guard agent.condition("Ready")?["status"] != (isReady ? "True" : "False") else { return }
    world.setCondition(
      "Ready", isReady, isReady ? "DeploymentReady" : "DeploymentNotReady",
      isReady ? "Deployment is ready" : "Deployment is not ready, 0/1 pods are ready", of: key)
  }

  private func refuse(_ key: ObjectKey, _ message: String, in world: inout World) {
    world.setCondition("Accepted", false, "ReconcileFailed", message, of: key)
  }

  private static func deployment(_ key: ObjectKey, _ agent: JSONValue) -> JSONValue {
    let labels: JSONValue = ["app": "kagent", "kagent": .string(key.name)]
    let settings = agent[path: "spec", "declarative", "deployment"] ?? [:]
    var container: JSONValue = ["name": "kagent", "image": "cr.kagent.dev/kagent-dev/kagent/app:0.9.12"]
    for field in ["env", "resources", "volumeMounts", "securityContext"] { container[field] = settings[field] }
    var pod: JSONValue = ["containers": [container]]
    for field in ["volumes", "nodeSelector", "tolerations", "affinity", "serviceAccountName"] {
      pod[field] = settings[field]
    }
    return [
      "apiVersion": "apps/v1", "kind": "Deployment",
      "metadata": [
        "name": .string(key.name), "namespace": .string(key.namespace), "labels": labels,
        "ownerReferences": [
          .controllerReference(
            apiVersion: "kagent.dev/v1alpha2", kind: "Agent", name: key.name, uid: agent[path: "metadata", "uid"])
        ],
      ],
      "spec": [
        "replicas": settings["replicas"] ?? 1, "selector": ["matchLabels": labels],
        "template": ["metadata": ["labels": labels], "spec": pod],
      ],
    ]
  }
}
