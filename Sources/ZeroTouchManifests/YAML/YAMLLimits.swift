/// How much a YAML text may ask of the machine that reads it.
package struct YAMLLimits: Sendable, Hashable {
  package var bytes: Int
  /// Nodes that all aliases of one text may stand for together.
  package var aliasNodes: Int
  package var depth: Int

  package init(bytes: Int = 32 << 20, aliasNodes: Int = 100_000, depth: Int = 100) {
    self.bytes = bytes
    self.aliasNodes = aliasNodes
    self.depth = depth
  }
}
