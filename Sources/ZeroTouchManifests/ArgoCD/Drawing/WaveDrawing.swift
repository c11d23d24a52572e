/// The waves as a picture: a band a wave, a box an Application, an arrow from what is needed to who needs it.
struct WaveDrawing: Sendable {
  private let chart: WaveChart
  private let applications: [String: Application]
  private let layout: WaveLayout
  /// What has to be added to a node's place.
  private let left: Double
  private let width: Double

  private static let gutter = 96.0
  private static let margin = 28.0
  private static let top = 64.0
  private static let boxHeight = 46.0
  private static let pitch = 92.0
  private static let longestOrigin = 34

  init(_ chart: WaveChart) {
    self.chart = chart
    applications = Dictionary(
      chart.expected.waves.flatMap(\.applications).map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    layout = WaveLayout(chart, width: Self.width)
    let least = layout.nodes.map { $0.x - $0.width / 2 }.min() ?? 0
    let most = layout.nodes.map { $0.x + $0.width / 2 }.max() ?? 0
    left = Self.gutter + Self.margin - least
    width = (Self.gutter + 2 * Self.margin + most - least).rounded(.up)
  }

  var svg: String {
    let height = Self.top + Double(layout.lines.count) * Self.pitch + 12
    let size = "\(Self.number(width)) \(Self.number(height))"
    return """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(size)" role="img" aria-labelledby="title description">
      <title id="title">The waves of \(Self.escaped(chart.overlay))</title>
      <desc id="description">\(description)</desc>
      <style>
      \(WaveStyle.css)
      </style>
      <defs>
      \(WaveStyle.arrowHeads)
      </defs>
      <rect class="paper" width="100%" height="100%"/>
      <text class="heading" x="28" y="38">The waves of \(Self.escaped(chart.overlay))</text>
      \(bands)
      \(arrows)
      \(boxes)
      </svg>
      """
  }

  private var description: String {
    "\(layout.lines.count) bands from the first wave to the last; an arrow leads from an Application to one that needs "
      + "something of it."
  }

  /// The stripes behind the waves, each with its name; a wave of several lines is one stripe.
  private var bands: String {
    var texts: [String] = []
    for (number, wave) in layout.lines.enumerated() where number == 0 || layout.lines[number - 1] != wave {
      let count = layout.lines[number...].prefix { $0 == wave }.count
      let y = Self.top + Double(number) * Self.pitch
      let height = Double(count) * Self.pitch - 8
      texts.append(
        "<rect class=\"band\" x=\"12\" y=\"\(Self.number(y))\" width=\"\(Self.number(width - 24))\" "
          + "height=\"\(Self.number(height))\" rx=\"10\"/>")
      texts.append(
        "<text class=\"wave\" x=\"28\" y=\"\(Self.number(y + height / 2 + 4))\">wave "
          + "\("\(wave)".replacing("-", with: "\u{2212}"))</text>")
    }
    return texts.joined(separator: "\n")
  }

  private var boxes: String {
    layout.nodes.indices.compactMap { index -> String? in
      let node = layout.nodes[index]
      guard let application = node.name.flatMap({ applications[$0] }) else { return nil }
      let (x, y) = (node.x + left, boxTop(of: node.line))
      let reason = application.reason.isEmpty ? "" : ": \(application.reason)"
      return """
        <g class="box" data-application="\(Self.escaped(application.name))">
        <title>\(Self.escaped(application.name + reason))</title>
        <rect x="\(Self.number(x - node.width / 2))" y="\(Self.number(y))" width="\(Self.number(node.width))" \
        height="\(Self.number(Self.boxHeight))" rx="8"/>
        <text class="name" x="\(Self.number(x))" y="\(Self.number(y + 20))">\(Self.escaped(application.name))</text>
        <text class="from" x="\(Self.number(x))" y="\(Self.number(y + 36))">\(Self.escaped(Self.origin(application)))</text>
        </g>
        """
    }.joined(separator: "\n")
  }
}

extension WaveDrawing {
  private var arrows: String {
    // All arrows of an Application have one colour, so that the eye can follow them.
    let givers = layout.nodes.compactMap(\.name).filter { name in layout.edges.contains { $0.from == name } }
    let colours = Dictionary(
      givers.enumerated().map { ($1, $0 % WaveStyle.colours.count) }, uniquingKeysWith: { first, _ in first })
    return layout.edges.map { edge in
      let colour = colours[edge.from] ?? 0
      return "<path class=\"arrow c\(colour)\" marker-end=\"url(#head\(colour))\" "
        + "data-from=\"\(Self.escaped(edge.from))\" data-to=\"\(Self.escaped(edge.to))\" d=\"\(line(edge.way))\">"
        + "<title>\(Self.escaped("\(edge.to) needs of \(edge.from): \(edge.what)"))</title></path>"
    }.joined(separator: "\n")
  }

