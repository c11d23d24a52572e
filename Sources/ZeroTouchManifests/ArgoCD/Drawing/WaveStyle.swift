/// Colours of a drawing of waves, by day and by night.
enum WaveStyle {
  /// Of arrows, on light and on dark paper.
  static let colours: [(light: String, dark: String)] = [
    ("#2563eb", "#7aa7ff"), ("#0f8a6a", "#4fd1ab"), ("#b45309", "#f0ac5a"), ("#9333ea", "#c49bff"),
    ("#be185d", "#ff8fc0"), ("#0e7490", "#5cc8e6"), ("#4d7c0f", "#a8d65c"), ("#b91c1c", "#ff9a93"),
  ]

  static let css = """
    text { font-family: system-ui, -apple-system, "Segoe UI", "Noto Sans", "DejaVu Sans", sans-serif; }
    .paper { fill: #ffffff; }
    .heading { font-size: 17px; font-weight: 600; fill: #111827; }
    .band { fill: #f3f5f9; }
    .wave { font-size: 13px; font-weight: 600; fill: #667085; }
    .box rect { fill: #ffffff; stroke: #c3cbd8; stroke-width: 1.2; }
    .name { font-size: 13px; font-weight: 600; fill: #111827; text-anchor: middle; }
    .from { font-size: 10.5px; fill: #667085; text-anchor: middle; }
    .arrow { fill: none; stroke-width: 1.6; }
    .arrow:hover { stroke-width: 4; }
    \(rules(\.light))
    @media (prefers-color-scheme: dark) {
    .paper { fill: #0d1117; }
    .heading, .name { fill: #e6edf3; }
    .band { fill: #161b22; }
    .wave, .from { fill: #98a3b3; }
    .box rect { fill: #21262d; stroke: #434b57; }
    \(rules(\.dark))
    }
    """

  static let arrowHeads = colours.indices.map {
    "<marker id=\"head\($0)\" viewBox=\"0 0 8 8\" refX=\"4\" refY=\"4\" markerWidth=\"8\" markerHeight=\"8\" "
      + "markerUnits=\"userSpaceOnUse\" orient=\"auto\"><path class=\"head h\($0)\" d=\"M0 0 L8 4 L0 8 z\"/></marker>"
  }.joined(separator: "\n")

  private static func rules(_ colour: ((light: String, dark: String)) -> String) -> String {
    colours.enumerated().map { number, pair in
      ".c\(number) { stroke: \(colour(pair)); } .h\(number) { fill: \(colour(pair)); }"
    }.joined(separator: "\n")
  }
}
