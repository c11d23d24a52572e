import ZeroTouchModel

/// The tasks of one sync in their order, made anew at every step from the wanted and the live state.
struct SyncTasks: Sendable {
  private(set) var all: [SyncTask] = []
  /// Tasks whose kind the server does not know, with what it says.
  private(set) var invalid: [(task: SyncTask, message: String)] = []
  private let operation: SyncOperation
  private let application: Application

  init(_ operation: SyncOperation, _ application: Application, tracked: Set<ObjectKey>, in world: World) {
    self.operation = operation
    self.application = application
    addResources(tracked, in: world)
    if operation.selection == nil { addHooks(in: world) }
    addNamespace(in: world)
    validate(in: world)
    reversePruneWaves()
    all = SyncOrder.sorted(all)
  }

  /// Whether anything waits for anything: more than one wave or phase.
  var hasSteps: Bool {
    guard let first = all.first, let last = all.last else { return false }
    return first.phase != last.phase || first.wave != last.wave
  }

  private mutating func addResources(_ tracked: Set<ObjectKey>, in world: World) {
    var wanted: Set<ObjectKey> = []
    for resource in operation.wanted.resources {
      let key = world.key(of: resource.identity)
      if let key { wanted.insert(key) }
      guard operation.selection?.contains(resource.identity) ?? true else { continue }
      let task = SyncTask(
        phase: .sync, identity: resource.identity, target: resource.manifest, live: key.flatMap { world.objects[$0] },
        key: key, isHook: false, wave: SyncTask.wave(of: resource.manifest))
      if !isLeftAlone(task) { all.append(task) }
      if operation.options.failsOnSharedResource { refuseShared(task, in: world) }
    }
    for key in tracked.subtracting(wanted).sorted() {
      guard let live = world.objects[key], !SyncHook.isHook(live) else { continue }
      let identity = world.identity(of: key, live)
      guard operation.selection?.contains(identity) ?? true else { continue }
      all.append(
        SyncTask(
          phase: .sync, identity: identity, target: nil, live: live, key: key, isHook: false,
          wave: SyncTask.wave(of: live)))
    }
  }

  /// With `ApplyOutOfSyncOnly` what is in sync already is not applied again.
  private func isLeftAlone(_ task: SyncTask) -> Bool {
    guard operation.options.appliesOutOfSyncOnly, operation.isPending(task), let target = task.target,
      let live = task.live
    else { return false }
    return ResourceComparison.isSynced(target, live, ignoring: operation.ignoredPaths(of: task.identity))
  }

  private mutating func refuseShared(_ task: SyncTask, in world: World) {
    guard let key = task.key, let live = task.live, let owner = world.trackedBy(key, live), owner != application.name
    else { return }
    invalid.append(
      (
        task,
        "Shared resource found: \(task.identity.kind)/\(task.identity.name) is part of applications "
          + "\(application.key.namespace)/\(application.name) and \(owner)"
      ))
  }

  private mutating func addHooks(in world: World) {
    for hook in operation.wanted.hooks {
      for phase in SyncHook.phases(of: hook.manifest) {
        let identity = named(hook.identity, hook.manifest, phase)
        var manifest = hook.manifest
        manifest[path: "metadata", "name"] = .string(identity.name)
        manifest[path: "metadata", "annotations", ArgoCDNames.trackingID] = .string(
          identity.trackingID(of: application.name))
        let key = world.key(of: identity)
        all.append(
          SyncTask(
            phase: phase, identity: identity, target: manifest, live: key.flatMap { world.objects[$0] }, key: key,
            isHook: true, wave: SyncTask.wave(of: manifest)))
      }
    }
  }

  /// A hook with `generateName` takes a name from the commit, the phase and the start of the sync.
  private func named(_ identity: ResourceIdentity, _ manifest: JSONValue, _ phase: SyncPhase) -> ResourceIdentity {
    guard identity.name.isEmpty, let prefix = manifest[path: "metadata", "generateName"]?.stringValue else {
      return identity
    }
    let revision = (operation.wanted.revisions.first ?? "").prefix(7)
    let moment = operation.startedAt.filter(\.isNumber)
    return ResourceIdentity(
      group: identity.group, version: identity.version, kind: identity.kind, namespace: identity.namespace,
      name: "\(prefix)\(revision)-\(phase.rawValue)-\(moment)".lowercased())
  }

