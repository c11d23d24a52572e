/// `apps/v1`, or `v1` of the core group.
package struct GroupVersion: Sendable, Hashable, CustomStringConvertible {
  package let group: String
  package let version: String

  package init(_ group: String, _ version: String) {
    self.group = group
    self.version = version
  }

  /// Reads an `apiVersion`.
  package init(apiVersion: String) {
    let parts = apiVersion.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    self = parts.count == 2 ? GroupVersion(parts[0], parts[1]) : GroupVersion("", apiVersion)
  }

  package var description: String { group.isEmpty ? version : "\(group)/\(version)" }

  /// Where the version stands among the versions of its group: stable before beta before alpha, newest first.
  static func precedes(_ left: String, _ right: String) -> Bool {
    let (first, second) = (rank(left), rank(right))
    return first == second ? left < right : second.lexicographicallyPrecedes(first)
  }

  private static func rank(_ version: String) -> [Int] {
    guard version.first == "v" else { return [0, 0, 0] }
    for (stage, weight) in [("alpha", 1), ("beta", 2)] {
      let parts = version.dropFirst().split(separator: stage, omittingEmptySubsequences: false)
      if version.contains(stage), parts.count == 2 || parts.count > 2 {
        let pieces = version.dropFirst().replacing(stage, with: "/").split(separator: "/").compactMap { Int($0) }
        return [weight] + (pieces + [0, 0]).prefix(2)
      }
    }
    guard let major = Int(version.dropFirst()) else { return [0, 0, 0] }
    return [3, major, 0]
  }
}
