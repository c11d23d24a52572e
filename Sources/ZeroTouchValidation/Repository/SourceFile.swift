package import ZeroTouchManifests
package import ZeroTouchModel

/// One YAML or JSON file of the tree, read.
package struct SourceFile: Sendable {
  /// Relative to the top of the tree.
  package let path: String
  package let documents: [LocatedYAML]
  /// Why it cannot be read, or what in it is read another way than it looks.
  package let problems: [Diagnostic]
  package let acceptances: [Acceptance]
  /// Whether it is YAML only once another program has filled in its placeholders.
  package var isUnfilled = false
  /// Whether its bytes are text in UTF-8, which is all that Kubernetes reads.
  package var isText = true

  /// The folder it lies in; empty for the top.
  package var folder: String { RepositoryTree.parent(of: path) }
}
