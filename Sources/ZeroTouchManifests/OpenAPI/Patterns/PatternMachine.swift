/// Looks for a pattern in a text in time that grows with both, whatever they are: it keeps all places in the pattern
/// at once, and never goes back in the text.
struct PatternMachine {
  private enum Step {
    case scalar(PatternSet)
    case start
    case end
    case boundary(isThere: Bool)
    case fork(Int, Int)
    case jump(Int)
    case found
  }

  /// A pattern that would need more steps than are kept.
  struct TooLarge: Error {}

  private var steps: [Step] = []
  private static let mostSteps = 20_000

  init(_ node: PatternNode) throws(TooLarge) {
    try add(node)
    steps.append(.found)
  }

  private mutating func add(_ node: PatternNode) throws(TooLarge) {
    guard steps.count < Self.mostSteps else { throw TooLarge() }
    switch node {
    case .scalar(let set): steps.append(.scalar(set))
    case .start: steps.append(.start)
    case .end: steps.append(.end)
    case .boundary(let isThere): steps.append(.boundary(isThere: isThere))
    case .sequence(let parts): for part in parts { try add(part) }
    case .choice(let parts): try add(choice: parts)
    case .repeated(let part, let from, let to): try add(part, from: from, to: to)
    }
  }

  private mutating func add(choice parts: [PatternNode]) throws(TooLarge) {
    var ends: [Int] = []
    for (number, part) in parts.enumerated() {
      let fork = steps.count
      if number < parts.count - 1 { steps.append(.fork(fork + 1, 0)) }
      try add(part)
      guard number < parts.count - 1 else { break }
      ends.append(steps.count)
      steps.append(.jump(0))
      steps[fork] = .fork(fork + 1, steps.count)
    }
    for end in ends { steps[end] = .jump(steps.count) }
  }

  private mutating func add(_ part: PatternNode, from: Int, to: Int?) throws(TooLarge) {
    for _ in 0..<from { try add(part) }
    guard let to else {
      let fork = steps.count
      steps.append(.fork(fork + 1, 0))
      try add(part)
      steps.append(.jump(fork))
      steps[fork] = .fork(fork + 1, steps.count)
      return
    }
    var forks: [Int] = []
    for _ in from..<max(from, to) {
      forks.append(steps.count)
      steps.append(.fork(steps.count + 1, 0))
      try add(part)
    }
    for fork in forks { steps[fork] = .fork(fork + 1, steps.count) }
  }
}

extension PatternMachine {
  func matches(_ text: String) -> Bool {
    let scalars = Array(text.unicodeScalars)
    var current: [Int] = []
    var marks = Array(repeating: -1, count: steps.count)
    for position in 0...scalars.count {
      // What is looked for may begin anywhere.
      if reach(0, at: position, in: scalars, &marks, &current) { return true }
      guard position < scalars.count else { return false }
      var next: [Int] = []
      for step in current {
        guard case .scalar(let set) = steps[step], set.contains(scalars[position]) else { continue }
        if reach(step + 1, at: position + 1, in: scalars, &marks, &next) { return true }
      }
      current = next
    }
    return false
  }

  /// Adds every step that waits for a character and is reached without one; whether the end is reached.
  private func reach(
    _ first: Int, at position: Int, in scalars: [Unicode.Scalar], _ marks: inout [Int], _ reached: inout [Int]
  ) -> Bool {
    var open = [first]
    while let step = open.popLast() {
      guard marks[step] != position else { continue }
      marks[step] = position
      switch steps[step] {
      case .found: return true
      case .scalar: reached.append(step)
      case .jump(let target): open.append(target)
      case .fork(let one, let other): open += [other, one]
      case .start: if position == 0 { open.append(step + 1) }
      case .end: if position == scalars.count { open.append(step + 1) }
      case .boundary(let isThere): if isBoundary(position, scalars) == isThere { open.append(step + 1) }
      }
    }
    return false
  }

  private func isBoundary(_ position: Int, _ scalars: [Unicode.Scalar]) -> Bool {
    let before = position > 0 && PatternSet.words.contains(scalars[position - 1])
    let after = position < scalars.count && PatternSet.words.contains(scalars[position])
    return before != after
  }
}
