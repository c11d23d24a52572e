/// Takes the flags of a command out of its words.
struct FlagReader {
  let command: TalosCommand
  private(set) var words: ArraySlice<String>
  private(set) var values: [String: [String]] = [:]
  private(set) var arguments: [String] = []

  init(command: TalosCommand, words: ArraySlice<String>) {
    self.command = command
    self.words = words
  }

  mutating func read() throws(TalosCommandLine.UsageError) {
    while let word = words.popFirst() {
      if word == "--" {
        arguments += words
        return
      } else if word.hasPrefix("--") {
        try readLong(word.dropFirst(2))
      } else if word.hasPrefix("-"), word != "-" {
        try readShort(word.dropFirst(), cluster: word)
      } else {
        arguments.append(word)
      }
    }
  }

  private mutating func readLong(_ text: Substring) throws(TalosCommandLine.UsageError) {
    let name = String(text.prefix { $0 != "=" })
    guard let flag = command.flag(name) else { throw failure("unknown flag: --\(name)") }
    if let sign = text.firstIndex(of: "=") {
      return add(flag, String(text[text.index(after: sign)...]))
    }
    guard flag.takesValue else { return add(flag, "true") }
    guard let value = words.popFirst() else { throw failure("flag needs an argument: --\(name)") }
    add(flag, value)
  }

  private mutating func readShort(_ text: Substring, cluster: String) throws(TalosCommandLine.UsageError) {
    guard let character = text.first else { return }
    guard let flag = command.flag(character) else {
      throw failure("unknown shorthand flag: '\(character)' in \(cluster)")
    }
    let rest = text.dropFirst()
    if rest.hasPrefix("=") { return add(flag, String(rest.dropFirst())) }
    guard flag.takesValue else {
      add(flag, "true")
      return try readShort(rest, cluster: cluster)
    }
    if !rest.isEmpty { return add(flag, String(rest)) }
    guard let value = words.popFirst() else { throw failure("flag needs an argument: '\(character)' in \(cluster)") }
    add(flag, value)
  }

  private mutating func add(_ flag: TalosCommand.Flag, _ value: String) { values[flag.name, default: []].append(value) }

  private func failure(_ message: String) -> TalosCommandLine.UsageError {
    TalosCommandLine.UsageError(message: message, usage: command.usage)
  }
}