  private mutating func addNamespace(in world: World) {
    let name = application.destinationNamespace
    let identity = ResourceIdentity(group: "", version: "v1", kind: "Namespace", namespace: "", name: name)
    guard operation.options.createsNamespace, !name.isEmpty,
      !operation.wanted.resources.contains(where: { $0.identity == identity })
    else { return }
    let key = ObjectKey(.namespaces, "", name)
    let live = world.objects[key]
    var target: JSONValue = ["apiVersion": "v1", "kind": "Namespace", "metadata": ["name": .string(name)]]
    for field in ["labels", "annotations"] {
      target[path: "metadata", field] = operation.namespaceMetadata?[field]
    }
    let task = SyncTask(
      phase: .preSync, identity: identity, target: target, live: live, key: key, isHook: false, wave: 0)
    let isUpToDate = live.map { ResourceComparison.isSynced(target, $0) } ?? false
    if !isUpToDate || !operation.isPending(task) { all.append(task) }
  }

  private mutating func validate(in world: World) {
    let project = ApplicationProject(of: application, in: world)
    for task in all where task.target != nil && task.phase != .preSync {
      let type = world.registry.type(group: task.identity.group, kind: task.identity.kind)
      if let refusal = project?.refusal(of: task.identity, isNamespaced: type?.isNamespaced) {
        invalid.append((task, refusal))
      }
    }
    for index in all.indices where !world.serves(all[index].identity) {
      let task = all[index]
      let own = SyncOptions(task.object?.annotationList(ArgoCDNames.syncOptions) ?? [])
      if operation.options.skipsDryRunOnMissingResource || own.skipsDryRunOnMissingResource
        || definesKind(task.identity)
      {
        all[index].skipsDryRun = true
      } else if task.isPrune {
        continue
      } else {
        invalid.append((task, Self.missing(task.identity, in: world)))
      }
    }
  }

  /// Whether the sync itself brings the definition of a kind.
  private func definesKind(_ identity: ResourceIdentity) -> Bool {
    operation.wanted.resources.contains { resource in
      resource.identity.kind == "CustomResourceDefinition"
        && resource.manifest[path: "spec", "group"]?.stringValue == identity.group
        && resource.manifest[path: "spec", "names", "kind"]?.stringValue == identity.kind
    }
  }

  private static func missing(_ identity: ResourceIdentity, in world: World) -> String {
    let kind = "\(identity.group)/\(identity.kind)"
    let resource = "\(identity.namespace)/\(identity.name)"
    let remedy = "Make sure the \"\(identity.kind)\" CRD is installed on the destination cluster."
    guard world.registry.type(group: identity.group, kind: identity.kind) == nil else {
      return "The Kubernetes API could not find version \"\(identity.version)\" of \(kind) for requested resource "
        + "\(resource). \(remedy)"
    }
    return "the server could not find the requested resource: The Kubernetes API could not find \(kind) for requested "
      + "resource \(resource). \(remedy)"
  }

  /// What is deleted goes in the reverse order of its creation.
  private mutating func reversePruneWaves() {
    let waves = Set(all.filter(\.isPrune).map(\.wave)).sorted()
    let reversed = Dictionary(uniqueKeysWithValues: zip(waves, waves.reversed()))
    let last = (all.filter { $0.phase == .sync }.map(\.wave).max() ?? 0) + 1
    for index in all.indices where all[index].isPrune {
      let own = SyncOptions(all[index].live?.annotationList(ArgoCDNames.syncOptions) ?? [])
      let isLast = operation.options.prunesLast || own.prunesLast
      all[index].wave = isLast ? last : reversed[all[index].wave] ?? all[index].wave
    }
  }
}
