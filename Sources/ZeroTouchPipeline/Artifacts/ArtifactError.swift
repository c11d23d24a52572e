package import ZeroTouchModel

/// Why artifacts could not be brought.
package enum ArtifactError: Error, Sendable, Hashable {
  /// The cache cannot be made, read or written.
  case cacheUnusable(path: String, reason: String)
  /// Another process fills the cache.
  case busy(holder: String)
  /// The transfer failed.
  case notFetched(name: String, address: String, reason: String, remedy: String)
  /// What came, or lies there, is not what the lock pins; or nothing is pinned.
  case notAccepted(Diagnostic, isUnset: Bool)
  /// Several artifacts failed, each for its own reason.
  case several([ArtifactError])

  /// One error of many; nil of none.
  static func gathering(_ errors: [ArtifactError]) -> ArtifactError? {
    // A cache that cannot be written is one problem, however many artifacts it keeps out.
    let distinct = errors.reduce(into: [ArtifactError]()) { if !$0.contains($1) { $0.append($1) } }
    return distinct.count > 1 ? .several(distinct) : distinct.first
  }

  /// The status that a command ends with: a missing sum alone is a matter of the lock, everything else a failed run.
  package var exitStatus: ExitStatus {
    switch self {
    case .notAccepted(_, isUnset: true): .preflightFailed
    case .busy: .refused
    case .several(let errors): errors.allSatisfy { $0.exitStatus == .preflightFailed } ? .preflightFailed : .runFailed
    case .cacheUnusable, .notFetched, .notAccepted: .runFailed
    }
  }
}

extension ArtifactError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .cacheUnusable(let path, let reason):
      "the cache `\(path)` cannot be used: \(reason)\n  make room there and check its owner and mode, or set XDG_CACHE_HOME to another folder"
    case .busy(let holder): "another run fills the cache: \(holder)\n  wait for it or end it"
    case .notFetched(let name, let address, let reason, let remedy):
      "the artifact `\(name)` could not be fetched from \(address): \(reason)\n  \(remedy)"
    case .notAccepted(let problem, _): "\(problem.message)\n  \(problem.remedy)"
    case .several(let errors): errors.map(\.description).joined(separator: "\n")
    }
  }
}
