package import ZeroTouchModel

/// What the steps of a pipeline hand on to each other.
package struct CompositionState: Sendable, Hashable {
  /// A resource that a pipeline wants to exist.
  package struct Desired: Sendable, Hashable {
    package let name: String
    package var object: JSONValue
    /// Nil where no step has said anything.
    package var isReady: Bool?
  }

  /// The composite resource as it is.
  package let composite: JSONValue
  /// The composed resources that exist, by the name of their template.
  package let observed: [String: JSONValue]
  package var desiredComposite: JSONValue = [:]
  package var desired: [Desired] = []
  package var environment: JSONValue
  package var warnings: [String] = []
  /// Whether a resource was left out because something that it requires is missing; the composite cannot be ready then.
  package var isIncomplete = false

  package init(composite: JSONValue, observed: [String: JSONValue] = [:], environment: JSONValue = [:]) {
    self.composite = composite
    self.observed = observed
    self.environment = environment
  }

  mutating func desire(_ name: String, _ object: JSONValue, isReady: Bool?) {
    let ready = isReady == true ? true : nil
    if let index = desired.firstIndex(where: { $0.name == name }) {
      desired[index] = Desired(name: name, object: object, isReady: ready)
    } else {
      desired.append(Desired(name: name, object: object, isReady: ready))
    }
  }
}
