/// Something that happened while artifacts were brought.
package enum ArtifactEvent: Sendable, Hashable {
  /// How an artifact came to lie in the cache.
  package enum Arrival: Sendable, Hashable {
    /// It lay there, and its sum was right.
    case cached
    /// It was fetched; the bytes before `resumedAt` came in an earlier run.
    case fetched(bytes: Int, resumedAt: Int)
  }

  case began(name: String, address: String)
  /// How far a transfer has come; the size is nil where the lock does not know it.
  case progressed(name: String, bytes: Int, of: Int?)
  case retrying(name: String, attempt: Int, reason: String)
  /// What was there could not be used, so that the transfer begins anew.
  case restarted(name: String, reason: String)
  case arrived(name: String, Arrival)
}
