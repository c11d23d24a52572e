import ZeroTouchManifests
import ZeroTouchModel

/// What a file says wrong before anything in it is understood.
extension Rule {
  static let unreadableYAML = Rule(
    "ZT101", .error, "a file that is not YAML",
    why: "whoever reads the folder fails at this file, and everything beside it stays away as well",
    remedy: "correct the YAML there, or on the line before it",
    example: Example(
      wrong: "metadata:\n  name: shop\n   namespace: shop", right: "metadata:\n  name: shop\n  namespace: shop"),
    check: { survey in survey.problems(of: .syntax) })

  static let keyTwice = Rule(
    "ZT102", .error, "a key that stands twice",
    why: "the last one wins without a word, and strict readers refuse the file",
    remedy: "keep one of them",
    example: Example(wrong: "replicas: 1\nimage: a\nreplicas: 3", right: "replicas: 3\nimage: a"),
    check: { survey in survey.problems(of: .duplicate) })

  static let yamlBeyondBounds = Rule(
    "ZT103", .error, "YAML beyond the bounds",
    why: "a few lines of aliases expand to gigabytes: readers refuse the file, or fall over it",
    remedy: "write the values out, use fewer aliases and flatter mappings",
    example: Example(
      wrong: "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]  # and so on", right: "a: [x, x]"),
    check: { survey in survey.problems(of: .bounds) })
}

/// What kind of trouble a reader of YAML had.
enum YAMLTrouble {
  case syntax
  case duplicate
  case bounds

  init(_ problem: Diagnostic) {
    let bounds = ["nested deeper", "aliases expand", "more than the", "private character", "keys stand twice"]
    if bounds.contains(where: problem.message.contains) {
      self = .bounds
    } else if problem.message.hasPrefix("the key `") {
      self = .duplicate
    } else {
      self = .syntax
    }
  }
}

extension Survey {
  /// What the reader said about files, in the tree's order.
  fileprivate func problems(of trouble: YAMLTrouble) -> [Rule.Violation] {
    let templates = trouble == .syntax ? templates : []
    return tree.files.flatMap { file -> [Rule.Violation] in
      let problems = file.problems.filter { YAMLTrouble($0) == trouble }
      guard !problems.isEmpty, !templates.contains(file.path) else { return [] }
      let glued = trouble == .duplicate ? gluedObjects(problems) : []
      return glued
        + problems.filter { glued.isEmpty || $0.location?.column != 1 }.map {
          let place = $0.location ?? SourceLocation(file: file.path, line: 1, column: 1)
          return Rule.Violation(at: place, $0.message, remedy: $0.remedy)
        }
    }
  }

  /// The beginnings of objects that nothing parts from the one before: one fault, and not one for each of their keys.
  private func gluedObjects(_ problems: [Diagnostic]) -> [Rule.Violation] {
    let begins = ["the key `apiVersion`", "the key `kind`"].map { key in
      problems.filter { $0.location?.column == 1 && $0.message.hasPrefix(key) }.compactMap(\.location)
    }
    guard begins[0].count == begins[1].count else { return [] }
    return zip(begins[0], begins[1]).map { version, kind in
      Rule.Violation(
        at: min(version, kind), "another object begins here without `---` before it, and takes the place of the first",
        remedy: "write `---` on a line of its own above it")
    }
  }
}
