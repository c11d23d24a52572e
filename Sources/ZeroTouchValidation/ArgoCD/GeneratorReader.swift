import ZeroTouchManifests
import ZeroTouchModel

/// Reads what a generator of an ApplicationSet gives its template, one set of parameters for each Application.
struct GeneratorReader {
  typealias Unknown = GeneratedApplications.Unknown

  let tree: RepositoryTree
  let own: OwnRepository
  /// Whether the template is Go's, with nested values, or the older one, with flat names.
  let isGo: Bool

  func parameters(of generator: JSONValue) throws(Unknown) -> [JSONValue] {
    let members = (generator.objectValue ?? [:]).filter { !$0.value.isNull }
    guard members.count == 1, let (name, body) = members.first else {
      throw Unknown("a generator with `selector`, or with several kinds, is not followed here")
    }
    guard body["template"] == nil else { throw Unknown("a generator with a template of its own is not followed here") }
    switch name {
    case "list": return try list(body)
    case "git": return try git(body)
    case "matrix": return try matrix(body)
    default: throw Unknown("the generator `\(name)` asks somebody else, or is not followed here")
    }
  }

  private func list(_ body: JSONValue) throws(Unknown) -> [JSONValue] {
    guard body["elementsYaml"] == nil else { throw Unknown("`elementsYaml` is not followed here") }
    return (body["elements"]?.arrayValue ?? []).map { isGo ? $0 : Self.flat($0) }
  }

  /// The second one may use the parameters of the first.
  private func matrix(_ body: JSONValue) throws(Unknown) -> [JSONValue] {
    let children = body["generators"]?.arrayValue ?? []
    guard children.count == 2 else { throw Unknown("a matrix has two generators") }
    var products: [JSONValue] = []
    for first in try parameters(of: children[0]) {
      let second = try ApplicationTemplate(parameters: first, isGo: isGo).filled(children[1])
      products += try parameters(of: second).map { first.overlaid(with: $0) }
    }
    return products
  }
}

extension GeneratorReader {
  private func git(_ body: JSONValue) throws(Unknown) -> [JSONValue] {
    let address = body["repoURL"]?.stringValue ?? ""
    guard own.answers(for: address) else {
      throw Unknown("the generator `git` reads `\(address)`: another repository, or nothing here is what it asks for")
    }
    let named = body["files"]?.arrayValue
    let found: [JSONValue]
    if let named { found = try files(named) } else { found = folders(body["directories"]?.arrayValue ?? []) }
    guard let values = body["values"] else { return found.map { nested($0, body) } }
    var results: [JSONValue] = []
    for parameters in found {
      let filled = try ApplicationTemplate(parameters: parameters, isGo: isGo).filled(values)
      results.append(nested(parameters.overlaid(with: isGo ? ["values": filled] : Self.flat(["values": filled])), body))
    }
    return results
  }

  private func folders(_ directories: [JSONValue]) -> [JSONValue] {
    func patterns(excluding: Bool) -> [PathPattern] {
      directories.filter { ($0["exclude"] == true) == excluding }.compactMap { $0["path"]?.stringValue }.map(
        PathPattern.init)
    }
    let (included, excluded) = (patterns(excluding: false), patterns(excluding: true))
    let folders = tree.folders.filter { !$0.isEmpty && !$0.contains("/.") && !$0.hasPrefix(".") }
    return folders.sorted().filter { folder in
      included.contains { $0.matches(folder) } && !excluded.contains { $0.matches(folder) }
    }.map { place($0, file: nil) }
  }

  private func files(_ files: [JSONValue]) throws(Unknown) -> [JSONValue] {
    func patterns(excluding: Bool) -> [PathPattern] {
      files.filter { ($0["exclude"] == true) == excluding }.compactMap { $0["path"]?.stringValue }.map(PathPattern.init)
    }
    let (included, excluded) = (patterns(excluding: false), patterns(excluding: true))
    let paths = tree.paths.filter { path in
      included.contains { $0.matches(path) } && !excluded.contains { $0.matches(path) }
    }
    var results: [JSONValue] = []
    for path in paths.sorted() {
      guard let text = tree.text(of: path), let document = try? LocatedYAML.documents(of: text, file: path).first else {
        throw Unknown("the file `\(path)` cannot be read")
      }
      let contents = document.items?.map(\.json) ?? [document.json]
      let own = place(RepositoryTree.parent(of: path), file: path)
      results += contents.map { (isGo ? $0 : Self.flat($0)).overlaid(with: own) }
    }
    return results
  }

  /// What a template may say of a folder or file.
  private func place(_ folder: String, file: String?) -> JSONValue {
    let parts = folder.split(separator: "/").map(String.init)
    var texts = ["basename": parts.last ?? "", "basenameNormalized": Self.normalized(parts.last ?? "")]
    if let name = file?.split(separator: "/").last.map(String.init) {
      texts["filename"] = name
      texts["filenameNormalized"] = Self.normalized(name)
    }
    guard isGo else {
      var flat = Dictionary(uniqueKeysWithValues: texts.map { ("path.\($0.key)", $0.value) })
      flat["path"] = folder
      for (index, part) in parts.enumerated() { flat["path[\(index)]"] = part }
      return JSONValue(flat)
    }
    var path = JSONValue(texts)
    path["path"] = .string(folder)
    path["segments"] = .array(parts.map(JSONValue.string))
    return ["path": path]
  }

  /// The place below the prefix that the generator names for it.
  private func nested(_ parameters: JSONValue, _ body: JSONValue) -> JSONValue {
    guard let prefix = body["pathParamPrefix"]?.stringValue, isGo, let path = parameters["path"] else {
      return parameters
    }
    var rest = (parameters.objectValue ?? [:]).filter { $0.key != "path" }
    rest[prefix] = ["path": path]
    return .object(rest)
  }

  private static func normalized(_ text: String) -> String {
    String(text.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "." || $0 == "-") ? $0 : "-" })
  }

  /// Nested values by names with dots.
  private static func flat(_ value: JSONValue, below prefix: String = "") -> JSONValue {
    var result: [String: JSONValue] = [:]
    for (name, member) in value.objectValue ?? [:] {
      if member.objectValue != nil {
        result.merge(flat(member, below: "\(prefix)\(name).").objectValue ?? [:]) { $1 }
      } else {
        result[prefix + name] = .string(member.stringValue ?? member.text())
      }
    }
    return .object(result)
  }
}
