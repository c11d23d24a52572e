/// Where the boxes and the arrows of a drawing of waves stand.
///
/// A line holds the Applications of a wave, or as many of them as fit; arrows that pass a line have a place of their
/// own between its boxes, and those that begin at one Application run together as far as they can.
struct WaveLayout: Sendable {
  /// Something that has a place in a line: a box, or the passage of arrows through the line.
  struct Node: Sendable {
    let line: Int
    let width: Double
    /// The Application of a box; nil for a passage.
    let name: String?
    /// The middle.
    var x = 0.0
    var above: [Int] = []
    var below: [Int] = []
  }

  struct Edge: Sendable {
    let from: String
    let to: String
    let what: String
    /// The nodes it touches, from what is needed down to who needs it.
    let way: [Int]
  }

  static let gap = 22.0
  static let passageWidth = 10.0
  static let mostBoxes = 5

  /// The wave of every line.
  private(set) var lines: [Int] = []
  private(set) var nodes: [Node] = []
  private(set) var edges: [Edge] = []
  /// The boxes, by Application.
  private(set) var boxes: [String: Int] = [:]

  init(_ chart: WaveChart, width: (Application) -> Double) {
    for (wave, applications) in chart.expected.waves {
      for (number, application) in applications.enumerated() {
        if number % Self.mostBoxes == 0 { lines.append(wave) }
        boxes[application.name] = nodes.count
        nodes.append(Node(line: lines.count - 1, width: width(application), name: application.name))
      }
    }
    for (user, needs) in chart.needs.sorted(by: { $0.key < $1.key }) where boxes[user] != nil {
      for need in needs where boxes[need.application] != nil {
        edges.append(Edge(from: need.application, to: user, what: need.what, way: []))
      }
    }
    lead()
    arrange()
  }

  /// The nodes of a line, from left to right.
  func nodes(in line: Int) -> [Int] {
    nodes.indices.filter { nodes[$0].line == line }.sorted { (nodes[$0].x, $0) < (nodes[$1].x, $1) }
  }
}

extension WaveLayout {
  /// Gives every arrow its way: through one passage in each line between its ends.
  private mutating func lead() {
    var passages: [String: [Int: Int]] = [:]
    for (number, edge) in edges.enumerated() {
      guard let from = boxes[edge.from], let to = boxes[edge.to] else { continue }
      var way = [from]
      for line in nodes[from].line..<max(nodes[from].line, nodes[to].line) where line > nodes[from].line {
        let node = passages[edge.from]?[line] ?? nodes.count
        if node == nodes.count { nodes.append(Node(line: line, width: Self.passageWidth, name: nil)) }
        passages[edge.from, default: [:]][line] = node
        way.append(node)
      }
      way.append(to)
      edges[number] = Edge(from: edge.from, to: edge.to, what: edge.what, way: way)
      for (upper, lower) in zip(way, way.dropFirst()) where nodes[upper].line < nodes[lower].line {
        if !nodes[upper].below.contains(lower) { nodes[upper].below.append(lower) }
        if !nodes[lower].above.contains(upper) { nodes[lower].above.append(upper) }
      }
    }
  }

  /// Moves everything towards what it is bound to, down and up again until it has settled.
  private mutating func arrange() {
    for line in lines.indices { place(nodes(in: line), wanting: { _ in 0 }) }
    for round in 0..<24 {
      let isDown = round % 2 == 0
      for line in isDown ? Array(lines.indices) : lines.indices.reversed() {
        settle(line) { isDown ? $0.above : $0.below }
      }
    }
    for line in lines.indices { settle(line) { $0.above + $0.below } }
  }

  private mutating func settle(_ line: Int, _ bound: (Node) -> [Int]) {
    var wanted: [Int: Double] = [:]
    for index in nodes(in: line) {
      let others = bound(nodes[index]).map { nodes[$0].x }
      wanted[index] = others.isEmpty ? nodes[index].x : others.reduce(0, +) / Double(others.count)
    }
    let order = nodes(in: line).sorted { (wanted[$0] ?? 0, nodes[$0].x, $0) < (wanted[$1] ?? 0, nodes[$1].x, $1) }
    place(order) { wanted[$0] ?? 0 }
  }

  /// Puts nodes side by side in this order, as near as they can be to where they want to be (least squares).
  private mutating func place(_ order: [Int], wanting wanted: (Int) -> Double) {
    var offsets: [Double] = []
    var offset = 0.0
    for (number, index) in order.enumerated() {
      if number > 0 { offset += (nodes[order[number - 1]].width + nodes[index].width) / 2 + Self.gap }
      offsets.append(offset)
    }
    // Neighbours that want to stand in each other's place stand round the middle of what they want.
    var groups: [(sum: Double, count: Int)] = []
    for (number, index) in order.enumerated() {
      groups.append((wanted(index) - offsets[number], 1))
      while groups.count > 1, let last = groups.last {
        let before = groups[groups.count - 2]
        guard before.sum / Double(before.count) > last.sum / Double(last.count) else { break }
        groups.removeLast(2)
        groups.append((before.sum + last.sum, before.count + last.count))
      }
    }
    let places = groups.flatMap { Array(repeating: $0.sum / Double($0.count), count: $0.count) }
    for (number, index) in order.enumerated() { nodes[index].x = places[number] + offsets[number] }
  }
}
