/// What the path of a request names.
enum APIRoute: Hashable {
  case root
  case version
  case health
  case coreVersions
  case groups
  case group(String)
  case resources(GroupVersion)
  case openAPIIndex
  case openAPI(GroupVersion)
  case openAPIv2
  case objects(ObjectRoute)
  case unknown

  init(path: String) {
    let parts = path.split(separator: "/").map(String.init)
    switch parts.first {
    case nil: self = .root
    case "version" where parts.count == 1: self = .version
    case "healthz", "livez", "readyz": self = .health
    case "api": self = Self.core(Array(parts.dropFirst()))
    case "apis": self = Self.named(Array(parts.dropFirst()))
    case "openapi": self = Self.openAPI(Array(parts.dropFirst()))
    default: self = .unknown
    }
  }

  private static func core(_ parts: [String]) -> APIRoute {
    guard let version = parts.first else { return .coreVersions }
    let groupVersion = GroupVersion("", version)
    return parts.count == 1 ? .resources(groupVersion) : objects(groupVersion, Array(parts.dropFirst()))
  }

  private static func named(_ parts: [String]) -> APIRoute {
    switch parts.count {
    case 0: return .groups
    case 1: return .group(parts[0])
    case 2: return .resources(GroupVersion(parts[0], parts[1]))
    default: return objects(GroupVersion(parts[0], parts[1]), Array(parts.dropFirst(2)))
    }
  }

  private static func objects(_ groupVersion: GroupVersion, _ parts: [String]) -> APIRoute {
    ObjectRoute(groupVersion, parts).map(APIRoute.objects) ?? .unknown
  }

  private static func openAPI(_ parts: [String]) -> APIRoute {
    if parts == ["v2"] { return .openAPIv2 }
    guard parts.first == "v3" else { return .unknown }
    switch (parts.count, parts.dropFirst().first) {
    case (1, _): return .openAPIIndex
    case (3, "api"): return .openAPI(GroupVersion("", parts[2]))
    case (4, "apis"): return .openAPI(GroupVersion(parts[2], parts[3]))
    default: return .unknown
    }
  }
}

/// The objects, or one object, that a path names.
struct ObjectRoute: Hashable {
  let groupVersion: GroupVersion
  let resource: String
  /// nil means every namespace, or a cluster-scoped resource.
  let namespace: String?
  let name: String?
  let subresource: String?
  /// The old form of a watch, with `watch` in the path.
  let isWatchPath: Bool

  init?(_ groupVersion: GroupVersion, _ path: [String]) {
    let parts = path.first == "watch" ? Array(path.dropFirst()) : path
    guard let first = parts.first else { return nil }
    // `/api/v1/namespaces/NAME/status` is the namespace itself.
    let ofNamespace = parts.count == 3 && ["status", "finalize"].contains(parts[2])
    let isInNamespace = first == "namespaces" && parts.count >= 3 && !ofNamespace
    let own = isInNamespace ? Array(parts.dropFirst(2)) : parts
    guard own.count <= 3 || own[2] == "proxy" else { return nil }
    self.groupVersion = groupVersion
    resource = own[0]
    namespace = isInNamespace ? parts[1] : nil
    name = own.count > 1 ? own[1] : nil
    subresource = own.count > 2 ? own[2] : nil
    isWatchPath = path.first == "watch"
  }
}
