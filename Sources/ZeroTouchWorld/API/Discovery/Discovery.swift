import ZeroTouchModel

/// What the server says it serves, in the forms old and new clients read.
struct Discovery {
  static let aggregatedContentType = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList"
  private let registry: ResourceRegistry

  init(_ registry: ResourceRegistry) { self.registry = registry }

  private var namedGroups: [String] { registry.groups.filter { !$0.isEmpty } }

  /// Every path one may begin with.
  var paths: JSONValue {
    let versions = namedGroups.flatMap { group in
      ["/apis/\(group)"] + registry.versions(of: group).map { "/apis/\(group)/\($0)" }
    }
    let fixed = ["/api", "/api/v1", "/apis"] + versions + ["/healthz", "/livez", "/openapi/v3", "/readyz", "/version"]
    return ["paths": .array(fixed.map(JSONValue.string))]
  }

  /// `/api` for old clients.
  var coreVersions: JSONValue {
    ["kind": "APIVersions", "versions": ["v1"], "serverAddressByClientCIDRs": []]
  }

  /// `/apis` for old clients.
  var groupList: JSONValue {
    ["kind": "APIGroupList", "apiVersion": "v1", "groups": .array(namedGroups.map(groupEntry))]
  }

  /// `/apis/GROUP`.
  func group(_ name: String) -> JSONValue? {
    guard registry.groups.contains(name) else { return nil }
    var entry = groupEntry(name)
    entry["kind"] = "APIGroup"
    entry["apiVersion"] = "v1"
    return entry
  }

  /// `/api/v1` and `/apis/GROUP/VERSION`.
  func resources(_ groupVersion: GroupVersion) -> JSONValue? {
    let types = registry.types(in: groupVersion)
    guard !types.isEmpty else { return nil }
    return [
      "kind": "APIResourceList", "apiVersion": "v1", "groupVersion": .string(groupVersion.description),
      "resources": .array(types.flatMap { Self.flat($0) }),
    ]
  }

  /// Everything at once, as clients since 1.30 ask for it.
  func aggregated(core: Bool) -> JSONValue {
    let groups = core ? [""] : namedGroups
    let items = groups.map { group -> JSONValue in
      let versions = registry.versions(of: group).map { version -> JSONValue in
        let types = registry.types(in: GroupVersion(group, version))
        return [
          "version": .string(version), "freshness": "Current",
          "resources": .array(types.map { Self.nested($0, version) }),
        ]
      }
      var metadata: JSONValue = ["creationTimestamp": .null]
      if !group.isEmpty { metadata["name"] = .string(group) }
      return ["metadata": metadata, "versions": .array(versions)]
    }
    return [
      "kind": "APIGroupDiscoveryList", "apiVersion": "apidiscovery.k8s.io/v2", "metadata": [:], "items": .array(items),
    ]
  }

  private func groupEntry(_ name: String) -> JSONValue {
    let versions = registry.versions(of: name).map { version -> JSONValue in
      ["groupVersion": .string(GroupVersion(name, version).description), "version": .string(version)]
    }
    return ["name": .string(name), "versions": .array(versions), "preferredVersion": versions.first ?? [:]]
  }

  /// A kind and its subresources side by side.
  private static func flat(_ type: ResourceType) -> [JSONValue] {
    var entry: JSONValue = [
      "name": .string(type.id.resource), "singularName": .string(type.singular), "kind": .string(type.kind),
      "namespaced": .bool(type.isNamespaced), "verbs": strings(type.verbs),
    ]
    if !type.shortNames.isEmpty { entry["shortNames"] = strings(type.shortNames) }
    if !type.categories.isEmpty { entry["categories"] = strings(type.categories) }
    let subresources = type.subresources.map { name -> JSONValue in
      let subresource = Subresource(name, of: type, version: nil)
      var entry: JSONValue = [
        "name": .string("\(type.id.resource)/\(name)"), "singularName": "", "kind": .string(subresource.kind),
        "namespaced": .bool(type.isNamespaced), "verbs": strings(subresource.verbs),
      ]
      if let own = subresource.ownGroupVersion {
        entry["group"] = .string(own.group)
        entry["version"] = .string(own.version)
      }
      return entry
    }
    return [entry] + subresources
  }

  /// A kind with its subresources inside.
  private static func nested(_ type: ResourceType, _ version: String) -> JSONValue {
    var entry: JSONValue = [
      "resource": .string(type.id.resource), "singularResource": .string(type.singular),
      "responseKind": kind(type.kind, GroupVersion(type.id.group, version)),
      "scope": type.isNamespaced ? "Namespaced" : "Cluster", "verbs": strings(type.verbs),
    ]
    if !type.shortNames.isEmpty { entry["shortNames"] = strings(type.shortNames) }
    if !type.categories.isEmpty { entry["categories"] = strings(type.categories) }
    let subresources = type.subresources.map { name -> JSONValue in
      let subresource = Subresource(name, of: type, version: version)
      return [
        "subresource": .string(name), "verbs": strings(subresource.verbs),
        "responseKind": kind(subresource.kind, subresource.groupVersion),
      ]
    }
    if !subresources.isEmpty { entry["subresources"] = .array(subresources) }
    return entry
  }

  private static func kind(_ name: String, _ groupVersion: GroupVersion) -> JSONValue {
    ["group": .string(groupVersion.group), "version": .string(groupVersion.version), "kind": .string(name)]
  }

  private static func strings(_ list: [String]) -> JSONValue { .array(list.map(JSONValue.string)) }
}
