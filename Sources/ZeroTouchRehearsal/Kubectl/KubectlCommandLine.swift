/// A command line of kubectl, as far as the pipeline writes them; every other flag is refused in kubectl's words.
struct KubectlCommandLine: Sendable, Hashable {
  /// The words that are no flags, the command's own name first.
  private(set) var words: [String] = []
  /// What follows `--`.
  private(set) var trailing: [String] = []
  private var values: [String: [String]] = [:]
  private var switches: Set<String> = []

  private static let takesValue: Set = [
    "kubeconfig", "namespace", "output", "selector", "filename", "container", "type", "patch-file", "field-manager",
    "raw", "tail", "timeout",
  ]
  private static let isSwitch: Set = [
    "all-namespaces", "watch", "output-watch-events", "server-side", "force-conflicts", "overwrite",
    "ignore-not-found", "show-managed-fields", "previous", "ignore-daemonsets", "delete-emptydir-data",
  ]
  private static let short = [
    "n": "namespace", "o": "output", "l": "selector", "f": "filename", "c": "container", "A": "all-namespaces",
    "w": "watch",
  ]

  init(_ arguments: [String]) throws(CallFailure) {
    var rest = arguments[...]
    while let argument = rest.popFirst() {
      if argument == "--" {
        trailing = Array(rest)
        return
      }
      guard argument.hasPrefix("-"), argument != "-" else {
        words.append(argument)
        continue
      }
      try take(argument, &rest)
    }
  }

  var command: String { words.first ?? "" }

  func value(_ name: String) -> String? { values[name]?.last }
  func all(_ name: String) -> [String] { values[name] ?? [] }
  func has(_ name: String) -> Bool { switches.contains(name) }

  private mutating func take(_ argument: String, _ rest: inout ArraySlice<String>) throws(CallFailure) {
    let parts = argument.drop { $0 == "-" }.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let given = String(parts[0])
    let name = argument.hasPrefix("--") ? given : Self.short[given] ?? given
    if Self.isSwitch.contains(name), parts.count == 1 {
      switches.insert(name)
    } else if Self.takesValue.contains(name), let value = parts.count > 1 ? String(parts[1]) : rest.popFirst() {
      values[name, default: []].append(value)
    } else {
      let kind =
        argument.hasPrefix("--") ? "unknown flag: --\(given)" : "unknown shorthand flag: '\(given)' in \(argument)"
      throw CallFailure("error: \(kind)\nSee 'kubectl \(command) --help' for usage.")
    }
  }
}