  /// Down from node to node: straight through a line, in a bow from one line to the next.
  private func line(_ way: [Int]) -> String {
    guard let first = way.first, let last = way.last else { return "" }
    let isDown = layout.nodes[first].line < layout.nodes[last].line
    var (x, y) = (layout.nodes[first].x + left, boxTop(of: layout.nodes[first].line) + Self.boxHeight)
    var path = "M\(Self.number(x)) \(Self.number(y))"
    for index in way.dropFirst() {
      let node = layout.nodes[index]
      let nextX = node.x + left + (index == last ? port(of: way) : 0)
      // Who needs something of its own wave, or of a later one, is reached from below.
      let nextY = isDown ? boxTop(of: node.line) - (index == last ? 5 : 0) : boxTop(of: node.line) + Self.boxHeight + 5
      let bow = isDown ? (nextY - y) / 2 : 30
      path +=
        " C\(Self.number(x)) \(Self.number(y + bow)) \(Self.number(nextX)) \(Self.number(isDown ? nextY - bow : nextY + bow))"
        + " \(Self.number(nextX)) \(Self.number(nextY))"
      (x, y) = (nextX, nextY)
      guard index != last else { break }
      y += Self.boxHeight
      path += " V\(Self.number(y))"
    }
    return path
  }

  /// How far from the middle of its box an arrow ends: beside those that come from its left.
  private func port(of way: [Int]) -> Double {
    guard let last = way.last else { return 0 }
    let others = layout.edges.map(\.way).filter { $0.last == last }.map { layout.nodes[$0[$0.count - 2]].x }.sorted()
    let position = others.firstIndex(of: layout.nodes[way[way.count - 2]].x) ?? 0
    let step = min(12, (layout.nodes[last].width - 30) / Double(max(others.count - 1, 1)))
    return (Double(position) - Double(others.count - 1) / 2) * step
  }

  private func boxTop(of line: Int) -> Double {
    Self.top + Double(line) * Self.pitch + (Self.pitch - 8 - Self.boxHeight) / 2
  }

  private static func width(_ application: Application) -> Double {
    max(Double(application.name.count) * 7.7, Double(origin(application).count) * 5.9, 70) + 26
  }

  /// Where it comes from, as much of it as fits a box.
  private static func origin(_ application: Application) -> String {
    let text = WaveChart.origin(application)
    guard text.count > longestOrigin else { return text }
    let first = text.split(separator: ",").first.map(String.init) ?? text
    var parts = first.split(separator: "/")[...]
    while parts.count > 1, parts.joined(separator: "/").count > longestOrigin { parts = parts.dropFirst() }
    let cut = parts.joined(separator: "/")
    return "\(cut.count < first.count ? "…/" : "")\(cut.prefix(longestOrigin))\(first.count < text.count ? ", …" : "")"
  }

  private static func number(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return tenths % 10 == 0 ? "\(tenths / 10)" : "\(Double(tenths) / 10)"
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
      .replacing("\"", with: "&quot;")
  }
}
