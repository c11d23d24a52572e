/// Which lines two texts have in common, in order.
///
/// The shortest list of changes costs time and memory with the square of the changes, so only short stretches are
/// compared that way; long ones are cut first, at lines that stand exactly once on either side.
struct LineMatches {
  /// Positions on both sides, ascending.
  private(set) var pairs: [(old: Int, new: Int)] = []
  private static let longest = 2000

  private let old: [Int]
  private let new: [Int]

  init(_ old: [Substring], _ new: [Substring]) {
    var numbers: [Substring: Int] = [:]
    func number(_ line: Substring) -> Int {
      if let known = numbers[line] { return known }
      numbers[line] = numbers.count
      return numbers.count - 1
    }
    self.old = old.map(number)
    self.new = new.map(number)
    match(old.indices, new.indices)
  }

  private mutating func match(_ left: Range<Int>, _ right: Range<Int>) {
    var (left, right) = (left, right)
    while let first = left.first, let second = right.first, old[first] == new[second] {
      pairs.append((first, second))
      (left, right) = (left.dropFirst(), right.dropFirst())
    }
    var ending: [(old: Int, new: Int)] = []
    while let last = left.last, let second = right.last, old[last] == new[second] {
      ending.append((last, second))
      (left, right) = (left.dropLast(), right.dropLast())
    }
    if !left.isEmpty, !right.isEmpty { matchUnequal(left, right) }
    pairs += ending.reversed()
  }

  private mutating func matchUnequal(_ left: Range<Int>, _ right: Range<Int>) {
    guard left.count + right.count > Self.longest else { return matchShortest(left, right) }
    let anchors = anchors(left, right)
    guard !anchors.isEmpty else { return }
    var (start, second) = (left.lowerBound, right.lowerBound)
    for anchor in anchors {
      match(start..<anchor.old, second..<anchor.new)
      pairs.append(anchor)
      (start, second) = (anchor.old + 1, anchor.new + 1)
    }
    match(start..<left.upperBound, second..<right.upperBound)
  }

  private mutating func matchShortest(_ left: Range<Int>, _ right: Range<Int>) {
    let difference = new[right].difference(from: old[left])
    let removed = Set(difference.removals.map(Self.offset))
    let added = Set(difference.insertions.map(Self.offset))
    let kept = left.indices.filter { !removed.contains($0 - left.lowerBound) }
    pairs += zip(kept, right.indices.filter { !added.contains($0 - right.lowerBound) }).map { ($0, $1) }
  }

  private static func offset(_ change: CollectionDifference<Int>.Change) -> Int {
    switch change {
    case .insert(let offset, _, _), .remove(let offset, _, _): offset
    }
  }

  /// The longest ascending row of the lines that stand once on either side.
  private func anchors(_ left: Range<Int>, _ right: Range<Int>) -> [(old: Int, new: Int)] {
    let places = Self.single(new, right)
    let single = Self.single(old, left)
    let candidates = left.compactMap { index in
      single[old[index]].flatMap { _ in places[old[index]].map { (old: index, new: $0) } }
    }
    // Of all rows of a length, the one that ends first; each candidate remembers the one before it.
    var ends: [Int] = []
    var previous: [Int?] = []
    for (index, candidate) in candidates.enumerated() {
      let length = ends.firstIndex(notBefore: candidate.new) { candidates[$0].new }
      previous.append(length == 0 ? nil : ends[length - 1])
      if length == ends.count { ends.append(index) } else { ends[length] = index }
    }
    var row: [(old: Int, new: Int)] = []
    var next = ends.last
    while let index = next {
      row.append(candidates[index])
      next = previous[index]
    }
    return row.reversed()
  }

  /// The lines that stand once in a stretch, with their places.
  private static func single(_ lines: [Int], _ stretch: Range<Int>) -> [Int: Int] {
    var places: [Int: Int?] = [:]
    for index in stretch { places[lines[index]] = places[lines[index]] == nil ? .some(index) : .some(nil) }
    return places.compactMapValues(\.self)
  }
}

extension [Int] {
  /// The first position whose value is not below another one; the values ascend.
  fileprivate func firstIndex(notBefore wanted: Int, _ value: (Int) -> Int) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if value(self[middle]) < wanted { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
