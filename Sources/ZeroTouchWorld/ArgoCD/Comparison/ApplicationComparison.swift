import ZeroTouchModel

/// An Application's wanted state held against the live one: sync status and health.
struct ApplicationComparison: Sendable {
  enum Sync: String, Sendable {
    case synced = "Synced"
    case outOfSync = "OutOfSync"
    case unknown = "Unknown"
  }

  struct Resource: Sendable {
    let identity: ResourceIdentity
    let isSynced: Bool
    let needsPruning: Bool
    let health: ResourceHealth?
    let wave: Int
    let isHook: Bool
    let countsForHealth: Bool
    /// Another Application's object.
    let sharedWith: String?
  }

  private(set) var resources: [Resource] = []
  private(set) var sync = Sync.unknown
  private(set) var health = ResourceHealth(.unknown)
  private(set) var images: Set<String> = []
  private let isPartial: Bool
  private let comparesOwners: Bool

  /// Compares; verdicts about unchanged live objects are taken from the record and kept there.
  init(_ application: Application, _ record: inout ApplicationRecord, in world: World) {
    isPartial = record.failure != nil
    let ignored = application.ignoredDifferences
    comparesOwners = application.comparesOwners(in: world)
    var wanted: Set<ObjectKey> = []
    for resource in record.wanted?.resources ?? [] {
      let key = world.key(of: resource.identity)
      if let key { wanted.insert(key) }
      let live = key.flatMap { world.objects[$0] }
      add(resource, live, key, ignored, application, &record, in: world)
    }
    for key in world.watched(record.tracked).subtracting(wanted).sorted() { addExtra(key, in: world) }
    guard record.wanted != nil else { return }
    sync = isPartial ? .unknown : resources.allSatisfy(\.isSynced) ? .synced : .outOfSync
    health = overall()
  }

  private mutating func add(
    _ resource: WantedState.Resource, _ live: JSONValue?, _ key: ObjectKey?, _ ignored: [IgnoredDifference],
    _ application: Application, _ record: inout ApplicationRecord, in world: World
  ) {
    guard let live, let key else {
      let isChild = resource.identity.group == "argoproj.io" && resource.identity.kind == "Application"
      let counts =
        !isChild && world.argoCD.checks.checks(group: resource.identity.group, kind: resource.identity.kind)
      append(resource.identity, resource.manifest, synced: false, ResourceHealth(.missing), counts: counts)
      return
    }
    let verdict = verdict(resource, live, ignored, &record, in: world)
    for container in live[path: "spec", "template", "spec", "containers"]?.arrayValue ?? [] {
      if let image = container["image"]?.stringValue { images.insert(image) }
    }
    let owner = world.trackedBy(key, live)
    append(
      resource.identity, resource.manifest, synced: verdict.isSynced, verdict.health,
      counts: live.annotation(ArgoCDNames.ignoreHealthCheck) != "true",
      sharedWith: owner == application.name ? nil : owner)
  }

  private func verdict(
    _ resource: WantedState.Resource, _ live: JSONValue, _ ignored: [IgnoredDifference],
    _ record: inout ApplicationRecord, in world: World
  ) -> ApplicationRecord.Verdict {
    let revision = live[path: "metadata", "resourceVersion"]?.stringValue ?? ""
    if let known = record.verdicts[resource.identity], known.revision == revision { return known }
    let paths = ignored.filter { $0.concerns(resource.identity) }.flatMap(\.paths)
    let verdict = ApplicationRecord.Verdict(
      revision: revision,
      isSynced: ResourceComparison.isSynced(resource.manifest, live, ignoring: paths)
        && !(comparesOwners && isAddedTo(resource, live, in: world)),
      health: world.argoCD.checks.health(of: live))
    record.verdicts[resource.identity] = verdict
    return verdict
  }

  private func isAddedTo(_ resource: WantedState.Resource, _ live: JSONValue, in world: World) -> Bool {
    let identity = resource.identity
    guard let type = world.registry.type(group: identity.group, kind: identity.kind), type.isCustom else {
      return false
    }
    let shape = MergeShape(type, version: identity.version)
    return ResourceComparison.isAddedTo(resource.manifest["spec"] ?? [:], by: live["spec"], shape.field("spec"))
  }

  /// A live object that says it belongs here and that no manifest describes any more.
  private mutating func addExtra(_ key: ObjectKey, in world: World) {
    guard let live = world.objects[key] else { return }
    let isHook = SyncHook.isHook(live)
    let isIgnored = isHook || live.annotationList(ArgoCDNames.compareOptions).contains("IgnoreExtraneous")
    resources.append(
      Resource(
        identity: world.identity(of: key, live), isSynced: isIgnored, needsPruning: !isIgnored,
        health: world.argoCD.checks.health(of: live), wave: SyncTask.wave(of: live), isHook: isHook,
        countsForHealth: !isHook && live.annotation(ArgoCDNames.ignoreHealthCheck) != "true", sharedWith: nil))
  }

  private mutating func append(
    _ identity: ResourceIdentity, _ manifest: JSONValue, synced: Bool, _ health: ResourceHealth?, counts: Bool,
    sharedWith: String? = nil
  ) {
    resources.append(
      Resource(
        identity: identity, isSynced: synced, needsPruning: false, health: health, wave: SyncTask.wave(of: manifest),
        isHook: false, countsForHealth: counts, sharedWith: sharedWith))
  }

  /// The worst of what counts; Missing only when everything is missing.
  private func overall() -> ResourceHealth {
    let counted = resources.filter(\.countsForHealth).compactMap(\.health)
    let present = counted.filter { $0.status != .missing }
    if present.isEmpty, !counted.isEmpty { return ResourceHealth(.missing) }
    // An unknown child Application is its own affair.
    let worst = present.map(\.status).max() ?? .healthy
    return ResourceHealth(worst)
  }
}
