/// A bucket that databases archive to, as their claims name it.
package struct ArchiveBucket: Sendable, Hashable, Comparable {
  package let name: String
  package let region: String?
  /// An S3 that is not Amazon's.
  package let endpoint: String?
  /// The shortest time that a claim keeps backups for, in days.
  package let retentionDays: Int
  /// The claims that archive to it, such as `shop/orders`.
  package let claims: [String]

  package init(name: String, region: String? = nil, endpoint: String? = nil, retentionDays: Int, claims: [String]) {
    self.name = name
    self.region = region
    self.endpoint = endpoint
    self.retentionDays = retentionDays
    self.claims = claims
  }

  package static func < (left: Self, right: Self) -> Bool {
    (left.name, left.region ?? "", left.endpoint ?? "") < (right.name, right.region ?? "", right.endpoint ?? "")
  }

  /// The days in `30d`, `4w` or `6m`, as a claim's `retention` is written; 30, the definition's default, where none is.
  package static func days(in retention: String?) -> Int {
    guard let retention, let unit = retention.last, let number = Int(retention.dropLast()) else { return 30 }
    switch unit {
    case "w": return number * 7
    case "m": return number * 30
    default: return number
    }
  }
}
