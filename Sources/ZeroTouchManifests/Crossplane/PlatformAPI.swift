package import ZeroTouchModel

/// One API that the platform offers: its definition and the compositions that carry it out.
package struct PlatformAPI: Sendable, Hashable {
  package let definition: CompositeDefinition
  package let compositions: [Composition]

  package init(_ definition: CompositeDefinition, _ compositions: [Composition]) {
    self.definition = definition
    self.compositions = compositions
  }

  /// What the API is called in folders and files: `eventdrivenservice`.
  package var slug: String { definition.claimKind.lowercased() }

  /// Whether an object is a claim of this API.
  package func offers(_ object: JSONValue) -> Bool {
    object["kind"]?.stringValue == definition.claimKind
      && object["apiVersion"]?.stringValue?.split(separator: "/").first.map(String.init) == definition.group
  }
}
