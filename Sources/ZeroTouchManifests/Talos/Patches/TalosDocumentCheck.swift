package import ZeroTouchModel

/// Holds a document of a machine configuration, or a patch of one, against Talos's types, and says where it does not fit.
package struct TalosDocumentCheck {
  let contract: GenerationRequest.Contract

  package init(contract: GenerationRequest.Contract) { self.contract = contract }

  /// What is wrong with a document: no mapping, JSON 6902, an unknown kind, an unknown key.
  package func problems(of document: LocatedYAML) -> [Diagnostic] {
    guard document.entries != nil else { return [Self.noDocument(document)] }
    if document["op"] != nil, document["path"] != nil { return [Self.operations(document)] }
    guard let type = type(of: document) else { return [unknownKind(document)] }
    return problems(in: document, type: type)
  }

  /// The type a document is read as: the main document has no kind.
  private func type(of document: LocatedYAML) -> String? {
    guard let kind = document["kind"]?.scalar?.stringValue else { return "Config" }
    guard contract.hasOwnDocuments || Self.older.contains(kind) else { return nil }
    return TalosFields.current.isDocument(kind) ? kind : nil
  }

  /// The documents that Talos 1.11 knows already.
  private static let older: Set = [
    "EthernetConfig", "EventSinkConfig", "ExistingVolumeConfig", "ExtensionServiceConfig", "KmsgLogConfig",
    "KubeSpanEndpointsConfig", "NetworkDefaultActionConfig", "NetworkRuleConfig", "PCIDriverRebindConfig",
    "RawVolumeConfig", "SideroLinkConfig", "SwapVolumeConfig", "TrustedRootsConfig", "UserVolumeConfig", "VolumeConfig",
    "WatchdogTimerConfig", "ZswapConfig",
  ]

  private func problems(in value: LocatedYAML, type: String) -> [Diagnostic] {
    guard let entries = value.entries, let fields = TalosFields.current.fields(of: type) else { return [] }
    return entries.flatMap { entry -> [Diagnostic] in
      if entry.key == "$patch" { return Self.directive(entry) }
      guard let field = fields.first(where: { $0.name == entry.key }) else {
        return [Self.unknownKey(entry, in: type, fields.map(\.name))]
      }
      return problems(in: entry.value, content: field.content, of: entry)
    }
  }

  private func problems(
    in value: LocatedYAML, content: TalosFields.Content, of entry: LocatedYAML.Entry
  ) -> [Diagnostic] {
    // `$patch: delete` may stand for anything, and nothing at all changes nothing.
    if let directive = value.entry("$patch") { return Self.directive(directive) }
    if value.scalar == .null { return [] }
    switch content {
    case .scalar: return value.scalar == nil ? [Self.shape(entry, "a single value")] : []
    case .mapping: return value.entries == nil ? [Self.shape(entry, "a mapping")] : []
    case .type(let name):
      return value.entries == nil ? [Self.shape(entry, "a mapping")] : problems(in: value, type: name)
    case .list(let element):
      guard let items = value.items else { return [Self.shape(entry, "a list")] }
      return items.flatMap { problems(in: $0, content: element, of: entry) }
    }
  }

  private static func directive(_ entry: LocatedYAML.Entry) -> [Diagnostic] {
    guard entry.value.scalar != "delete" else { return [] }
    return [Diagnostic(at: entry.value.location, "`$patch` can only be `delete`", remedy: "write `$patch: delete`")]
  }

  private static func shape(_ entry: LocatedYAML.Entry, _ wanted: String) -> Diagnostic {
    Diagnostic(
      at: entry.value.location, "`\(entry.key)` holds \(entry.value.kindName) where \(wanted) belongs",
      remedy: "compare it with Talos's reference of the machine configuration")
  }

  private static func unknownKey(_ entry: LocatedYAML.Entry, in type: String, _ known: [String]) -> Diagnostic {
    let near = Spelling.nearest(to: entry.key, among: known)
    return Diagnostic(
      at: entry.keyLocation, "Talos knows no key `\(entry.key)` here",
      remedy: near.map { "did you mean `\($0)`?" } ?? "use one of \(known.map { "`\($0)`" }.joined(separator: ", "))")
  }

  private func unknownKind(_ document: LocatedYAML) -> Diagnostic {
    let kind = document["kind"]
    let name = kind?.scalar?.stringValue ?? ""
    let near = Spelling.nearest(to: name, among: TalosFields.current.documents)
    return Diagnostic(
      at: kind?.location ?? document.location,
      "Talos \(contract.major).\(contract.minor) knows no document of kind `\(name)`",
      remedy: near.flatMap { $0 == name ? nil : "did you mean `\($0)`?" } ?? "use the fields of the main document")
  }

  private static func operations(_ document: LocatedYAML) -> Diagnostic {
    Diagnostic(
      at: document.location, "the patch has the form of RFC 6902 (`op`, `path`), which Talos refuses here",
      remedy:
        "write it as a strategic-merge patch: the keys as they stand in the configuration, `$patch: delete` to remove"
    )
  }

  private static func noDocument(_ document: LocatedYAML) -> Diagnostic {
    if let first = document.items?.first, first["op"] != nil { return operations(first) }
    return Diagnostic(
      at: document.location, "the patch holds \(document.kindName) where a mapping belongs",
      remedy: "write the keys as they stand in the machine configuration, such as `machine:`")
  }
}
