import ZeroTouchManifests
import ZeroTouchModel

/// What one source of an Application gives its chart, layer by layer; later ones win.
struct ValueLayers {
  let all: [ValueLayer]
  /// Whether something cannot be read here: then nothing is said about what is missing.
  let isOpen: Bool

  init(_ source: ApplicationSource, in tree: RepositoryTree) {
    let names = (source.helm?["valueFiles"]?.items ?? []).compactMap(\.text)
    let files = names.map { Self.file($0, of: source, in: tree) }
    let inline = Self.inline(source)
    let parameters = Self.parameters(source)
    isOpen =
      files.contains { $0 == nil } || inline.isUnreadable || source.helm?["fileParameters"]?.items?.isEmpty == false
    all = files.compactMap(\.self).map { ValueLayer(node: $0, form: .file) } + inline.layers + parameters
  }

  /// The first document of a file of values that lies in this tree.
  private static func file(_ name: String, of source: ApplicationSource, in tree: RepositoryTree) -> LocatedYAML? {
    guard let path = path(name, of: source), tree.paths.contains(path) else { return nil }
    let document = tree[path]?.documents.first
    // A file without values gives none.
    return document ?? (tree[path] == nil ? nil : LocatedYAML([:], at: SourceLocation(file: path, line: 1, column: 1)))
  }

  /// Where a file of values lies: behind `$ref`, at the top of the repository, or beside the chart that lies here too.
  private static func path(_ name: String, of source: ApplicationSource) -> String? {
    if name.hasPrefix("$") {
      guard let slash = name.firstIndex(of: "/") else { return nil }
      return RepositoryTree.resolve(String(name[name.index(after: slash)...]), from: "")
    }
    guard source.chart == nil, let folder = source.folder, !name.contains("://") else { return nil }
    return name.hasPrefix("/")
      ? RepositoryTree.resolve(String(name.dropFirst()), from: "") : RepositoryTree.resolve(name, from: folder)
  }

  /// `valuesObject`, or the text under `values`, of which Argo CD reads the former only.
  private static func inline(_ source: ApplicationSource) -> (layers: [ValueLayer], isUnreadable: Bool) {
    let path = source.path + ["helm"]
    if let object = source.helm?["valuesObject"], object.entries != nil {
      return ([ValueLayer(node: object, form: .object(path + ["valuesObject"]))], false)
    }
    guard let values = source.helm?["values"], let text = values.text, !text.isEmpty else { return ([], false) }
    let reading = LocatedYAML.reading(of: text, file: values.location.file)
    guard let node = reading.documents.first, reading.problems.isEmpty else { return ([], !reading.problems.isEmpty) }
    return ([ValueLayer(node: node, form: .text(path + ["values"], isBlock: text.contains("\n")))], false)
  }

  /// Every one of `parameters` as values of its own.
  private static func parameters(_ source: ApplicationSource) -> [ValueLayer] {
    (source.helm?["parameters"]?.items ?? []).enumerated().compactMap { index, item in
      guard let values = try? ReleaseValues(["parameters": [item.json]], files: []).inline else { return nil }
      return ValueLayer(
        node: LocatedYAML(values, at: item.location),
        form: .parameter(source.path + ["helm", "parameters", String(index), "value"]))
    }
  }
}

/// Values from one place.
struct ValueLayer {
  enum Form {
    case file
    /// Part of the Application, behind this path.
    case object([String])
    /// A text in the Application, behind this path; its lines are those behind the key, or that of the key.
    case text([String], isBlock: Bool)
    /// One name with its value.
    case parameter([String])
  }

  let node: LocatedYAML
  let form: Form

  /// Where in the tree a value stands.
  func place(_ path: [String], of manifest: Manifest, in survey: Survey) -> SourceLocation {
    switch form {
    case .file: node.place(at: path)
    case .object(let base): survey.place(of: manifest, at: base + path)
    case .text(let base, let isBlock): node.place(at: path).inside(survey.place(of: manifest, at: base), isBlock)
    case .parameter(let base): survey.place(of: manifest, at: base)
    }
  }

  /// The values with their places in a manifest that lies in a file.
  func located(in manifest: Manifest) -> LocatedYAML {
    guard case .text(let base, let isBlock) = form else { return node }
    let key = manifest.body.place(at: base)
    return node.moved { $0.inside(key, isBlock) }
  }

  /// Where its Application says so, for what has no place of its own.
  func path(in source: ApplicationSource, to path: [String]) -> [String] {
    switch form {
    case .file: source.path + ["helm", "valueFiles"]
    case .object(let base): base + path
    case .text(let base, _), .parameter(let base): base
    }
  }
}

extension SourceLocation {
  /// A place within the text that stands under a key.
  fileprivate func inside(_ key: SourceLocation, _ isBlock: Bool) -> SourceLocation {
    guard isBlock else { return key }
    return SourceLocation(file: key.file, line: key.line + line, column: key.column + column + 1)
  }
}
