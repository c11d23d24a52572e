/// A command line of OpenSSH's client, as far as it decides where to connect and what to run.
struct SSHCommandLine: Sendable, Hashable {
  enum Reading: Sendable, Hashable {
    case connect(SSHCommandLine)
    case version
    /// What the program says on standard error before it exits with 255.
    case invalid(String)
  }

  var host = ""
  var user = "root"
  var port = 22
  /// The options of `-o`, by lower-case name.
  var options: [String: String] = [:]
  /// The remote command; empty starts a shell.
  var command = ""

  private static let valued: Set<Character> = Set("BbcDEeFIiJLlmOoPpQRSWw")
  private static let switches: Set<Character> = Set("46AaCfGgKkMNnqsTtVvXxYy")
  private static let usage =
    "usage: ssh [-46AaCfGgKkMNnqsTtVvXxYy] [-B bind_interface] [-b bind_address]\n           destination [command [argument ...]]\n"

  /// Options may stand in front of the destination and behind it; the first other word begins the command.
  static func read(_ arguments: [String]) -> Reading {
    var line = SSHCommandLine()
    var rest = arguments[...]
    while let word = rest.popFirst() {
      if word == "--" {
        if line.host.isEmpty, let destination = rest.popFirst() { line.setDestination(destination) }
        line.command = rest.joined(separator: " ")
        break
      }
      guard word.hasPrefix("-"), word != "-" else {
        guard line.host.isEmpty else {
          line.command = ([word] + rest).joined(separator: " ")
          break
        }
        line.setDestination(word)
        continue
      }
      if word == "-V" { return .version }
      if let problem = line.takeOptions(word.dropFirst(), &rest) { return .invalid(problem) }
    }
    return line.host.isEmpty ? .invalid(usage) : .connect(line)
  }

  /// Reads a cluster of options; returns what is wrong with it.
  private mutating func takeOptions(_ cluster: Substring, _ rest: inout ArraySlice<String>) -> String? {
    var letters = cluster
    while let letter = letters.popFirst() {
      if Self.switches.contains(letter) { continue }
      guard Self.valued.contains(letter) else { return "unknown option -- \(letter)\n\(Self.usage)" }
      guard let value = letters.isEmpty ? rest.popFirst() : String(letters) else {
        return "option requires an argument -- \(letter)\n\(Self.usage)"
      }
      return set(letter, value)
    }
    return nil
  }

  private mutating func set(_ letter: Character, _ value: String) -> String? {
    switch letter {
    case "l": user = value
    case "p":
      guard let number = Int(value), (1...65535).contains(number) else { return "Bad port '\(value)'\r\n" }
      port = number
    case "o":
      let parts = value.split(maxSplits: 1) { $0 == "=" || $0 == " " }
      guard parts.count == 2 else {
        return "command-line line 0: no argument after keyword \"\(value.lowercased())\"\r\n"
      }
      options[parts[0].lowercased()] = String(parts[1])
      if parts[0].lowercased() == "port" { port = Int(parts[1]) ?? port }
      if parts[0].lowercased() == "user" { user = String(parts[1]) }
    default: break
    }
    return nil
  }

  private mutating func setDestination(_ text: String) {
    var rest = text[...]
    if let at = rest.lastIndex(of: "@") {
      user = String(rest[..<at])
      rest = rest[rest.index(after: at)...]
    }
    host = rest.filter { !"[]".contains($0) }
  }
}
