package import ZeroTouchModel

/// How long each gate may stay closed: the defaults of `GateName`, and what the spec says otherwise.
package struct GateBounds: Sendable, Hashable {
  private let overrides: [String: Duration]

  /// - Parameter overrides: Bounds by the names of gates, as in `spec.timeouts`.
  package init(overrides: [String: Duration] = [:]) { self.overrides = overrides }

  package subscript(_ name: GateName) -> Duration { overrides[name.rawValue] ?? name.defaultBound }
}
