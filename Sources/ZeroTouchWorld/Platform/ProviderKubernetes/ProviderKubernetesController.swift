import ZeroTouchModel

/// provider-kubernetes: keeps what its Objects describe, with the rights of its own ServiceAccount.
///
/// It works while its package is healthy. It does not watch what it made: it looks again, oftener until that is ready.
struct ProviderKubernetesController: Controller {
  static let providers = GroupResource("providers", "pkg.crossplane.io")
  private static let runtimes = GroupResource("deploymentruntimeconfigs", "pkg.crossplane.io")
  private static let configs = GroupResource("providerconfigs", "kubernetes.crossplane.io")
  private static let package = "provider-kubernetes"
  private static let namespace = "crossplane-system"
  private static let pauseUntilReady = Duration.seconds(30)
  private static let pauseBetweenLooks = Duration.seconds(600)

  let name: String = Self.package
  let watches: Set<GroupResource> = [ManagedObject.resource, providers, configs, runtimes]

  func reconcile(_ changed: [ObjectKey], in world: inout World) {
    guard let account = Self.account(in: world) else { return }
    let concernsAll = changed.contains { $0.resource != ManagedObject.resource }
    let all = concernsAll ? world.objects.list(ManagedObject.resource).map(\.key) : []
    for key in Set(all + changed.filter { $0.resource == ManagedObject.resource }).sorted() {
      guard world.hasNews(key) || (concernsAll && world.objects[key] != nil) else { continue }
      look(at: key, account, in: &world)
    }
  }

  func elapsed(_ timer: Timer, in world: inout World) {
    guard let account = Self.account(in: world) else { return }
    look(at: timer.subject, account, in: &world)
  }

  /// The ServiceAccount of the provider that runs; nil while none does.
  private static func account(in world: World) -> String? {
    for (key, provider) in world.objects.list(providers) where provider.condition("Healthy")?["status"] == "True" {
      let image = provider[path: "spec", "package"]?.stringValue?.split(separator: "/").last ?? ""
      guard image.split(separator: ":").first.map(String.init) == package else { continue }
      let runtime = provider[path: "spec", "runtimeConfigRef", "name"]?.stringValue ?? "default"
      let template = world.objects[ObjectKey(runtimes, runtime)]?[path: "spec", "serviceAccountTemplate", "metadata"]
      return template?["name"]?.stringValue ?? provider[path: "status", "currentRevision"]?.stringValue ?? key.name
    }
    return nil
  }

  private func look(at key: ObjectKey, _ account: String, in world: inout World) {
    guard let json = world.objects[key] else { return }
    let object = ManagedObject(key, json)
    let timer = Timer(name, key, "look")
    world.timers.cancel(timer)
    if object.isPaused {
      let message = "Reconciliation is paused via the pause annotation"
      return world.setCondition("Synced", false, "ReconcilePaused", message, of: key)
    }
    do throws(ObjectFailure) {
      var rights = ServiceAccountRights(account, in: Self.namespace)
      let pause = try object.isGoing ? release(object, &rights, in: &world) : keep(object, &rights, in: &world)
      world.platform.failures[key] = nil
      world.setCondition("Synced", true, "ReconcileSuccess", "", of: key)
      if world.objects[key] != nil { world.start(timer, after: pause) }
    } catch {
      world.setCondition("Synced", false, "ReconcileError", error.message, of: key)
      let failures = world.platform.failures[key, default: 0]
      world.platform.failures[key] = failures + 1
      world.start(timer, after: .seconds(min(1 << min(failures, 6), 60)))
    }
    // What was written here is no news.
    _ = world.hasNews(key)
  }

  /// Makes what the Object describes, or brings it back to that; says when to look again.
  private func keep(
    _ object: ManagedObject, _ rights: inout ServiceAccountRights, in world: inout World
  ) throws(ObjectFailure) -> Duration {
    let target = try observe(object, &rights, in: &world)
    hold(object, in: &world)
    guard let live = world.objects[target] else {
      guard object.may("Create") else { throw ObjectFailure("observe", "external resource does not exist") }
      do throws(APIFailure) { try write(object, &rights, in: &world) } catch {
        throw ObjectFailure("create", "cannot create object: cannot create object: \(error.message)")
      }
      world.setCondition("Ready", false, "Creating", "", of: object.key)
      return .seconds(1)
    }
    if object.may("Update"), !ResourceComparison.isSynced(object.manifest, live) {
      do throws(APIFailure) { try write(object, &rights, in: &world) } catch {
        throw ObjectFailure("observe", "cannot get desired state: cannot dry run SSA: \(error.message)")
      }
    }
    let current = world.objects[target] ?? live
    if world.objects[object.key]?[path: "status", "atProvider", "manifest"] != current {
      world.objects.update(object.key) { $0[path: "status", "atProvider", "manifest"] = current }
    }
    let isReady = object.isReady(current) ?? true
    world.setCondition("Ready", isReady, isReady ? "Available" : "Unavailable", "", of: object.key)
    return isReady ? Self.pauseBetweenLooks : Self.pauseUntilReady
  }

