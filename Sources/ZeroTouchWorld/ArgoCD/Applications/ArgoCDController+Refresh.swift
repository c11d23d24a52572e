import ZeroTouchModel

/// Reading Applications and rendering what they want.
extension ArgoCDController {
  func scheduleRefresh(_ key: ObjectKey, after delay: Duration? = nil, in world: inout World) {
    world.start(timer(key, Purpose.refresh), after: delay ?? RealWorld.applicationRefresh.declared.typical)
  }

  /// Notices a new or changed Application, a wish to refresh it, and its end.
  func follow(_ key: ObjectKey, in world: inout World) {
    guard let object = world.objects[key] else {
      forget(key, in: &world)
      return
    }
    let application = Application(key, object)
    guard key.namespace == ArgoCDNames.namespace, !application.isSkipped else { return }
    if let fault = world.applicationFaults[key.name], let end = fault.end, end > world.now {
      world.start(timer(key, Purpose.fault), after: end - world.now)
    }
    let wasRead = world.argoCD.records[key]?.spec
    let isWished = object.annotation(ArgoCDNames.refresh) != nil
    guard wasRead != application.comparedTo || isWished else { return }
    world.argoCD.records[key, default: ApplicationRecord()].spec = application.comparedTo
    if isWished {
      world.objects.update(key) { $0[path: "metadata", "annotations", ArgoCDNames.refresh] = nil }
      scheduleRefresh(key, after: .zero, in: &world)
    } else {
      scheduleRefresh(key, in: &world)
    }
  }

  private func forget(_ key: ObjectKey, in world: inout World) {
    world.argoCD.records[key] = nil
    for purpose in [Purpose.refresh, Purpose.step, Purpose.retry, Purpose.heal, Purpose.fault] {
      world.timers.cancel(timer(key, purpose))
    }
    for (id, owner) in world.argoCD.open where owner == key { world.argoCD.open[id] = nil }
  }

  /// Asks the repository server for the wanted state.
  func refresh(_ key: ObjectKey, in world: inout World) {
    guard let object = world.objects[key] else { return }
    let application = Application(key, object)
    if application.isBeingDeleted || application.isSkipped { return }
    world.argoCD.records[key, default: ApplicationRecord()].spec = application.comparedTo
    world.argoCD.records[key]?.rendering = [:]
    world.argoCD.records[key]?.rendered = [:]
    let first = application.sources.first?["repoURL"]?.stringValue ?? ""
    if application.invalidity(in: world) != nil {
      world.argoCD.records[key]?.failure = nil
      assess(key, in: &world)
    } else if let reason = ArgoCDComponents.lookupFailure(first, in: world) {
      fail(key, application, source: 0, reason, in: &world)
    } else {
      ask(key, application, in: &world)
    }
  }

  private func ask(_ key: ObjectKey, _ application: Application, in world: inout World) {
    for (place, work) in application.errands.enumerated() {
      let id = world.send(work, for: key)
      world.argoCD.open[id] = key
      world.argoCD.records[key]?.rendering[id] = place
    }
  }

  private func fail(
    _ key: ObjectKey, _ application: Application, source: Int, _ reason: String, in world: inout World
  ) {
    let count = application.sources.count
    world.argoCD.records[key]?.failure =
      "Failed to load target state: failed to generate manifest for source \(source + 1) of \(count): "
      + "rpc error: code = Unknown desc = \(reason)"
    finishRefresh(key, in: &world)
  }

  private func finishRefresh(_ key: ObjectKey, in world: inout World) {
    let time = world.timestamp
    world.objects.update(key) { $0[path: "status", "reconciledAt"] = .string(time) }
    assess(key, in: &world)
  }

  /// Takes the answers of errands that came in; says whose Applications have all of theirs.
  func takeAnswers(in world: inout World) -> Set<ObjectKey> {
    takePolls(in: &world)
    var concerned: Set<ObjectKey> = []
    for (id, key) in world.argoCD.open.sorted(by: { $0.key < $1.key }) {
      guard let result = world.results.removeValue(forKey: id) else { continue }
      world.argoCD.open[id] = nil
      guard let place = world.argoCD.records[key]?.rendering.removeValue(forKey: id) else { continue }
      world.argoCD.records[key]?.rendered[place] = result
      if world.argoCD.records[key]?.rendering.isEmpty == true {
        absorb(key, in: &world)
        concerned.insert(key)
      }
    }
    return concerned
  }

  /// Makes the wanted state of the rendered sources.
  private func absorb(_ key: ObjectKey, in world: inout World) {
    guard let object = world.objects[key], let rendered = world.argoCD.records[key]?.rendered else { return }
    let application = Application(key, object)
    var manifests: [JSONValue] = []
    var revisions: [String] = []
    for (place, result) in rendered.sorted(by: { $0.key < $1.key }) {
      switch result {
      case .failed(let reason): return fail(key, application, source: place, reason, in: &world)
      case .resolved(let commit): revisions.append(commit)
      case .listed: continue
      case .rendered(let objects, let commit):
        manifests += objects
        revisions.append(commit)
      }
    }
    for (source, revision) in zip(application.sources, revisions) where source["chart"] == nil {
      world.argoCD.commits[application.reference(of: source)] = revision
    }
    world.argoCD.records[key]?.rendered = [:]
    world.argoCD.records[key]?.failure = nil
    world.argoCD.records[key]?.verdicts = [:]
    let wanted = WantedState(manifests, revisions: revisions, of: application, in: world)
    world.argoCD.records[key]?.wanted = wanted
    let time = world.timestamp
    world.objects.update(key) { $0[path: "status", "reconciledAt"] = .string(time) }
  }
}
