import ZeroTouchModel

/// KEDA's operator: gives each ScaledObject an autoscaler once its target and its triggers' endpoints are there.
///
/// No queue is ever measured: targets keep their replicas, or the minimum where that is more.
struct KEDAController: Controller {
  static let name = "keda"
  private static let namespace = "keda"
  private static let scaledObjects = GroupResource("scaledobjects", "keda.sh")

  let name: String = Self.name
  let watches: Set<GroupResource> = [scaledObjects, .deployments, .statefulSets, .services, .pods]

  private enum Purpose {
    static let apply = "apply"
  }

  func reconcile(_ changed: [ObjectKey], in world: inout World) {
    let runs = world.isReady(deployment: "keda-operator", in: Self.namespace)
    let cameUp = world.operatorCameUp(Self.name, isRunning: runs)
    guard runs else { return }
    world.refreshIndex()
    for (key, scaled) in world.objects.list(Self.scaledObjects) {
      // A healthy one is looked at again only when it changes itself.
      let isReady = scaled.condition("Ready")?["status"] == "True"
      guard cameUp || !isReady || changed.contains(key) else { continue }
      judge(key, scaled, in: &world)
    }
  }

  func elapsed(_ timer: Timer, in world: inout World) {
    guard let scaled = world.objects[timer.subject] else { return world.stopRetrying(timer) }
    guard world.platform.running.contains(Self.name) else { return }
    world.refreshIndex()
    judge(timer.subject, scaled, in: &world)
  }

  private func judge(_ key: ObjectKey, _ scaled: JSONValue, in world: inout World) {
    let known = scaled.condition("Ready")
    guard let target = Self.target(of: scaled, key.namespace), let workload = world.objects[target] else {
      return world.setCondition(
        "Ready", false, "ScaledObjectCheckFailed", "ScaledObject doesn't have correct scaleTargetRef specification",
        of: key)
    }
    guard Self.unanswered(scaled, key.namespace, in: world) == nil else {
      guard known?["reason"] != "TriggerError" else { return }
      return world.setCondition(
        "Ready", false, "TriggerError", "Triggers defined in ScaledObject are not working correctly", of: key)
    }
    raise(target, workload, toAtLeast: scaled[path: "spec", "minReplicaCount"]?.intValue ?? 0, in: &world)
    let timer = Timer(Self.name, key, Purpose.apply)
    if case .failure(let refusal) = world.apply(Self.autoscaler(key, scaled, target), manager: "keda") {
      let message = "failed to ensure HPA is correctly created for ScaledObject: \(refusal.message)"
      world.setCondition("Ready", false, "ScaledObjectCheckFailed", message, of: key)
      return world.retry(timer)
    }
    world.stopRetrying(timer)
    guard known?["status"] != "True" else { return }
    world.setCondition(
      "Active", false, "ScalerNotActive", "Scaling is not performed because triggers are not active", of: key)
    world.setCondition(
      "Ready", true, "ScaledObjectReady", "ScaledObject is defined correctly and is ready for scaling", of: key)
  }

  private static func target(of scaled: JSONValue, _ namespace: String) -> ObjectKey? {
    let reference = scaled[path: "spec", "scaleTargetRef"] ?? [:]
    guard let name = reference["name"]?.stringValue else { return nil }
    switch reference["kind"]?.stringValue ?? "Deployment" {
    case "Deployment": return ObjectKey(.deployments, namespace, name)
    case "StatefulSet": return ObjectKey(.statefulSets, namespace, name)
    default: return nil
    }
  }

  /// The first endpoint of a NATS trigger inside the cluster that no ready pod answers, or what the trigger lacks.
  private static func unanswered(_ scaled: JSONValue, _ namespace: String, in world: World) -> String? {
    for trigger in scaled[path: "spec", "triggers"]?.arrayValue ?? [] where trigger["type"] == "nats-jetstream" {
      let settings = trigger["metadata"]
      let lacking = ["natsServerMonitoringEndpoint", "stream", "consumer"].first { settings?[$0] == nil }
      if let lacking { return lacking }
      if settings?["account"] == nil, settings?["accountID"] == nil { return "account" }
      let endpoint = settings?["natsServerMonitoringEndpoint"]?.stringValue ?? ""
      let parts = endpoint.split(separator: ":").first?.split(separator: ".").map(String.init) ?? []
      guard let name = parts.first else { return endpoint }
      let home = parts.count > 1 ? parts[1] : namespace
      guard let service = world.objects[ObjectKey(.services, home, name)],
        world.hasReadyPod(behind: service, in: home)
      else { return endpoint }
    }
    return nil
  }

  private func raise(_ key: ObjectKey, _ workload: JSONValue, toAtLeast minimum: Int, in world: inout World) {
    guard (workload[path: "spec", "replicas"]?.intValue ?? 1) < minimum else { return }
    world.objects.update(key) { $0[path: "spec", "replicas"] = JSONValue(minimum) }
  }

  private static func autoscaler(_ key: ObjectKey, _ scaled: JSONValue, _ target: ObjectKey) -> JSONValue {
    let triggers = scaled[path: "spec", "triggers"]?.arrayValue ?? []
    let metrics = triggers.enumerated().map { number, trigger -> JSONValue in
      [
        "type": "External",
        "external": [
          "metric": ["name": .string("s\(number)-\(trigger["type"]?.stringValue ?? "")")],
          "target": ["type": "AverageValue", "averageValue": trigger[path: "metadata", "lagThreshold"] ?? "10"],
        ],
      ]
    }
    return [
      "apiVersion": "autoscaling/v2", "kind": "HorizontalPodAutoscaler",
      "metadata": [
        "name": .string("keda-hpa-\(key.name)"), "namespace": .string(key.namespace),
        "ownerReferences": [
          .controllerReference(
            apiVersion: "keda.sh/v1alpha1", kind: "ScaledObject", name: key.name,
            uid: scaled[path: "metadata", "uid"])
        ],
      ],
      "spec": [
        "minReplicas": JSONValue(max(scaled[path: "spec", "minReplicaCount"]?.intValue ?? 0, 1)),
        "maxReplicas": scaled[path: "spec", "maxReplicaCount"] ?? 100, "metrics": .array(metrics),
        "scaleTargetRef": [
          "apiVersion": "apps/v1", "kind": .string(target.resource == .deployments ? "Deployment" : "StatefulSet"),
          "name": .string(target.name),
        ],
      ],
    ]
  }
}
