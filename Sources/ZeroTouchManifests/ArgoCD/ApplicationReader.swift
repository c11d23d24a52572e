import ZeroTouchModel

/// Takes the Applications out of rendered manifests and refuses those nobody could order.
enum ApplicationReader {
  private static let waveKey = "argocd.argoproj.io/sync-wave"

  static func read(_ rendered: String, source: String) throws(InvalidInput) -> [Application] {
    var applications: [Application] = []
    var problems: [Diagnostic] = []
    var names: Set<String> = []
    for document in try LocatedYAML.documents(of: rendered, file: source) where isApplication(document) {
      let found = Self.problems(of: document, known: &names)
      problems += found
      guard found.isEmpty, let application = Application(document.json) else { continue }
      applications.append(application)
    }
    guard problems.isEmpty else { throw InvalidInput(problems) }
    return applications
  }

  private static func isApplication(_ document: LocatedYAML) -> Bool {
    document["kind"]?.scalar?.stringValue == "Application"
      && document["apiVersion"]?.scalar?.stringValue?.hasPrefix("argoproj.io/") == true
  }

  private static func problems(of document: LocatedYAML, known names: inout Set<String>) -> [Diagnostic] {
    var problems: [Diagnostic] = []
    func report(_ message: String, _ remedy: String, at place: SourceLocation?) {
      problems.append(Diagnostic(at: place, message, remedy: remedy))
    }
    let metadata = document["metadata"]
    let place = metadata?.location ?? document.location
    let name = metadata?["name"]?.scalar?.stringValue
    if let name, !names.insert(name).inserted {
      report(
        "the Application `\(name)` stands twice in what this renders to", "give every Application its own name",
        at: metadata?["name"]?.location)
    }
    if name == nil { report("an Application has no name", "add `metadata.name`", at: place) }
    if let wave = metadata?["annotations"]?[waveKey], wave.scalar?.stringValue.flatMap({ Int($0) }) == nil {
      report(
        "the sync wave `\(wave.json.stringValue ?? wave.json.text())` of the Application `\(name ?? "?")` is no integer in quotes",
        "write it as a string, such as `\"-1\"`", at: wave.location)
    }
    if document["spec"]?.entries == nil {
      report("an Application has no `spec`", "add its source and destination", at: place)
    }
    return problems
  }
}
