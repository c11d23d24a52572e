package import ZeroTouchModel

/// The order in which Argo CD brings a platform up, for people: what stands in each wave, where from, and why there.
package struct WaveChart: Sendable {
  package let expected: ExpectedApplications
  /// Which overlay it was made of.
  package let overlay: String

  /// What each Application needs of others, as its objects say.
  package let needs: [String: [Need]]

  /// One thing an Application needs of another one.
  package struct Need: Sendable, Hashable {
    package let application: String
    /// What of it, such as a kind or a Secret.
    package let what: String

    package init(application: String, what: String) {
      self.application = application
      self.what = what
    }
  }

  package init(_ expected: ExpectedApplications, of overlay: String, needs: [String: [Need]] = [:]) {
    self.expected = expected
    self.overlay = overlay
    self.needs = needs
  }

  /// A row an Application: wave, name, sources, reason, needs.
  package var rows: [[String]] {
    expected.waves.flatMap { wave, applications in
      applications.map { [String(wave), $0.name, Self.origin($0), $0.reason, derived($0.name)] }
    }
  }

  private func derived(_ name: String) -> String {
    (needs[name] ?? []).map { "`\($0.application)`: \($0.what)" }.joined(separator: "; ")
  }

  /// A page with the graph and the table.
  package var markdown: String {
    let table = rows.map { "| \($0[0]) | `\($0[1])` | \($0[2]) | \($0[3]) | \($0[4]) |" }.joined(separator: "\n")
    return """
      # The waves

      The order in which Argo CD brings up `\(overlay)`, made by `zerotouch waves -o markdown`. A wave begins when every
      Application of the one before is Synced and Healthy. `zerotouch validate` refuses a wave that the needs forbid.

      ```mermaid
      \(mermaid)
      ```

      | wave | Application | from | why there | needs, as its objects say |
      |---|---|---|---|---|
      \(table)

      """
  }

  /// A flow chart with one box a wave.
  package var mermaid: String {
    let waves = expected.waves
    var lines = ["flowchart TD"]
    for (number, wave) in waves.enumerated() {
      lines.append("  subgraph w\(number)[\"wave \(wave.wave)\"]")
      lines += wave.applications.map { "    \(Self.id($0.name))[\"\($0.name)\"]" }
      lines.append("  end")
    }
    for number in waves.indices.dropFirst() { lines.append("  w\(number - 1) --> w\(number)") }
    return lines.joined(separator: "\n")
  }

  /// A picture that follows the light or dark scheme of whoever looks at it.
  package var svg: String { WaveDrawing(self).svg }

  package var json: JSONValue {
    .array(
      expected.waves.map { wave, applications in
        [
          "wave": .int(Int64(wave)),
          "applications": .array(
            applications.map {
              [
                "name": .string($0.name), "from": .string(Self.origin($0)), "reason": .string($0.reason),
                "needs": .array(
                  (needs[$0.name] ?? []).map { ["application": .string($0.application), "what": .string($0.what)] }),
              ]
            }),
        ]
      })
  }

  private static func id(_ name: String) -> String { name.replacing("-", with: "_") }

  /// A chart with its version, or a folder; what only lends values is left out.
  static func origin(_ application: Application) -> String {
    application.sources.compactMap { source -> String? in
      if let chart = source.chart { return "\(chart) \(source.revision)" }
      guard let path = source.path else { return nil }
      return path.hasPrefix("platform/") || path.hasPrefix("tenants/")
        ? path : "\(source.repoURL.split(separator: "/").last ?? "") \(source.revision)"
    }.joined(separator: ", ")
  }
}
