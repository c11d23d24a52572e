import ZeroTouchModel

/// Every kind of object the server serves: the built-in ones and those that definitions added.
package struct ResourceRegistry: Sendable {
  private var types: [GroupResource: ResourceType] = [:]
  private var byKind: [GroupKind: GroupResource] = [:]
  private var builtInGroups: [String] = []
  private var prints: [GroupResource: UInt64] = [:]
  /// A number that differs whenever what is served differs; ETags are made from it.
  private(set) var fingerprint: UInt64 = 0

  private struct GroupKind: Hashable {
    let group: String
    let kind: String
  }

  init(builtIn: [ResourceType]) {
    for type in builtIn {
      types[type.id] = type
      byKind[GroupKind(group: type.id.group, kind: type.kind)] = type.id
      if !builtInGroups.contains(type.id.group) { builtInGroups.append(type.id.group) }
    }
    builtInOrder = builtIn.map(\.id)
  }

  private let builtInOrder: [GroupResource]

  /// The kind of object behind a resource's name.
  package subscript(resource: GroupResource) -> ResourceType? { types[resource] }

  /// The kind that manifests call by `apiVersion` and `kind`.
  package func type(apiVersion: String, kind: String) -> ResourceType? {
    let groupVersion = GroupVersion(apiVersion: apiVersion)
    guard let id = byKind[GroupKind(group: groupVersion.group, kind: kind)], let type = types[id],
      type.version(groupVersion.version) != nil
    else { return nil }
    return type
  }

  /// The kind of a group, whichever versions are served.
  package func type(group: String, kind: String) -> ResourceType? {
    byKind[GroupKind(group: group, kind: kind)].flatMap { types[$0] }
  }

  /// Groups in the order discovery names them; the core group is the first.
  var groups: [String] {
    builtInGroups + Set(types.keys.map(\.group)).subtracting(builtInGroups).sorted()
  }

  /// The versions of a group, the preferred one first.
  func versions(of group: String) -> [String] {
    let all = types.values.filter { $0.id.group == group }.flatMap { $0.versions.map(\.name) }
    return Set(all).sorted(by: GroupVersion.precedes)
  }

  /// The kinds a version of a group serves.
  func types(in groupVersion: GroupVersion) -> [ResourceType] {
    let custom = types.values.filter { $0.isCustom && $0.id.group == groupVersion.group }.sorted { $0.id < $1.id }
    let builtIn = builtInOrder.filter { $0.group == groupVersion.group }.compactMap { types[$0] }
    return (builtIn + custom).filter { $0.version(groupVersion.version) != nil }
  }

  /// The kind that somebody calls by its plural, its singular or a short name, with or without its group.
  package func type(called name: String) -> ResourceType? {
    let parts = name.split(separator: ".", maxSplits: 1).map(String.init)
    let group = parts.count > 1 ? parts[1] : ""
    if let type = types[GroupResource(parts.first ?? "", group)] { return type }
    func isMeant(_ type: ResourceType) -> Bool {
      (parts.count == 1 || type.id.group == group)
        && ([type.id.resource, type.singular] + type.shortNames).contains(parts.first ?? "")
    }
    return builtInOrder.lazy.compactMap { types[$0] }.first(where: isMeant)
      ?? types.values.filter { $0.isCustom && isMeant($0) }.min { $0.id < $1.id }
  }

  /// Every kind of the server in a fixed order.
  package var all: [ResourceType] { types.values.sorted { $0.id < $1.id } }

  /// The number under which a definition's kind was registered.
  func imprint(of id: GroupResource) -> UInt64? { prints[id] }

  /// Serves a kind that a definition describes; registering it again replaces what was there.
  mutating func register(_ type: ResourceType, fingerprint print: UInt64) {
    unregister(type.id)
    types[type.id] = type
    byKind[GroupKind(group: type.id.group, kind: type.kind)] = type.id
    prints[type.id] = print
    fingerprint ^= print
  }

  /// Serves a kind no longer.
  mutating func unregister(_ id: GroupResource) {
    guard let type = types[id], type.isCustom else { return }
    types[id] = nil
    byKind[GroupKind(group: id.group, kind: type.kind)] = nil
    if let print = prints.removeValue(forKey: id) { fingerprint ^= print }
  }
}
