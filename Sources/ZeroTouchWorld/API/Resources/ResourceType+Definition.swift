import ZeroTouchModel

extension ResourceType {
  /// The kind that a CustomResourceDefinition describes; nil when it lacks what every definition needs.
  init?(definition: JSONValue) {
    guard let spec = definition["spec"], let group = spec["group"]?.stringValue,
      let plural = spec[path: "names", "plural"]?.stringValue, let kind = spec[path: "names", "kind"]?.stringValue,
      let declared = spec["versions"]?.arrayValue
    else { return nil }
    let served = declared.filter { $0["served"]?.boolValue ?? true }
    let storage = declared.first { $0["storage"]?.boolValue ?? false } ?? declared.first
    guard !served.isEmpty, let storageName = storage?["name"]?.stringValue else { return nil }
    let subresources = served.compactMap { $0["subresources"]?.objectValue }
    let scale = served.lazy.compactMap { $0[path: "subresources", "scale"] }.first.map(ScalePaths.init(declared:))
    self.init(
      id: GroupResource(plural, group), kind: kind,
      singular: spec[path: "names", "singular"]?.stringValue ?? kind.lowercased(),
      isNamespaced: spec["scope"]?.stringValue != "Cluster", isCustom: true,
      versions: served.compactMap(Version.init(declared:)).sorted { GroupVersion.precedes($0.name, $1.name) },
      storageVersion: storageName,
      shortNames: (spec[path: "names", "shortNames"]?.arrayValue ?? []).compactMap(\.stringValue),
      categories: (spec[path: "names", "categories"]?.arrayValue ?? []).compactMap(\.stringValue),
      verbs: ResourceRegistry.everyVerb,
      subresources: ["status", "scale"].filter { name in subresources.contains { $0[name] != nil } },
      scalePaths: scale)
  }
}

extension ResourceType.Version {
  /// A version as a definition declares it.
  fileprivate init?(declared: JSONValue) {
    guard let name = declared["name"]?.stringValue else { return nil }
    let columns = declared["additionalPrinterColumns"]?.arrayValue ?? []
    self.init(
      name: name, schema: declared[path: "schema", "openAPIV3Schema"],
      columns: columns.compactMap { column in
        guard let name = column["name"]?.stringValue, let path = column["jsonPath"]?.stringValue else { return nil }
        return ResourceType.Column(
          name: name, type: column["type"]?.stringValue ?? "string", jsonPath: path,
          priority: column["priority"]?.intValue ?? 0, description: column["description"]?.stringValue ?? "")
      })
  }
}

extension ScalePaths {
  /// The paths as a definition declares them, with a dot in front.
  fileprivate init(declared: JSONValue) {
    func path(_ name: String) -> String? { declared[name]?.stringValue.map { String($0.drop { $0 == "." }) } }
    self.init(
      spec: path("specReplicasPath") ?? "spec.replicas", status: path("statusReplicasPath") ?? "status.replicas",
      selector: path("labelSelectorPath"))
  }
}
