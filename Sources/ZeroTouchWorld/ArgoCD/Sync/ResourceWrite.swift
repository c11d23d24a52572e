import ZeroTouchModel

/// One manifest on its way to the cluster, in the way the sync options want it written.
struct ResourceWrite {
  private let task: SyncTask
  private let manifest: JSONValue
  private let replaces: Bool
  private let isServerSide: Bool
  /// What an annotation may hold, and so the most a client-side apply can remember of a manifest.
  private static let largestAnnotation = 262_144

  /// The options of the resource count beside those of the Application; `Replace` overrides `ServerSideApply`.
  init(_ task: SyncTask, _ manifest: JSONValue, _ options: SyncOptions) {
    let own = SyncOptions(manifest.annotationList(ArgoCDNames.syncOptions))
    self.task = task
    self.manifest = manifest
    replaces = options.replaces || own.replaces
    isServerSide =
      own.has("ServerSideApply=true") || (options.has("ServerSideApply=true") && !own.has("ServerSideApply=false"))
  }

  /// Writes and says what the sync result says about it.
  func perform(in world: inout World) -> Result<String, APIFailure> {
    if replaces, let key = task.key, let live = world.objects[key] { return replace(live, at: key, in: &world) }
    let namespace = task.identity.namespace.isEmpty ? "default" : task.identity.namespace
    if !isServerSide, !replaces, manifest.encoded().count > Self.largestAnnotation { return .failure(tooLong) }
    return world.apply(manifest, manager: ArgoCDNames.manager, defaultNamespace: namespace).map { key in
      let verb = task.live == nil && (replaces || !isServerSide) ? "created" : "configured"
      return "\(typeName(key))/\(key.name) \(isServerSide && !replaces ? "serverside-applied" : verb)"
    }
  }

  private func replace(_ live: JSONValue, at key: ObjectKey, in world: inout World) -> Result<String, APIFailure> {
    guard let type = world.registry[key.resource] else { return .failure(.notFound(key.resource, key.name)) }
    let write = ObjectWrite(type, key, version: task.identity.version, manager: ArgoCDNames.manager)
    do throws(APIFailure) {
      _ = try world.change(live, to: manifest, write)
      return .success("\(typeName(key))/\(key.name) replaced")
    } catch {
      return .failure(error)
    }
  }

  private var tooLong: APIFailure {
    let kind = task.identity.group.isEmpty ? task.identity.kind : "\(task.identity.kind).\(task.identity.group)"
    return APIFailure(
      status: 422, reason: "Invalid",
      message: "\(kind) \"\(task.identity.name)\" is invalid: metadata.annotations: Too long: may not be more than "
        + "\(Self.largestAnnotation) bytes")
  }

  /// `deployment.apps`, as kubectl names what it wrote.
  private func typeName(_ key: ObjectKey) -> String {
    let kind = task.identity.kind.lowercased()
    return key.resource.group.isEmpty ? kind : "\(kind).\(key.resource.group)"
  }
}
