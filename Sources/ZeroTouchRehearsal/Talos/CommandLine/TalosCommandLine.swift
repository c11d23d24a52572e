/// A command line of talosctl, understood: the command, its flags and its arguments.
struct TalosCommandLine: Sendable {
  let command: TalosCommand
  let arguments: [String]
  private var values: [String: [String]] = [:]

  /// Why a command line cannot be understood, in talosctl's own words.
  struct UsageError: Error, Sendable {
    let message: String
    let usage: String
  }

  /// Reads flags in all forms: `--x=y`, `--x y`, `-xy`, `-x y`, `-ab`.
  init(_ words: [String]) throws(UsageError) {
    let (command, rest) = try Self.command(in: words)
    self.command = command
    var reader = FlagReader(command: command, words: rest[...])
    try reader.read()
    (arguments, values) = (reader.arguments, reader.values)
    guard command.arguments.contains(arguments.count) else { throw Self.miscounted(arguments, command) }
  }

  func has(_ flag: String) -> Bool { values[flag] != nil }
  /// The last value of a flag.
  func value(_ flag: String) -> String? { values[flag]?.last }
  func all(_ flag: String) -> [String] { values[flag] ?? [] }
  /// The values of a flag that takes several, also separated by commas.
  func list(_ flag: String) -> [String] { all(flag).flatMap { $0.split(separator: ",").map(String.init) } }

  /// A switch, with its default.
  func isOn(_ flag: String, otherwise fallback: Bool = false) -> Bool {
    guard let value = value(flag) else { return fallback }
    return ["true", "t", "1", "T", "TRUE", "True"].contains(value)
  }

  /// Finds the command behind flags that stand before it.
  private static func command(in words: [String]) throws(UsageError) -> (TalosCommand, [String]) {
    var path: [String] = []
    var rest: [String] = []
    var isValue = false
    for (index, word) in words.enumerated() {
      if isValue || word.hasPrefix("-") {
        rest.append(word)
        isValue = !isValue && takesNextWord(word)
        continue
      }
      path.append(TalosCommand.aliases[word] ?? word)
      if let command = TalosCommand.all.first(where: { $0.words == path }) {
        return (command, rest + words[(index + 1)...])
      }
      guard TalosCommand.all.contains(where: { $0.words.starts(with: path) }) else { break }
    }
    throw unknown(path)
  }

  private static func takesNextWord(_ word: String) -> Bool {
    guard !word.contains("=") else { return false }
    let flag = TalosCommand.common.first { "--\($0.name)" == word || $0.short.map { "-\($0)" } == word }
    return flag?.takesValue ?? false
  }

  private static func unknown(_ path: [String]) -> UsageError {
    let parent = (["talosctl"] + path.dropLast()).joined(separator: " ")
    let usage = "Usage:\n  \(parent) [command]\n"
    guard let word = path.last, !TalosCommand.all.contains(where: { $0.words.starts(with: path) }) else {
      return UsageError(message: "", usage: usage)
    }
    return UsageError(message: "unknown command \"\(word)\" for \"\(parent)\"", usage: usage)
  }

  private static func miscounted(_ arguments: [String], _ command: TalosCommand) -> UsageError {
    let (fewest, most) = (command.arguments.lowerBound, command.arguments.upperBound)
    let message =
      if most == 0 {
        "unknown command \"\(arguments.first ?? "")\" for \"\(command.path)\""
      } else if fewest == most {
        "accepts \(most) arg(s), received \(arguments.count)"
      } else if arguments.count < fewest {
        "requires at least \(fewest) arg(s), only received \(arguments.count)"
      } else {
        "accepts at most \(most) arg(s), received \(arguments.count)"
      }
    return UsageError(message: message, usage: command.usage)
  }
}

extension TalosCommand {
  /// What talosctl shows beside an error about flags.
  var usage: String {
    let own = flags.map(\.usage) + ["  -h, --help"]
    let global = Self.common.filter { $0.name != "help" }.map(\.usage)
    return """
      Usage:
        \(path) [flags]

      Flags:
      \(own.joined(separator: "\n"))

      Global Flags:
      \(global.joined(separator: "\n"))

      """
  }
}
