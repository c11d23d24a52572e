import ZeroTouchModel

/// Looking at one Application as a whole: compare, sync, report.
extension ArgoCDController {
  func assess(_ key: ObjectKey, in world: inout World) {
    guard let object = world.objects[key], key.namespace == ArgoCDNames.namespace else { return }
    let application = Application(key, object)
    guard !application.isSkipped else { return }
    if application.isBeingDeleted { return cascade(key, application, in: &world) }
    guard world.argoCD.records[key]?.spec != nil else { return }
    if let reason = application.invalidity(in: world) {
      return report(key, nil, [ApplicationCondition("InvalidSpecError", reason)], in: &world)
    }
    if world.argoCD.filter.problem != nil { return report(key, nil, [], in: &world) }
    decideScopes(key, application, in: &world)
    guard var comparison = compare(key, application, in: &world) else { return }
    let compared = world.objects.revision
    takeRequest(key, application, in: &world)
    let refusal = syncAutomatically(key, application, comparison, in: &world)
    step(key, application, in: &world)
    // What the step applied is compared again at once, so that the report never lags behind the cluster.
    if world.objects.revision != compared, let current = world.objects[key] {
      comparison = compare(key, Application(key, current), in: &world) ?? comparison
    }
    if comparison.sync == .synced { world.argoCD.records[key]?.heals = 0 }
    report(key, comparison, conditions(key, application, comparison, refusal, in: world), in: &world)
  }

  /// Takes the wanted state anew where the server has learnt which of its kinds live in namespaces.
  private func decideScopes(_ key: ObjectKey, _ application: Application, in world: inout World) {
    guard let state = world.argoCD.records[key]?.wanted?.decided(of: application, in: world) else { return }
    world.argoCD.records[key]?.wanted = state
    if world.argoCD.records[key]?.operation?.wanted.revisions == state.revisions {
      world.argoCD.records[key]?.operation?.wanted = state
    }
  }

  private func compare(_ key: ObjectKey, _ application: Application, in world: inout World) -> ApplicationComparison? {
    guard var record = world.argoCD.records[key], record.wanted != nil || record.failure != nil else { return nil }
    let comparison = ApplicationComparison(application, &record, in: world)
    world.argoCD.records[key]?.verdicts = record.verdicts
    return comparison
  }

  private func conditions(
    _ key: ObjectKey, _ application: Application, _ comparison: ApplicationComparison, _ refusal: String?,
    in world: World
  ) -> [ApplicationCondition] {
    var conditions: [ApplicationCondition] = []
    let record = world.argoCD.records[key]
    if let failure = record?.failure { conditions.append(.init("ComparisonError", failure)) }
    if let refusal { conditions.append(.init("SyncError", refusal)) }
    for identity in record?.wanted?.repeated ?? [] {
      let name = "\(identity.group)/\(identity.kind)/\(identity.namespace)/\(identity.name)"
      conditions.append(
        .init("RepeatedResourceWarning", "Resource \(name) appeared 2 times among application resources."))
    }
    for identity in record?.wanted?.excluded ?? [] {
      conditions.append(
        .init(
          "ExcludedResourceWarning",
          "Resource \(identity.group)/\(identity.kind) \(identity.name) is excluded in the settings"))
    }
    for resource in comparison.resources {
      guard let other = resource.sharedWith else { continue }
      conditions.append(
        .init(
          "SharedResourceWarning",
          "\(resource.identity.kind)/\(resource.identity.name) is part of applications \(key.namespace)/\(key.name) and "
            + "\(other)"))
    }
    let unread = application.ignoredDifferences.flatMap(\.unread)
    for expression in unread {
      conditions.append(
        .init("ComparisonError", "the rehearsal reads only paths in jqPathExpressions, not `\(expression)`"))
    }
    return conditions
  }

  /// Deletes what the Application owns before it lets itself be deleted.
  private func cascade(_ key: ObjectKey, _ application: Application, in world: inout World) {
    let finalizers = (application.object[path: "metadata", "finalizers"]?.arrayValue ?? []).compactMap(\.stringValue)
    let cascades = finalizers.filter { $0.hasPrefix(ArgoCDNames.resourcesFinalizer) }
    guard !cascades.isEmpty else { return }
    world.argoCD.records[key]?.operation = nil
    let own = world.watched(world.argoCD.records[key]?.tracked ?? []).sorted().filter { object in
      guard let live = world.objects[object] else { return false }
      return !live.annotationList(ArgoCDNames.syncOptions).contains("Delete=false")
    }
    for object in own where world.objects[object]?[path: "metadata", "deletionTimestamp"] == nil {
      world.delete(object, propagation: .foreground)
    }
    guard own.allSatisfy({ world.objects[$0] == nil }) else { return }
    let left = finalizers.filter { !cascades.contains($0) }
    world.objects.update(key) { application in
      application[path: "metadata", "finalizers"] = left.isEmpty ? nil : .array(left.map(JSONValue.string))
    }
    if left.isEmpty { world.delete(key) }
  }
}
