package import ZeroTouchModel

/// Values for a chart beside the values that the chart itself has: a key that the chart does not know does nothing,
/// and helm says nothing.
package enum ChartValues {
  /// The keys of a file of values that the chart does not know, with their places.
  ///
  /// - Parameter chart: The chart's own values, as `helm show values` prints them.
  package static func unknownKeys(
    in text: String, file: String, chart: String, named name: String
  ) throws(InvalidInput) -> [Diagnostic] {
    guard let own = try LocatedYAML.documents(of: chart, file: "values.yaml of \(name)").first,
      let values = try LocatedYAML.documents(of: text, file: file).first
    else { return [] }
    return problems(values, own, path: "", name)
  }

  private static func problems(
    _ values: LocatedYAML, _ own: LocatedYAML, path: String, _ name: String
  ) -> [Diagnostic] {
    // An empty mapping in the chart is for the user to fill: annotations, selectors, resources.
    guard let known = own.entries, !known.isEmpty else { return [] }
    return (values.entries ?? []).flatMap { entry -> [Diagnostic] in
      let full = path.isEmpty ? entry.key : "\(path).\(entry.key)"
      guard let match = own[entry.key] else {
        let near = Spelling.nearest(to: entry.key, among: known.map(\.key)).map { "did you mean `\($0)`?" }
        return [
          Diagnostic(
            at: entry.keyLocation, "the chart `\(name)` knows no value `\(full)`, and would ignore it",
            remedy: near ?? "remove the key, or look it up: helm show values")
        ]
      }
      return problems(entry.value, match, path: full, name)
    }
  }
}
