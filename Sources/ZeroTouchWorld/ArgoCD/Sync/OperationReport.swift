import ZeroTouchModel

/// A sync as `status.operationState` shows it.
struct OperationReport {
  private let operation: SyncOperation

  init(_ operation: SyncOperation) { self.operation = operation }

  private var revisions: (one: JSONValue?, several: JSONValue?) {
    let all = operation.wanted.revisions.map(JSONValue.string)
    return operation.comparedTo["sources"] == nil ? (all.first, nil) : (nil, .array(all))
  }

  /// What was asked for: `operation` while it runs and inside `operationState`.
  var request: JSONValue {
    .members([
      "initiatedBy": operation.isAutomated ? ["automated": true] : [:],
      "retry": ["limit": JSONValue(operation.retry.limit)],
      "sync": .members([
        "prune": operation.prunes ? true : nil,
        "revision": revisions.one,
        "revisions": revisions.several,
        "syncOptions": operation.options.words.isEmpty ? nil : .array(operation.options.words.map(JSONValue.string)),
        "resources": operation.selection.map { .array($0.sorted().map(Self.reference)) },
      ]),
    ])
  }

  var json: JSONValue {
    .members([
      "operation": request,
      "phase": .string(operation.phase.rawValue),
      "message": operation.message.isEmpty ? nil : .string(operation.message),
      "retryCount": operation.retryCount > 0 ? JSONValue(operation.retryCount) : nil,
      "startedAt": .string(operation.startedAt),
      "finishedAt": operation.finishedAt.map(JSONValue.string),
      "syncResult": result,
    ])
  }

  private var result: JSONValue {
    let tasks = operation.results.sorted { $0.value.order < $1.value.order }
    return .members([
      "revision": revisions.one ?? "",
      "revisions": revisions.several,
      "source": operation.comparedTo["source"] ?? (operation.comparedTo["sources"] == nil ? nil : ["repoURL": ""]),
      "sources": operation.comparedTo["sources"],
      "resources": tasks.isEmpty ? nil : .array(tasks.map { Self.line($0.key, $0.value) }),
    ])
  }

  func history(id: Int, _ time: String) -> JSONValue {
    .members([
      "id": JSONValue(id), "deployedAt": .string(time), "deployStartedAt": .string(operation.startedAt),
      "revision": revisions.one, "revisions": revisions.several, "source": operation.comparedTo["source"],
      "sources": operation.comparedTo["sources"],
      "initiatedBy": operation.isAutomated ? ["automated": true] : [:],
    ])
  }

  private static func line(_ id: SyncTask.ID, _ result: TaskResult) -> JSONValue {
    var line = reference(id.identity)
    line["version"] = .string(id.identity.version)
    line["syncPhase"] = .string(id.phase.rawValue)
    line["hookPhase"] = (result.phase?.rawValue).map(JSONValue.string)
    line["status"] = (result.code?.rawValue).map(JSONValue.string)
    line["message"] = .string(result.message)
    return line
  }

  private static func reference(_ identity: ResourceIdentity) -> JSONValue {
    .members([
      "group": .string(identity.group), "kind": .string(identity.kind), "name": .string(identity.name),
      "namespace": .string(identity.namespace),
    ])
  }
}
