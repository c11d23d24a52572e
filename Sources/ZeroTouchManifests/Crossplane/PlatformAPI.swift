package import ZeroTouchModel

/// One API that the platform offers: its definition and the compositions that carry it out.
package struct PlatformAPI: Sendable, Hashable {
  package let definition: CompositeDefinition
  package let compositions: [Composition]
  /// Why other compositions cannot be evaluated, by their names.
  let unreadable: [String: CompositionFailure]

  package init(
    _ definition: CompositeDefinition, _ compositions: [Composition], unreadable: [String: CompositionFailure] = [:]
  ) {
    self.definition = definition
    self.compositions = compositions
    self.unreadable = unreadable
  }

  /// What the API is called in folders and files: `eventdrivenservice`.
  package var slug: String { definition.claimKind.lowercased() }

  /// Whether an object is a claim of this API.
  package func offers(_ object: JSONValue) -> Bool {
    object["kind"]?.stringValue == definition.claimKind
      && object["apiVersion"]?.stringValue?.split(separator: "/").first.map(String.init) == definition.group
  }
}
