import ZeroTouchModel

/// What a Deployment asks for, with its ReplicaSets as they are.
struct Rollout: Sendable {
  struct Replicas: Sendable {
    let key: ObjectKey
    let object: JSONValue
    var wanted: Int
    let revision: Int

    init(_ key: ObjectKey, _ object: JSONValue) {
      self.key = key
      self.object = object
      wanted = object[path: "spec", "replicas"]?.intValue ?? 1
      revision =
        object[path: "metadata", "annotations", Rollout.revisionAnnotation]?.stringValue.flatMap { Int($0) } ?? 0
    }

    var active: Int { object[path: "status", "replicas"]?.intValue ?? 0 }
    var ready: Int { object[path: "status", "readyReplicas"]?.intValue ?? 0 }
    var available: Int { object[path: "status", "availableReplicas"]?.intValue ?? 0 }
  }

  static let revisionAnnotation = "deployment.kubernetes.io/revision"
  static let desiredAnnotation = "deployment.kubernetes.io/desired-replicas"
  static let maxAnnotation = "deployment.kubernetes.io/max-replicas"
  static let hashLabel = "pod-template-hash"

  let key: ObjectKey
  let object: JSONValue
  let uid: String
  let replicas: Int
  let maxSurge: Int
  let maxUnavailable: Int
  let isRecreate: Bool
  let isPaused: Bool
  var newest: Replicas?
  /// The ReplicaSets of earlier templates, the oldest first.
  var older: [Replicas]

  init?(_ key: ObjectKey, in world: World) {
    guard let object = world.objects[key], object[path: "metadata", "deletionTimestamp"] == nil,
      let uid = object[path: "metadata", "uid"]?.stringValue
    else { return nil }
    self.key = key
    self.object = object
    self.uid = uid
    replicas = object[path: "spec", "replicas"]?.intValue ?? 1
    let rolling = object[path: "spec", "strategy", "rollingUpdate"]
    isRecreate = object[path: "spec", "strategy", "type"] == "Recreate"
    isPaused = object[path: "spec", "paused"] == true
    let surge = Self.amount(rolling?["maxSurge"] ?? "25%", of: replicas, roundsUp: true)
    let unavailable = Self.amount(rolling?["maxUnavailable"] ?? "25%", of: replicas, roundsUp: false)
    maxSurge = isRecreate ? 0 : surge
    maxUnavailable = isRecreate ? 0 : min(surge == 0 && unavailable == 0 ? 1 : unavailable, replicas)
    let sets = world.owned(by: uid, .replicaSets).compactMap { key in world.objects[key].map { Replicas(key, $0) } }
    let template = Self.bare(object[path: "spec", "template"])
    let matching = sets.filter { Self.bare($0.object[path: "spec", "template"]) == template }
    newest = matching.min { ($0.revision, $0.key) < ($1.revision, $1.key) }
    let current = newest?.key
    older = sets.filter { $0.key != current }.sorted { ($0.revision, $0.key) < ($1.revision, $1.key) }
  }

  var minimumAvailable: Int { replicas - maxUnavailable }

  var all: [Replicas] { older + (newest.map { [$0] } ?? []) }

  /// A number or a percentage of the replicas.
  static func amount(_ value: JSONValue, of total: Int, roundsUp: Bool) -> Int {
    if let number = value.intValue { return number }
    guard let text = value.stringValue, text.hasSuffix("%"), let percent = Int(text.dropLast()) else { return 0 }
    return roundsUp ? (percent * total + 99) / 100 : percent * total / 100
  }

  /// A template without the label that tells ReplicaSets apart.
  private static func bare(_ template: JSONValue?) -> JSONValue? {
    var template = template
    template?[path: "metadata", "labels", hashLabel] = nil
    template?[path: "metadata", "creationTimestamp"] = nil
    return template
  }
}
