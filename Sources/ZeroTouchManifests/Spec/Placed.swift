import ZeroTouchModel

/// A value with the place in a file it was read from, where it was read from one.
struct Placed<Value: Sendable>: Sendable {
  let value: Value
  let location: SourceLocation?

  init(_ value: Value, at location: SourceLocation? = nil) {
    self.value = value
    self.location = location
  }
}
