import ZeroTouchModel

/// An Application as Argo CD reads it.
struct Application: Sendable {
  let key: ObjectKey
  let object: JSONValue

  init(_ key: ObjectKey, _ object: JSONValue) {
    self.key = key
    self.object = object
  }

  var name: String { key.name }
  var spec: JSONValue { object["spec"] ?? [:] }
  var destinationNamespace: String { spec[path: "destination", "namespace"]?.stringValue ?? "" }
  var isBeingDeleted: Bool { object[path: "metadata", "deletionTimestamp"] != nil }
  var isSkipped: Bool { object.annotation(ArgoCDNames.skipReconcile) == "true" }
  var policy: SyncPolicy { SyncPolicy(spec["syncPolicy"] ?? [:]) }
  var ignoredDifferences: [IgnoredDifference] {
    (spec["ignoreDifferences"]?.arrayValue ?? []).map(IgnoredDifference.init)
  }

  /// `spec.sources`, or the one of `spec.source`.
  var sources: [JSONValue] {
    if let several = spec["sources"]?.arrayValue, !several.isEmpty { return several }
    return spec["source"].map { [$0] } ?? []
  }

  var hasSeveralSources: Bool { !(spec["sources"]?.arrayValue ?? []).isEmpty }

  /// What the controller compares to: the part of the spec that decides the wanted state.
  var comparedTo: JSONValue {
    .members([
      "destination": spec["destination"],
      "source": hasSeveralSources ? nil : spec["source"],
      "sources": hasSeveralSources ? spec["sources"] : nil,
      "ignoreDifferences": spec["ignoreDifferences"],
    ])
  }
}

extension Application {
  /// Why the spec cannot be followed at all, in Argo CD's words.
  func invalidity(in world: World) -> String? {
    let destination = spec["destination"] ?? [:]
    let server = destination["server"]?.stringValue
    let cluster = destination["name"]?.stringValue
    if server != nil, cluster != nil {
      return "application destination can't have both name and server defined: \(cluster ?? "") \(server ?? "")"
    }
    if let cluster, cluster != "in-cluster" { return "there are no clusters with this name: \(cluster)" }
    if let server, server != ArgoCDNames.inCluster {
      return
        "error getting cluster by server \"\(server)\": rpc error: code = NotFound desc = cluster \"\(server)\" not found"
    }
    if server == nil, cluster == nil { return "Destination server missing from app spec" }
    if sources.isEmpty { return "spec.source.repoURL and either spec.source.path or spec.source.chart are required" }
    guard let project = ApplicationProject(of: self, in: world) else {
      return "Application referencing project \(project) which does not exist"
    }
    return project.refusal(of: self)
  }
}
