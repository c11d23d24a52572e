import ZeroTouchModel

/// Dragonfly's operator: a StatefulSet and a Service for each Dragonfly, whose phase follows the pods.
struct DragonflyController: Controller {
  static let name = "dragonfly"
  private static let namespace = "dragonfly-operator"
  private static let instances = GroupResource("dragonflies", "dragonflydb.io")

  let name: String = Self.name
  let watches: Set<GroupResource> = [instances, .deployments, .statefulSets]

  private enum Purpose {
    static let apply = "apply"
  }

  func reconcile(_ changed: [ObjectKey], in world: inout World) {
    let runs = world.isReady(deployment: "dragonfly-operator", in: Self.namespace)
    let cameUp = world.operatorCameUp(Self.name, isRunning: runs)
    guard runs else { return }
    let concerned = Set(
      changed.filter { $0.resource != .deployments }.map { ObjectKey(Self.instances, $0.namespace, $0.name) })
    let keys = cameUp ? world.objects.list(Self.instances).map(\.key) : concerned.sorted()
    for key in keys { advance(key, in: &world) }
  }

  func elapsed(_ timer: Timer, in world: inout World) {
    guard world.platform.running.contains(Self.name) else { return }
    advance(timer.subject, in: &world)
  }

  private func advance(_ key: ObjectKey, in world: inout World) {
    let timer = Timer(Self.name, key, Purpose.apply)
    guard let dragonfly = world.objects[key] else { return world.stopRetrying(timer) }
    guard dragonfly[path: "metadata", "deletionTimestamp"] == nil else { return }
    let wanted = dragonfly[path: "spec", "replicas"]?.intValue ?? 1
    for manifest in Self.objects(key, dragonfly, replicas: wanted) {
      guard case .failure(let refusal) = world.apply(manifest, manager: "dragonfly-operator") else { continue }
      // Its status has no place for this.
      world.recordEvent(.warning, "Resources", refusal.message, about: key, from: "dragonfly-operator")
      return world.retry(timer)
    }
    world.stopRetrying(timer)
    let workload = ObjectKey(.statefulSets, key.namespace, key.name)
    let ready = world.objects[workload]?[path: "status", "readyReplicas"]?.intValue ?? 0
    let phase: JSONValue = ready >= wanted ? "Ready" : "ResourcesCreated"
    guard dragonfly[path: "status", "phase"] != phase else { return }
    world.objects.update(key) { $0[path: "status", "phase"] = phase }
  }

  private static func objects(_ key: ObjectKey, _ dragonfly: JSONValue, replicas: Int) -> [JSONValue] {
    let labels: JSONValue = ["app": .string(key.name), "app.kubernetes.io/name": "dragonfly"]
    let metadata: JSONValue = [
      "name": .string(key.name), "namespace": .string(key.namespace), "labels": labels,
      "ownerReferences": [
        .controllerReference(
          apiVersion: "dragonflydb.io/v1alpha1", kind: "Dragonfly", name: key.name,
          uid: dragonfly[path: "metadata", "uid"])
      ],
    ]
    let image = dragonfly[path: "spec", "image"] ?? "docker.dragonflydb.io/dragonflydb/dragonfly:latest"
    let password = dragonfly[path: "spec", "authentication", "passwordFromSecret"]
    let container: JSONValue = .members([
      "name": "dragonfly", "image": image,
      "resources": dragonfly[path: "spec", "resources"],
      "env": password.map { [["name": "DFLY_requirepass", "valueFrom": ["secretKeyRef": $0]]] },
      "ports": [["name": "redis", "containerPort": 6379, "protocol": "TCP"]],
    ])
    let snapshot = dragonfly[path: "spec", "snapshot", "persistentVolumeClaimSpec"]
    return [
      [
        "apiVersion": "apps/v1", "kind": "StatefulSet", "metadata": metadata,
        "spec": .members([
          "replicas": JSONValue(replicas), "serviceName": .string(key.name), "selector": ["matchLabels": labels],
          "template": ["metadata": ["labels": labels], "spec": ["containers": [container]]],
          "volumeClaimTemplates": snapshot.map { [["metadata": ["name": "df"], "spec": $0]] },
        ]),
      ],
      [
        "apiVersion": "v1", "kind": "Service", "metadata": metadata,
        "spec": ["selector": labels, "ports": [["name": "redis", "port": 6379, "targetPort": 6379]]],
      ],
    ]
  }
}
