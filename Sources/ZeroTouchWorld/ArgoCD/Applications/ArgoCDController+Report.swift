import ZeroTouchModel

/// A problem as an Application's status lists it.
struct ApplicationCondition: Sendable, Hashable {
  let type: String
  let message: String

  init(_ type: String, _ message: String) {
    self.type = type
    self.message = message
  }
}

/// Writing the status of an Application.
extension ArgoCDController {
  func report(
    _ key: ObjectKey, _ comparison: ApplicationComparison?, _ conditions: [ApplicationCondition],
    in world: inout World
  ) {
    guard let record = world.argoCD.records[key], let object = world.objects[key] else { return }
    let application = Application(key, object)
    var status = object["status"] ?? [:]
    status["sync"] = sync(application, record, comparison)
    status["health"] = health(comparison, of: key, before: status["health"], in: world)
    status["conditions"] = Self.listed(conditions, before: status["conditions"], at: world.timestamp)
    status["controllerNamespace"] = .string(ArgoCDNames.namespace)
    if let comparison { describe(comparison, record, in: world, &status) }
    if let operation = record.operation { status["operationState"] = OperationReport(operation).json }
    let types = application.sources.map(Self.type)
    status[application.hasSeveralSources ? "sourceTypes" : "sourceType"] =
      application.hasSeveralSources ? .array(types.map(JSONValue.string)) : types.first.map(JSONValue.string)
    world.objects.update(key) { object in
      object["status"] = status
      if let operation = record.operation { object["operation"] = OperationReport(operation).request }
    }
  }

  private func describe(
    _ comparison: ApplicationComparison, _ record: ApplicationRecord, in world: World, _ status: inout JSONValue
  ) {
    let persists =
      world.objects[ArgoCDNames.parameters]?["data"]?["controller.resource.health.persist"]?.stringValue == "true"
    status["resources"] = .array(comparison.resources.map { Self.line($0, withHealth: persists) })
    status["resourceHealthSource"] = persists ? nil : "appTree"
    let images = comparison.images.sorted().map(JSONValue.string)
    status["summary"] = images.isEmpty ? [:] : ["images": .array(images)]
  }

  private func sync(
    _ application: Application, _ record: ApplicationRecord, _ comparison: ApplicationComparison?
  ) -> JSONValue {
    let revisions = (record.wanted?.revisions ?? []).map(JSONValue.string)
    return .members([
      "status": .string((comparison?.sync ?? .unknown).rawValue),
      "comparedTo": application.comparedTo,
      "revision": application.hasSeveralSources ? nil : revisions.first,
      "revisions": application.hasSeveralSources && !revisions.isEmpty ? .array(revisions) : nil,
    ])
  }

  private func health(
    _ comparison: ApplicationComparison?, of key: ObjectKey, before: JSONValue?, in world: World
  ) -> JSONValue {
    var health = comparison?.health ?? ResourceHealth(.unknown)
    if case .degraded(let message, _) = world.activeFault(of: key.name) { health = ResourceHealth(.degraded, message) }
    var json = health.json
    let isSame = before?["status"] == json["status"]
    json["lastTransitionTime"] = isSame ? before?["lastTransitionTime"] : .string(world.timestamp)
    return json
  }

  private static func listed(
    _ conditions: [ApplicationCondition], before: JSONValue?, at time: String
  ) -> JSONValue? {
    guard !conditions.isEmpty else { return nil }
    let old = before?.arrayValue ?? []
    return .array(
      conditions.map { condition in
        let same = old.first { $0["type"] == .string(condition.type) && $0["message"] == .string(condition.message) }
        return same ?? [
          "type": .string(condition.type), "message": .string(condition.message), "lastTransitionTime": .string(time),
        ]
      })
  }

  private static func line(_ resource: ApplicationComparison.Resource, withHealth: Bool) -> JSONValue {
    .members([
      "group": resource.identity.group.isEmpty ? nil : .string(resource.identity.group),
      "version": .string(resource.identity.version),
      "kind": .string(resource.identity.kind),
      "namespace": resource.identity.namespace.isEmpty ? nil : .string(resource.identity.namespace),
      "name": .string(resource.identity.name),
      "status": resource.isHook
        ? nil : .string((resource.isSynced ? ApplicationComparison.Sync.synced : .outOfSync).rawValue),
      "hook": resource.isHook ? true : nil,
      "requiresPruning": resource.needsPruning ? true : nil,
      "syncWave": resource.wave == 0 ? nil : JSONValue(resource.wave),
      "health": withHealth ? resource.health?.json : nil,
    ])
  }

  private static func type(_ source: JSONValue) -> String {
    if source["chart"] != nil || source["helm"] != nil { return "Helm" }
    return source["kustomize"] != nil ? "Kustomize" : "Directory"
  }
}
