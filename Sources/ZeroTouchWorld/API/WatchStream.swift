package import ZeroTouchModel

/// One open watch: what it has already sent and what it still wants to see.
package struct WatchStream: Sendable {
  /// The last revision whose changes were sent.
  package var revision: UInt64
  package let resource: GroupResource
  /// nil watches every namespace.
  package let namespace: String?
  /// When the server ends the stream by itself, in seconds.
  package let timeoutSeconds: Int?
  /// Whether nothing comes any more: the door ends the stream after the last lines.
  package private(set) var isFinished = false

  private let filter: ObjectFilter?
  private let view: ObjectView?
  private let sendsBookmarks: Bool
  /// Events that were due when the watch began.
  private var opening: [JSONValue] = []

  package init(revision: UInt64, resource: GroupResource, namespace: String?, timeoutSeconds: Int?) {
    self.revision = revision
    self.resource = resource
    self.namespace = namespace
    self.timeoutSeconds = timeoutSeconds
    filter = nil
    view = nil
    sendsBookmarks = false
  }

  /// The watch of a request that begins after a revision.
  init(_ request: APIRequest, _ namespace: String?, _ view: ObjectView, _ filter: ObjectFilter, after revision: UInt64)
  {
    self.revision = revision
    self.namespace = namespace
    self.filter = filter
    self.view = view
    resource = view.type.id
    timeoutSeconds = request.first("timeoutSeconds").flatMap { Int($0) }
    sendsBookmarks = request.flag("allowWatchBookmarks")
  }

  /// Sends what exists before what changes.
  mutating func open(with objects: [JSONValue], in world: World) {
    opening += objects.map { event("ADDED", $0, in: world) }
  }

  /// Says that everything that existed was sent.
  mutating func markInitialEnd() {
    opening.append(bookmark(at: revision, annotations: ["k8s.io/initial-events-end": "true"]))
  }

  /// Ends the stream with an error, as the server does when it has forgotten where the client was.
  mutating func fail(_ failure: APIFailure) {
    opening.append(Self.event("ERROR", failure.statusObject))
    isFinished = true
  }

  /// The events to send now; empty when nothing happened.
  package mutating func next(in world: World) -> [JSONValue] {
    defer { opening = [] }
    if isFinished { return opening }
    guard let changes = world.objects.changes(after: revision) else {
      fail(.expired(revision, oldest: world.objects.oldestRevision))
      return opening
    }
    let events = changes.compactMap { event(for: $0, in: world) }
    revision = max(revision, world.objects.revision)
    return opening + events
  }

  /// A bookmark at the newest revision, if the client asked for bookmarks.
  package mutating func bookmark(in world: World) -> JSONValue? {
    guard sendsBookmarks, !isFinished, revision >= world.objects.revision else { return nil }
    return bookmark(at: revision, annotations: [:])
  }

  /// What a change means to this watch: objects enter and leave what its selectors let through.
  private func event(for change: ObjectChange, in world: World) -> JSONValue? {
    guard change.key.resource == resource, namespace == nil || change.key.namespace == namespace else { return nil }
    let was = change.previous.map { filter?.matches($0) ?? true } ?? false
    let isNow = change.kind != .deleted && filter?.matches(change.object) ?? true
    switch (was, isNow) {
    case (false, true): return event("ADDED", change.object, in: world)
    case (true, true): return event("MODIFIED", change.object, in: world)
    case (true, false): return event("DELETED", change.object, in: world)
    case (false, false): return nil
    }
  }

  private func event(_ type: String, _ object: JSONValue, in world: World) -> JSONValue {
    Self.event(type, view?.one(object, in: world) ?? object)
  }

  private func bookmark(at revision: UInt64, annotations: [String: String]) -> JSONValue {
    var metadata: JSONValue = ["resourceVersion": .string(String(revision)), "creationTimestamp": .null]
    if !annotations.isEmpty { metadata["annotations"] = JSONValue(annotations) }
    let type = view?.type
    let version = GroupVersion(resource.group, view?.version ?? "v1").description
    let object: JSONValue = [
      "kind": .string(type?.kind ?? ""), "apiVersion": .string(version), "metadata": metadata,
    ]
    return Self.event("BOOKMARK", view?.bookmark(object, metadata) ?? object)
  }

  private static func event(_ type: String, _ object: JSONValue) -> JSONValue {
    ["type": .string(type), "object": object]
  }
}