  /// Takes what was made away, where it is to go, and lets the Object go.
  private func release(
    _ object: ManagedObject, _ rights: inout ServiceAccountRights, in world: inout World
  ) throws(ObjectFailure) -> Duration {
    guard object.deletesWithItself else {
      letGo(object, in: &world)
      return .zero
    }
    let target = try observe(object, &rights, in: &world)
    guard let live = world.objects[target] else {
      letGo(object, in: &world)
      return .zero
    }
    world.setCondition("Ready", false, "Deleting", "", of: object.key)
    if live[path: "metadata", "deletionTimestamp"] == nil {
      do throws(APIFailure) { try rights.check("delete", target, in: world) } catch {
        throw ObjectFailure("delete", "cannot delete object: \(error.message)")
      }
      world.delete(target, propagation: object.propagation)
    }
    return .seconds(1)
  }

  /// Where the object lies that is meant, once the provider may look at it.
  private func observe(
    _ object: ManagedObject, _ rights: inout ServiceAccountRights, in world: inout World
  ) throws(ObjectFailure) -> ObjectKey {
    guard let config = world.objects[ObjectKey(Self.configs, object.providerConfig)] else {
      let missing = "ProviderConfig.kubernetes.crossplane.io \"\(object.providerConfig)\" not found"
      throw ObjectFailure("connect", "cannot get provider config: \(missing)")
    }
    let source = config[path: "spec", "credentials", "source"]?.stringValue ?? ""
    guard source == "InjectedIdentity" else {
      let reason =
        "the rehearsal has no cluster but its own, which a provider reaches by InjectedIdentity, not \(source)"
      throw ObjectFailure("connect", "cannot build kube client for provider config: \(reason)")
    }
    if !object.isGoing { try resolve(object, in: world) }
    let (apiVersion, kind) = (
      object.manifest["apiVersion"]?.stringValue ?? "", object.manifest["kind"]?.stringValue ?? ""
    )
    guard let type = world.registry.type(apiVersion: apiVersion, kind: kind) else {
      throw ObjectFailure(
        "observe", "cannot get object: no matches for kind \"\(kind)\" in version \"\(apiVersion)\"")
    }
    let target = type.key(
      object.manifest[path: "metadata", "namespace"]?.stringValue ?? "default",
      object.manifest[path: "metadata", "name"]?.stringValue ?? "")
    do throws(APIFailure) { try rights.check("get", target, in: world) } catch {
      throw ObjectFailure("observe", "cannot get object: \(error.message)")
    }
    return target
  }

  private func resolve(_ object: ManagedObject, in world: World) throws(ObjectFailure) {
    for need in object.needs {
      let type = world.registry.type(apiVersion: need.apiVersion, kind: need.kind)
      if let type, world.objects[type.key(need.namespace, need.name)] != nil { continue }
      let group = GroupVersion(apiVersion: need.apiVersion).group
      let kind = group.isEmpty ? need.kind : "\(need.kind).\(group)"
      throw ObjectFailure(
        "observe",
        "cannot resolve resource references: cannot get referenced resource: \(kind) \"\(need.name)\" not found")
    }
  }

  private func write(
    _ object: ManagedObject, _ rights: inout ServiceAccountRights, in world: inout World
  ) throws(APIFailure) {
    try rights.check(object.manifest, in: world)
    switch world.apply(object.manifest, manager: "provider-kubernetes/\(object.key.name)") {
    case .success: return
    case .failure(let failure): throw failure
    }
  }

  /// The finalizer and the name of what is outside, as every managed resource carries them.
  private func hold(_ object: ManagedObject, in world: inout World) {
    let name = "crossplane.io/external-name"
    guard !object.json.finalizers.contains(ManagedObject.finalizer) || object.json.annotation(name) == nil else {
      return
    }
    world.objects.update(object.key) { json in
      let held = json.finalizers.filter { $0 != ManagedObject.finalizer } + [ManagedObject.finalizer]
      json[path: "metadata", "finalizers"] = .array(held.map(JSONValue.string))
      if json.annotation(name) == nil { json[path: "metadata", "annotations", name] = .string(object.key.name) }
    }
  }

  private func letGo(_ object: ManagedObject, in world: inout World) {
    let left = object.json.finalizers.filter { $0 != ManagedObject.finalizer }
    world.objects.update(object.key) {
      $0[path: "metadata", "finalizers"] = left.isEmpty ? nil : .array(left.map(JSONValue.string))
    }
    if left.isEmpty { world.delete(object.key) }
  }
}
