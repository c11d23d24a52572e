import ZeroTouchManifests
import ZeroTouchModel

/// Parameters of Parameter Store, between who writes them and who reads them.
extension Rule {
  static let parameterNotWritten = Rule(
    "ZT434", .warning, "a parameter that nothing writes",
    why:
      "the list of parameters that is carried out for a new account leaves it out: its ExternalSecret never gets a value",
    remedy: "add it to the script or file that writes the others, or correct the name",
    example: Example(
      wrong: "aws ssm put-parameter --name /zerotouch/prod/git/token …   # and remoteRef: {key: /git/tokn}",
      right: "remoteRef: {key: /git/token}"),
    check: { survey in
      let written = WrittenParameters(survey)
      let read = ReadParameters(survey)
      guard let listed = written.listed else { return [] }
      let missing = Dictionary(grouping: read.all, by: \.prefix).values.flatMap { group -> [ReadParameters.Parameter] in
        let names = Set(group.map(\.name))
        // A list that holds less than half of what is read is no list of all.
        guard names.intersection(listed).count * 2 >= names.count else { return [] }
        return group.filter { !listed.contains($0.name) && !written.names.contains($0.name) }
      }
      // The stages of one platform read the same line with prefixes of their own.
      var told: Set<SourceLocation> = []
      return missing.sorted { $0.name < $1.name }.compactMap { parameter in
        let place = survey.place(of: parameter.manifest, at: parameter.path)
        guard told.insert(place).inserted else { return nil }
        return Violation(
          at: place,
          "nothing here writes the parameter `\(parameter.name)`, and \(written.names.count) others are written")
      }
    })

  static let parameterNotRead = Rule(
    "ZT435", .warning, "a parameter that nothing reads",
    why:
      "a secret that is kept and handed out for nobody is one more that can leak, or the name somebody meant to read",
    remedy: "take it out of the list, or correct the name where it is read",
    example: Example(
      wrong: "aws ssm put-parameter --name /zerotouch/prod/git/password …   # and remoteRef: {key: /git/token}",
      right: "aws ssm put-parameter --name /zerotouch/prod/git/token …"),
    check: { survey in
      let read = ReadParameters(survey)
      // A chart that nobody knows may bring an ExternalSecret, and a search takes whatever it finds.
      guard !read.isOpen, !read.all.isEmpty, survey.clusters.allSatisfy(\.unknowns.isEmpty) else { return [] }
      let names = Set(read.all.map(\.name))
      return WrittenParameters(survey).all.filter { parameter in
        !names.contains(parameter.name) && read.prefixes.contains { parameter.name.hasPrefix($0) }
          && !survey.mentions(parameter.name, beside: parameter.location)
      }.map { Violation(at: $0.location, "nothing here reads the parameter `\($0.name)`") }
    })
}

/// The parameters that something in a repository writes: scripts, files of parameters, PushSecrets, Crossplane, Terraform.
private struct WrittenParameters {
  struct Parameter {
    let name: String
    let location: SourceLocation
  }

  private(set) var all: [Parameter] = []
  /// The names of the lists that people carry out; nil where there is none, or where one has a name that is put together.
  private(set) var listed: Set<String>? = []
  var names: Set<String> { Set(all.map(\.name)) }

  init(_ survey: Survey) {
    for path in survey.tree.paths.sorted() where Self.mayWrite(path) {
      guard let text = survey.tree.text(of: path), text.utf8.count < 1 << 20 else { continue }
      for (index, line) in text.lines.enumerated() {
        add(line, SourceLocation(file: path, line: index + 1, column: 1))
      }
    }
    if listed?.isEmpty == true { listed = nil }
    for manifest in survey.manifests { add(manifest, survey) }
  }

  private static func mayWrite(_ path: String) -> Bool {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    return [".sh", ".bash", ".tf", ".env", ".mk", ".py"].contains(where: name.hasSuffix) || name.hasPrefix(".env")
      || ["Makefile", "justfile", "Justfile"].contains(name)
  }

  private mutating func add(_ line: Substring, _ location: SourceLocation) {
    guard line.contains("/") || line.contains("put-parameter"), line.drop(while: \.isWhitespace).first != "#" else {
      return
    }
    if let match = line.firstMatch(of: #/put-parameter\b.*--name[ =]["']?([^\s"']+)/#) {
      list(String(match.1), location)
    } else if let match = line.firstMatch(of: #/^(/[A-Za-z0-9_.\-]+(?:/[A-Za-z0-9_.\-]+)+)\s*=/#) {
      list(String(match.1), location)
    } else if location.file.hasSuffix(".tf"), let match = line.firstMatch(of: #/^\s*name\s*=\s*"(/[^"]+)"/#) {
      list(String(match.1), location)
    }
  }

  private mutating func list(_ name: String, _ location: SourceLocation) {
    guard name.hasPrefix("/"), !name.contains("$"), !name.contains("{") else {
      listed = nil
      return
    }
    all.append(Parameter(name: name, location: location))
    listed?.insert(name)
  }

  private mutating func add(_ manifest: Manifest, _ survey: Survey) {
    switch (manifest.group, manifest.kind) {
    case ("external-secrets.io", "PushSecret"):
      for (index, item) in (manifest["spec", "data"]?.items ?? []).enumerated() {
        guard let name = item["match"]?["remoteRef"]?["remoteKey"]?.text, name.hasPrefix("/") else { continue }
        let path = ["spec", "data", String(index), "match", "remoteRef", "remoteKey"]
        all.append(Parameter(name: name, location: manifest.body.place(at: path)))
      }
    case (let group, "Parameter") where group.hasPrefix("ssm.aws."):
      let name = manifest.annotation("crossplane.io/external-name") ?? manifest.name
      guard name.hasPrefix("/") else { return }
      all.append(Parameter(name: name, location: manifest.body.place(at: ["metadata"])))
    default: return
    }
  }
}

extension Survey {
  /// Whether a text other than the one at a place holds a name; whatever it is, it may be what reads it.
  fileprivate func mentions(_ name: String, beside place: SourceLocation) -> Bool {
    tree.paths.contains { path in
      guard path != place.file, !path.hasSuffix(".md"), let text = tree.text(of: path) else { return false }
      return text.utf8.count < 1 << 20 && text.contains(name)
    }
  }
}
