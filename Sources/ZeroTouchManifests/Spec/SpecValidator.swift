import ZeroTouchModel

/// Holds a document against the definition and gathers everything that does not fit.
struct SpecValidator {
  let file: String
  private(set) var problems: [Diagnostic] = []

  init(file: String) { self.file = file }

  mutating func check(_ node: LocatedYAML, as type: SpecType, called name: String) {
    switch (type, node.content) {
    case (.object(let fields), .mapping(let entries)): check(entries, of: fields, in: node, called: name)
    // An empty mapping is often written as nothing at all.
    case (.object(let fields), .scalar(.null)): check([], of: fields, in: node, called: name)
    case (.map, .scalar(.null)), (.pairs, .scalar(.null)), (.boolean, .scalar(.bool)): break
    case (.pairs(let key, let value), .mapping(let entries)): check(entries, key: key, value: value)
    case (.integer(let range), .scalar(.int(let number))):
      if !range.contains(Int(number)) {
        report(
          "`\(name)` is \(number)", "write a number from \(range.lowerBound) to \(range.upperBound)", at: node.location)
      }
    case (.map(let keys, let value), .mapping(let entries)): check(entries, keys: keys, value: value)
    case (.list(let element), .sequence(let items)):
      for (index, item) in items.enumerated() { check(item, as: element, called: "\(name)[\(index)]") }
    case (.choice(let choices), .scalar(.string(let word))): check(word, among: choices, at: node.location)
    case (.text(let format), .scalar(.string(let text))):
      if let problem = format.problem(with: text) { report(problem.message, problem.remedy, at: node.location) }
    default: reportType(of: node, wanted: type, called: name)
    }
  }

  private mutating func check(
    _ entries: [LocatedYAML.Entry], of fields: [SpecField], in node: LocatedYAML, called name: String
  ) {
    for entry in entries {
      guard let field = fields.first(where: { $0.key == entry.key }) else {
        reportUnknown(entry, known: fields.filter { $0.notYet == nil }.map(\.key))
        continue
      }
      if let reason = field.notYet {
        report("`\(entry.key)` has no effect yet: \(reason)", "remove the key", at: entry.keyLocation)
      } else {
        check(entry.value, as: field.type, called: field.key)
      }
    }
    for field in fields where field.demand == .required && !entries.contains(where: { $0.key == field.key }) {
      reportMissing(field, in: node, called: name)
    }
  }

  private mutating func check(_ entries: [LocatedYAML.Entry], keys: [SpecChoice], value: SpecType) {
    for entry in entries {
      guard let key = keys.first(where: { $0.value == entry.key }) else {
        reportUnknown(entry, known: keys.filter { $0.notYet == nil }.map(\.value))
        continue
      }
      if let reason = key.notYet {
        report("`\(entry.key)` has no effect yet: \(reason)", "remove the key", at: entry.keyLocation)
      } else {
        check(entry.value, as: value, called: entry.key)
      }
    }
  }

  private mutating func check(_ entries: [LocatedYAML.Entry], key: SpecFormat, value: SpecFormat) {
    for entry in entries {
      if let problem = key.problem(with: entry.key) { report(problem.message, problem.remedy, at: entry.keyLocation) }
      check(entry.value, as: .text(value), called: entry.key)
    }
  }

  private mutating func check(_ word: String, among choices: [SpecChoice], at location: SourceLocation) {
    let usable = choices.filter { $0.notYet == nil }.map(\.value)
    guard let choice = choices.first(where: { $0.value == word }) else {
      return report(
        "`\(word)` is not one of \(Self.list(usable))", Self.suggestion(for: word, among: usable), at: location)
    }
    guard let reason = choice.notYet else { return }
    report("`\(word)` does not work yet: \(reason)", "use \(Self.list(usable, or: true))", at: location)
  }
}

extension SpecValidator {
  private mutating func reportUnknown(_ entry: LocatedYAML.Entry, known: [String]) {
    report("unknown key `\(entry.key)`", Self.suggestion(for: entry.key, among: known), at: entry.keyLocation)
  }

  mutating func reportMissing(_ field: SpecField, in node: LocatedYAML, called name: String) {
    let example = field.example?.stringValue ?? "…"
    report("`\(field.key)` is missing in `\(name)`", "add `\(field.key): \(example)`", at: node.location)
  }

  private mutating func reportType(of node: LocatedYAML, wanted: SpecType, called name: String) {
    if case .text(.secretReference) = wanted, node.scalar != .null {
      let complaint = SpecFormat.secretReference.complaint(about: "")
      return report(complaint.message, complaint.remedy, at: node.location)
    }
    report(
      "`\(name)` holds \(node.kindName) where \(wanted.name) belongs", Self.remedy(wanted, node), at: node.location)
  }

  private static func remedy(_ wanted: SpecType, _ node: LocatedYAML) -> String {
    switch (wanted, node.content) {
    case (.choice, .scalar(let value)) where value != .null, (.text, .scalar(let value)) where value != .null:
      "put the value in quotes, or write the one that is meant"
    case (.list, .scalar(.null)): "write `[]`, or a list with `- ` before each entry"
    case (.list, _): "put `- ` before each entry"
    case (.object, _), (.map, _), (.pairs, _): "write keys and values below it"
    default: "write a value, or remove the key"
    }
  }

  mutating func report(_ message: String, _ remedy: String, at location: SourceLocation) {
    problems.append(Diagnostic(at: location, message, remedy: remedy))
  }

  static func suggestion(for word: String, among known: [String]) -> String {
    if let near = Spelling.nearest(to: word, among: known) { return "did you mean `\(near)`?" }
    return "use \(list(known, or: true))"
  }

  static func list(_ words: [String], or: Bool = false) -> String {
    let quoted = words.map { "`\($0)`" }
    guard quoted.count > 1, let last = quoted.last else { return quoted.joined() }
    return quoted.dropLast().joined(separator: ", ") + (or ? " or " : " and ") + last
  }
}
