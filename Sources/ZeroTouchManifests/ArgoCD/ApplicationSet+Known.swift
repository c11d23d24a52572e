import ZeroTouchModel

extension ApplicationSet {
  /// The keys whose meaning is known, by the place they stand at.
  private static let known: [(place: String, keys: Set<String>)] = [
    ("spec", ["generators", "goTemplate", "goTemplateOptions", "template", "syncPolicy"]),
    ("spec.syncPolicy", ["preserveResourcesOnDeletion", "applicationsSync"]),
    ("spec.template", ["metadata", "spec"]),
    ("spec.generators[]", ["git"]),
    ("spec.generators[].git", ["repoURL", "revision", "directories", "requeueAfterSeconds"]),
    ("spec.generators[].git.directories[]", ["path", "exclude"]),
  ]

  /// Refuses whatever would change the Applications and is not followed here.
  static func refuseUnknown(in spec: JSONValue, generator: JSONValue) throws(Unusable) {
    let git = generator["git"] ?? .null
    let directories = git["directories"]?.arrayValue ?? []
    let values: [[JSONValue?]] = [
      [spec], [spec["syncPolicy"]], [spec["template"]], [generator], [git], directories.map(Optional.some),
    ]
    for (entry, values) in zip(known, values) {
      let keys = values.flatMap { ($0?.objectValue ?? [:]).filter { !$0.value.isNull }.keys }
      for key in keys.sorted() where !entry.keys.contains(key) {
        throw Unusable("`\(entry.place).\(key)` is not known here")
      }
    }
    let sync = spec[path: "syncPolicy", "applicationsSync"]?.stringValue ?? "sync"
    guard sync == "sync" else { throw Unusable("`applicationsSync: \(sync)` is not known here, only `sync`") }
  }

  /// Refuses what is more than a star in a path: a question mark, a set of characters, and two stars, which mean one.
  static func refuseUnknown(_ pattern: String) throws(Unusable) {
    for sign in ["**", "?", "[", "\\"] where pattern.contains(sign) {
      throw Unusable("the path `\(pattern)`: `\(sign)` is not known here, only single stars within a part")
    }
  }
}
