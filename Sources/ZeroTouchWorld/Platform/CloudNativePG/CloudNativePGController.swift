import ZeroTouchModel

/// CloudNativePG's operator: brings up the instances of a Cluster one after the other, and says how far it is.
///
/// The Jobs that initialise and join instances are not shown; an instance is a pod with its volume.
struct CloudNativePGController: Controller {
  static let name = "cloudnative-pg"
  private static let namespace = "cnpg-system"
  private static let clusters = GroupResource("clusters", "postgresql.cnpg.io")
  private static let barman = "barman-cloud.cloudnative-pg.io"

  let name: String = Self.name
  let watches: Set<GroupResource> = [clusters, stores, .deployments, .pods, .secrets]

  private enum Purpose {
    static let create = "create"
  }

  /// What a cluster is doing, in the operator's own words.
  private enum Phase {
    static let primary = "Setting up primary"
    static let replica = "Creating a new replica"
    static let healthy = "Cluster in healthy state"
    static let refused = "Unable to create required cluster objects"
    static let plugin = "Cluster cannot proceed to reconciliation due to an unknown plugin being required"
  }

  func reconcile(_ changed: [ObjectKey], in world: inout World) {
    let runs = world.isReady(deployment: "cloudnative-pg", in: Self.namespace)
    let cameUp = world.operatorCameUp(Self.name, isRunning: runs)
    guard runs else { return }
    let places = Set(changed.filter { $0.resource != .deployments }.map(\.namespace))
    let brings = changed.contains { $0.namespace == Self.namespace }
    for (key, cluster) in world.objects.list(Self.clusters)
    where cameUp || brings || places.contains(key.namespace) {
      advance(key, cluster, in: &world)
    }
  }

  func elapsed(_ timer: Timer, in world: inout World) {
    guard let cluster = world.objects[timer.subject] else { return world.stopRetrying(timer) }
    guard world.platform.running.contains(Self.name) else { return }
    advance(timer.subject, cluster, in: &world)
  }

  private func advance(_ key: ObjectKey, _ cluster: JSONValue, in world: inout World) {
    guard cluster[path: "metadata", "deletionTimestamp"] == nil else { return }
    if let plugin = missingPlugin(cluster, in: world) {
      return report(key, cluster, Phase.plugin, "Unknown plugin: \(plugin)", ready: 0, in: &world)
    }
    let wanted = cluster[path: "spec", "instances"]?.intValue ?? 1
    let ready = (1...max(wanted, 1)).prefix { isReady(key, $0, in: world) }.count
    let timer = Timer(Self.name, key, Purpose.create)
    if world.objects[instance(key, 1)] == nil,
      let refusal = Self.missingPart(ofArchive: key, cluster, in: world)
        ?? Self.archiveRefusal(key, cluster, in: world)
    {
      return report(key, cluster, Phase.primary, refusal, ready: ready, in: &world)
    }
    if ready > 0 { Self.archive(key, cluster, in: &world) }
    var refusal: APIFailure?
    do throws(APIFailure) {
      if world.objects[instance(key, 1)] == nil { try createAccess(key, cluster, in: &world) }
    } catch {
      report(key, cluster, Phase.refused, error.message, ready: ready, in: &world)
      return world.retry(timer)
    }
    do throws(APIFailure) {
      if ready < wanted, world.objects[instance(key, ready + 1)] == nil {
        try create(ready + 1, of: key, cluster, in: &world)
      }
      world.stopRetrying(timer)
    } catch {
      refusal = error
      world.retry(timer)
    }
    reportProgress(key, cluster, ready, of: wanted, refusal, in: &world)
  }

  private func reportProgress(
    _ key: ObjectKey, _ cluster: JSONValue, _ ready: Int, of wanted: Int, _ refusal: APIFailure?,
    in world: inout World
  ) {
    let next = "\(key.name)-\(ready + 1)"
    switch ready {
    case 0:
      let reason = refusal?.message ?? "Creating primary instance \(next)"
      report(key, cluster, Phase.primary, reason, ready: 0, in: &world)
    case wanted...: report(key, cluster, Phase.healthy, "", ready: ready, in: &world)
    default:
      report(
        key, cluster, Phase.replica, refusal?.message ?? "Creating replica \(next)", ready: ready, in: &world)
    }
  }

  /// A plugin the cluster asks for and no running Deployment provides.
  private func missingPlugin(_ cluster: JSONValue, in world: World) -> String? {
    let plugins = (cluster[path: "spec", "plugins"]?.arrayValue ?? []).filter { $0["enabled"] != false }
    return plugins.compactMap { $0["name"]?.stringValue }.first { plugin in
      plugin != Self.barman || !world.isReady(deployment: "plugin-barman-cloud", in: Self.namespace)
    }
  }

  private func instance(_ key: ObjectKey, _ number: Int) -> ObjectKey {
    ObjectKey(.pods, key.namespace, "\(key.name)-\(number)")
  }

  private func isReady(_ key: ObjectKey, _ number: Int, in world: World) -> Bool {
    world.objects[instance(key, number)]?.condition("Ready")?["status"] == "True"
  }

  private func report(
    _ key: ObjectKey, _ cluster: JSONValue, _ phase: String, _ reason: String, ready: Int, in world: inout World
  ) {
    let status = cluster["status"]
    let wanted = cluster[path: "spec", "instances"]?.intValue ?? 1
    guard
      status?["phase"]?.stringValue != phase || status?["readyInstances"]?.intValue != ready
        || status?["phaseReason"]?.stringValue ?? "" != reason
    else { return }
    world.objects.update(key) { cluster in
      cluster[path: "status", "phase"] = .string(phase)
      cluster[path: "status", "phaseReason"] = reason.isEmpty ? nil : .string(reason)
      cluster[path: "status", "instances"] = JSONValue(wanted)
      cluster[path: "status", "readyInstances"] = JSONValue(ready)
      cluster[path: "status", "currentPrimary"] = ready > 0 ? .string("\(key.name)-1") : nil
      cluster[path: "status", "writeService"] = .string("\(key.name)-rw")
    }
    let isHealthy = phase == Phase.healthy
    world.setCondition(
      "Ready", isHealthy, isHealthy ? "ClusterIsReady" : "ClusterIsNotReady",
      isHealthy ? "Cluster is Ready" : "Cluster Is Not Ready", of: key)
  }
}
