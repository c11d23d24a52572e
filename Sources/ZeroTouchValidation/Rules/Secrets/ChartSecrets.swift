import ZeroTouchManifests
import ZeroTouchModel

/// Secrets that charts of this tree render, and whose values stand in the charts themselves.
///
/// What a template makes up, or what an Application gives it, stands in no file of the chart.
enum ChartSecrets {
  static func violations(_ survey: Survey, _ isGivenAway: (String, String) -> Bool) -> [Rule.Violation] {
    var found: [Rule.Violation] = []
    var texts: [String: [(path: String, lines: [Substring])]] = [:]
    for cluster in survey.clusters {
      for object in cluster.objects where object.manifest.isPlainSecret {
        guard let folder = chart(of: object, in: cluster, survey.tree) else { continue }
        for (entry, text) in object.manifest.secretEntries where isGivenAway(entry.key, text) && mayStand(text) {
          let files = texts[folder] ?? lines(of: folder, in: survey.tree)
          texts[folder] = files
          guard let place = place(of: text, in: files), !survey.illustrations.contains(place.file) else { continue }
          let what =
            "the Secret `\(object.manifest.name)` of the chart `\(folder)` holds `\(entry.key)` for everybody to read"
          let isForShow = SecretText.isForShow(text) || SecretText.isForShow(object.manifest.name)
          found.append(Rule.Violation(at: place, what, severity: isForShow ? .warning : nil))
        }
      }
    }
    return found
  }

  /// The folder of the chart that renders an object; nil where it comes from elsewhere.
  private static func chart(of object: PlacedObject, in cluster: ClusterView, _ tree: RepositoryTree) -> String? {
    guard case .chart = object.manifest.origin, let application = cluster.application(object.application),
      application.sources.indices.contains(object.source)
    else { return nil }
    let source = application.sources[object.source]
    guard source.chart == nil, let folder = source.folder.flatMap({ RepositoryTree.resolve($0, from: "") }) else {
      return nil
    }
    return tree.charts.contains(folder) ? folder : nil
  }

  /// Whether a text is one that a file can be searched for: one line, and no common word.
  private static func mayStand(_ text: String) -> Bool {
    text.utf8.count >= 6 && !text.contains(where: \.isNewline)
  }

  private static func lines(of folder: String, in tree: RepositoryTree) -> [(path: String, lines: [Substring])] {
    let prefix = folder.isEmpty ? "" : "\(folder)/"
    return tree.paths.filter { path in
      path.hasPrefix(prefix) && [".yaml", ".yml", ".tpl", ".json", ".env", ".txt"].contains(where: path.hasSuffix)
    }.sorted().compactMap { path in
      guard let text = tree.text(of: path), text.utf8.count < 1 << 20 else { return nil }
      return (path, text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline))
    }
  }

  private static func place(of text: String, in files: [(path: String, lines: [Substring])]) -> SourceLocation? {
    for (path, lines) in files {
      guard let index = lines.firstIndex(where: { $0.contains(text) }) else { continue }
      let column = lines[index].prefix { $0 == " " }.count + 1
      return SourceLocation(file: path, line: index + 1, column: column)
    }
    return nil
  }
}
