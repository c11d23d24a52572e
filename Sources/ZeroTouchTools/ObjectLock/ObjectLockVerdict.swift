package import ZeroTouchModel

/// What a bucket's lock means for the archives in it.
package struct ObjectLockVerdict: Sendable, Hashable {
  package let bucket: ArchiveBucket
  package let lock: ObjectLock

  package init(_ bucket: ArchiveBucket, _ lock: ObjectLock) {
    self.bucket = bucket
    self.lock = lock
  }

  /// Whether nothing is known to be wrong; what could not be asked is a warning.
  package var isUsable: Bool { problem?.severity != .error }

  /// What is wrong, or could not be found out.
  package var problem: Diagnostic? {
    let name = "`\(bucket.name)`"
    let advice = "see docs/data-protection.md; the archives of \(bucket.claims.joined(separator: ", ")) lie there"
    switch lock {
    case .locked("COMPLIANCE", let days) where days <= bucket.retentionDays: return nil
    case .locked("COMPLIANCE", let days):
      return Diagnostic(
        "\(name) locks for \(days) days, longer than backups are kept for, \(bucket.retentionDays) days: what cannot be deleted yet is tried again and again",
        remedy: "raise `backup.retention` to \(days)d or more, or lock for at most \(bucket.retentionDays) days")
    case .locked(let mode, _):
      return Diagnostic(
        "\(name) locks in \(mode.lowercased()) mode, which some may lift", remedy: "use compliance mode; \(advice)")
    case .withoutDefault:
      return Diagnostic(
        "\(name) has Object Lock and no default retention: nothing is locked that does not ask for it",
        remedy: "set a default retention in compliance mode; \(advice)")
    case .off:
      return Diagnostic(
        "\(name) has no Object Lock: whoever has the credentials can delete the archive too",
        remedy: "make a bucket with Object Lock and a default retention in compliance mode; \(advice)")
    case .noBucket:
      return Diagnostic("there is no bucket \(name)", remedy: "make it, with Object Lock; \(advice)")
    case .unknown(let reason):
      return Diagnostic(
        .warning, "whether \(name) has Object Lock could not be checked: \(reason)",
        remedy:
          "sign in to AWS (`aws sts get-caller-identity` has to answer) with the right s3:GetBucketObjectLockConfiguration, and run this again"
      )
    }
  }
}
