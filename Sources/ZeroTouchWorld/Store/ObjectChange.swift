package import ZeroTouchModel

/// What happened to an object, and when in the order of revisions.
package struct ObjectChange: Sendable {
  package enum Kind: String, Sendable {
    case added = "ADDED"
    case modified = "MODIFIED"
    case deleted = "DELETED"
  }

  package let revision: UInt64
  package let kind: Kind
  package let key: ObjectKey
  package let object: JSONValue
  /// The object before a modification; watches with selectors need it.
  package let previous: JSONValue?
}
