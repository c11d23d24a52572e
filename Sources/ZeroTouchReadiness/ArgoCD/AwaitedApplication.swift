/// An Application that Git expects.
package struct AwaitedApplication: Sendable, Hashable {
  package let name: String
  package let wave: Int
  /// The commit it must have been compared at; nil where its source is no Git repository.
  package let revision: String?

  package init(_ name: String, wave: Int = 0, revision: String? = nil) {
    self.name = name
    self.wave = wave
    self.revision = revision
  }
}
