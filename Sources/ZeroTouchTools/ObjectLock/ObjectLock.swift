import ZeroTouchModel

/// What a bucket says of its lock.
package enum ObjectLock: Sendable, Hashable {
  /// What is written is locked for so many days.
  case locked(mode: String, days: Int)
  /// It can lock, and locks nothing by itself.
  case withoutDefault
  case off
  case noBucket
  /// Nobody could ask, or the answer is none.
  case unknown(String)

  init(_ answer: ToolOutput) {
    guard answer.status == 0 else {
      self = Self.refusal(answer.errorText)
      return
    }
    guard let lock = (try? JSONValue(parsing: answer.text))?["ObjectLockConfiguration"] else {
      self = .unknown("`aws` answered something else than a lock")
      return
    }
    guard lock["ObjectLockEnabled"]?.stringValue == "Enabled" else {
      self = .off
      return
    }
    let retention = lock[path: "Rule", "DefaultRetention"]
    let days = (retention?["Days"]?.intValue ?? 0) + 365 * (retention?["Years"]?.intValue ?? 0)
    guard let mode = retention?["Mode"]?.stringValue, days > 0 else {
      self = .withoutDefault
      return
    }
    self = .locked(mode: mode, days: days)
  }

  /// - Parameter words: What `aws` said when it failed.
  private static func refusal(_ words: String) -> ObjectLock {
    if words.contains("(ObjectLockConfigurationNotFoundError)") { return .off }
    if words.contains("(NoSuchBucket)") { return .noBucket }
    return .unknown(words.inOneLine)
  }

  /// In a word or two, for a table.
  package var word: String {
    switch self {
    case .locked(let mode, let days): "\(mode.lowercased()), \(days) days"
    case .withoutDefault: "no default retention"
    case .off: "off"
    case .noBucket: "no bucket"
    case .unknown: "unknown"
    }
  }
}
