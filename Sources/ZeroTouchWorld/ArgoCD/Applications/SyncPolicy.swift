import ZeroTouchModel

/// When and how an Application is synced: `spec.syncPolicy`.
struct SyncPolicy: Sendable, Hashable {
  var isAutomated = false
  var prunes = false
  var selfHeals = false
  var allowsEmpty = false
  var options: SyncOptions
  var retry: RetryPolicy
  var namespaceMetadata: JSONValue?

  init(_ policy: JSONValue) {
    if let automated = policy["automated"], !automated.isNull {
      isAutomated = automated["enabled"]?.boolValue ?? true
      prunes = automated["prune"]?.boolValue ?? false
      selfHeals = automated["selfHeal"]?.boolValue ?? false
      allowsEmpty = automated["allowEmpty"]?.boolValue ?? false
    }
    options = SyncOptions((policy["syncOptions"]?.arrayValue ?? []).compactMap(\.stringValue))
    retry = RetryPolicy(policy["retry"])
    namespaceMetadata = policy["managedNamespaceMetadata"]
  }
}

/// The options of a sync, of an Application or of a single resource.
struct SyncOptions: Sendable, Hashable {
  let words: [String]

  init(_ words: [String]) { self.words = words }

  func has(_ option: String) -> Bool { words.contains(option) }

  var createsNamespace: Bool { has("CreateNamespace=true") }
  var skipsDryRunOnMissingResource: Bool { has("SkipDryRunOnMissingResource=true") }
  var respectsIgnoredDifferences: Bool { has("RespectIgnoreDifferences=true") }
  var replaces: Bool { has("Replace=true") }
  var appliesOutOfSyncOnly: Bool { has("ApplyOutOfSyncOnly=true") }
  var prunesLast: Bool { has("PruneLast=true") }
  var failsOnSharedResource: Bool { has("FailOnSharedResource=true") }
  var prunesNothing: Bool { has("Prune=false") }
}

/// How often a failed sync is tried again, and after how long.
struct RetryPolicy: Sendable, Hashable {
  /// Below zero: for ever.
  var limit: Int
  var first = Duration.seconds(5)
  var factor = 2
  var longest = Duration.seconds(180)
  /// Whether a retry looks again where the revision stands.
  var refreshes = false

  /// Without a `retry` block the controller tries five times more; a block without a limit means none.
  init(_ block: JSONValue?) {
    guard let block, !block.isNull else {
      limit = 5
      return
    }
    limit = block["limit"]?.intValue ?? 0
    refreshes = block["refresh"]?.boolValue ?? false
    let backoff = block["backoff"] ?? [:]
    first = Duration(goText: backoff["duration"]) ?? first
    longest = Duration(goText: backoff["maxDuration"]) ?? longest
    factor = backoff["factor"]?.intValue ?? factor
  }

  /// How long to wait before the next attempt, after so many retries.
  func delay(after retries: Int) -> Duration {
    var delay = first
    for _ in 0..<min(retries, 40) where delay < longest { delay *= factor }
    return min(delay, longest)
  }

  func allows(retry count: Int) -> Bool { limit < 0 || count < limit }
}

extension Duration {
  /// Reads `1m30s` or a number of seconds, as Argo CD writes durations.
  init?(goText value: JSONValue?) {
    guard let value else { return nil }
    if let seconds = value.intValue {
      self = .seconds(seconds)
      return
    }
    guard let text = value.stringValue, !text.isEmpty else { return nil }
    if let seconds = Int(text) {
      self = .seconds(seconds)
      return
    }
    var total = Duration.zero
    var rest = Substring(text)
    while !rest.isEmpty {
      let digits = rest.prefix { $0.isNumber || $0 == "." }
      let unit = rest.dropFirst(digits.count).prefix { $0.isLetter }
      guard let amount = Double(digits), let seconds = Self.secondsPerUnit[String(unit)] else { return nil }
      total += .seconds(amount * seconds)
      rest = rest.dropFirst(digits.count + unit.count)
    }
    self = total
  }

  private static let secondsPerUnit: [String: Double] = ["ms": 0.001, "s": 1, "m": 60, "h": 3600]
}
