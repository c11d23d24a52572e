import ZeroTouchModel

/// How a patch treats what already stands at its destination.
enum MergePolicy: String, Sendable, Hashable {
  case replace = "Replace"
  case mergeObjects = "MergeObjects"
  case mergeObjectsAppendArrays = "MergeObjectsAppendArrays"
  case forceMergeObjects = "ForceMergeObjects"
  case forceMergeObjectsAppendArrays = "ForceMergeObjectsAppendArrays"
  /// The old name of `MergeObjects`.
  case mergeObject = "MergeObject"
  /// The old name of `ForceMergeObjectsAppendArrays`.
  case appendArray = "AppendArray"

  private var overrides: Bool { [.forceMergeObjects, .forceMergeObjectsAppendArrays, .appendArray].contains(self) }
  private var appends: Bool {
    [.mergeObjectsAppendArrays, .forceMergeObjectsAppendArrays, .appendArray].contains(self)
  }

  /// The destination's new value.
  func merged(_ source: JSONValue, into destination: JSONValue?) -> JSONValue {
    guard self != .replace, let destination, !destination.isNull else { return source }
    return merge(source, into: destination)
  }

  private func merge(_ source: JSONValue, into destination: JSONValue) -> JSONValue {
    switch (source, destination) {
    case (.object(let new), .object(let old)):
      return .object(old.merging(new) { old, new in merge(new, into: old) })
    case (.array(let new), .array(let old)) where appends:
      return .array(old + new.filter { !old.contains($0) })
    default:
      if overrides { return source.isZero ? destination : source }
      return destination.isZero ? source : destination
    }
  }
}

extension JSONValue {
  /// Whether Go would call this the zero value.
  fileprivate var isZero: Bool {
    switch self {
    case .null, .bool(false), .int(0), .double(0), .string(""): true
    case .array(let elements): elements.isEmpty
    case .object(let members): members.isEmpty
    default: false
    }
  }
}
