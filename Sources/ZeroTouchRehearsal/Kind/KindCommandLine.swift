/// A command line of `kind`: the words of the command, and its flags.
struct KindCommandLine: Sendable, Hashable {
  enum Reading: Sendable, Hashable {
    case command(KindCommandLine)
    /// What kind prints behind `ERROR: ` before it exits with 1.
    case invalid(String)
  }

  let words: [String]
  private(set) var values: [String: String] = [:]

  /// The commands this door answers, each with the flags it takes a value for.
  private static let commands: [[String]: Set<String>] = [
    ["version"]: [], ["get", "clusters"]: [], ["get", "kubeconfig"]: ["name"],
    ["export", "kubeconfig"]: ["kubeconfig", "name"], ["delete", "cluster"]: ["kubeconfig", "name"],
    ["create", "cluster"]: ["config", "image", "kubeconfig", "name", "wait"],
  ]

  var cluster: String { values["name"] ?? "kind" }

  static func read(_ arguments: [String]) -> Reading {
    let words = Array(arguments.prefix { !$0.hasPrefix("-") })
    guard let flags = commands[words] else {
      return .invalid("unknown command \"\(words.joined(separator: " "))\" for \"kind\"")
    }
    var line = KindCommandLine(words: words)
    var rest = arguments.dropFirst(words.count)
    while let word = rest.popFirst() {
      let parts = word.drop { $0 == "-" }.split(separator: "=", maxSplits: 1).map(String.init)
      let name = parts.first == "n" ? "name" : parts.first ?? ""
      guard word.hasPrefix("-"), flags.contains(name) else { return .invalid("unknown flag: \(word)") }
      guard let value = parts.count == 2 ? parts[1] : rest.popFirst() else {
        return .invalid("flag needs an argument: \(word)")
      }
      line.values[name] = value
    }
    return .command(line)
  }
}
