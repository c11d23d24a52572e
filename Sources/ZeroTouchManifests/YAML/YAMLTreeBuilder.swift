import Yams
import ZeroTouchModel

/// Turns composed nodes into located ones: resolves scalars, aliases and merge keys, and finds equal keys.
struct YAMLTreeBuilder {
  let file: String
  let mask: YAMLMask
  let limits: YAMLLimits
  let holdsSecrets: Bool
  var anchors: [String: (node: LocatedYAML, size: Int)] = [:]
  var aliasNodes = 0
  /// Nodes of the tree so far, those behind aliases included.
  var nodes = 0
  var problems: [Diagnostic] = []

  init(file: String, mask: YAMLMask, limits: YAMLLimits, holdsSecrets: Bool = false) {
    self.file = file
    self.mask = mask
    self.limits = limits
    self.holdsSecrets = holdsSecrets
  }

  mutating func build(_ roots: [Yams.Node]) throws(InvalidInput) -> [LocatedYAML] {
    var documents: [LocatedYAML] = []
    for root in roots {
      anchors = [:]
      let document = try node(root, depth: 0)
      if document.content != .scalar(.null) { documents.append(document) }
    }
    return documents
  }

  private mutating func node(_ node: Yams.Node, depth: Int) throws(InvalidInput) -> LocatedYAML {
    guard depth <= limits.depth else {
      throw fatal(
        "the YAML is nested deeper than \(limits.depth) levels", remedy: "flatten it", at: location(node.mark))
    }
    if let alias = try alias(node) { return alias }
    let start = nodes
    nodes += 1
    var located = LocatedYAML(content: try content(of: node, depth: depth), location: location(node.mark))
    if holdsSecrets, let bytes = bytes(of: node) {
      located = LocatedYAML(content: .scalar(.string(bytes)), location: located.location, isBase64: true)
    }
    if let anchor = Self.anchor(of: node) { anchors[anchor] = (located, nodes - start) }
    return located
  }

  private mutating func content(of node: Yams.Node, depth: Int) throws(InvalidInput) -> LocatedYAML.Content {
    switch node {
    case .scalar(let scalar): return .scalar(value(of: scalar))
    case .sequence(let sequence):
      var items: [LocatedYAML] = []
      items.reserveCapacity(sequence.count)
      for item in sequence { items.append(try self.node(item, depth: depth + 1)) }
      return .sequence(items)
    case .mapping(let mapping): return .mapping(try entries(of: mapping, depth: depth))
    case .alias(let alias):
      throw fatal("found the alias `\(alias.anchor.rawValue)`", remedy: "write its value", at: location(alias.mark))
    }
  }

  private mutating func entries(of mapping: Yams.Node.Mapping, depth: Int) throws(InvalidInput) -> [LocatedYAML.Entry] {
    var entries: [LocatedYAML.Entry] = []
    var merged: [LocatedYAML] = []
    var seen: [String: Int] = [:]
    for (key, value) in mapping {
      let place = location(key.mark)
      if isMergeKey(key) {
        merged += try sources(of: value, depth: depth)
        continue
      }
      guard let name = try name(of: key) else { continue }
      let entry = LocatedYAML.Entry(key: name, keyLocation: place, value: try node(value, depth: depth + 1))
      if let line = seen[name] {
        report("the key `\(name)` stands twice; the first is on line \(line)", remedy: "keep one of them", at: place)
      } else {
        seen[name] = place.line
        entries.append(entry)
      }
    }
    for source in merged.flatMap({ $0.entries ?? [] }) where seen[source.key] == nil {
      seen[source.key] = source.keyLocation.line
      entries.append(source)
    }
    return entries
  }

  private func isMergeKey(_ key: Yams.Node) -> Bool {
    guard case .scalar(let scalar) = key, scalar.style == .plain else { return false }
    return mask.unmaskedKey(scalar.string, at: position(of: key.mark)) == "<<"
  }

  /// The mappings a merge key brings in, the strongest first.
  private mutating func sources(of value: Yams.Node, depth: Int) throws(InvalidInput) -> [LocatedYAML] {
    let source = try node(value, depth: depth + 1)
    let sources = source.items ?? [source]
    for other in sources where other.entries == nil {
      report(
        "a merge key holds \(other.kindName)", remedy: "give `<<` a mapping or a list of mappings", at: other.location)
    }
    return sources
  }
}

extension YAMLTreeBuilder {
  /// The target of an alias; nil when the node is none.
  private mutating func alias(_ node: Yams.Node) throws(InvalidInput) -> LocatedYAML? {
    guard mask.hasAliases, case .scalar(let scalar) = node, scalar.style == .plain,
      scalar.string.unicodeScalars.first == mask.alias
    else { return nil }
    let name = mask.unmasked(String(scalar.string.unicodeScalars.dropFirst()))
    let place = location(scalar.mark)
    guard let target = anchors[name] else {
      // Its name is not repeated: a password may begin with `*`.
      throw fatal(
        "nothing before this alias is its anchor",
        remedy: "define the anchor first, or put the text in quotes if it is meant as it stands", at: place)
    }
    aliasNodes += target.size
    nodes += target.size
    guard aliasNodes <= limits.aliasNodes else {
      throw fatal(
        "aliases expand to more than \(limits.aliasNodes) nodes", remedy: "write the values out, or use fewer aliases",
        at: place)
    }
    return LocatedYAML(content: target.node.content, location: place, isBase64: target.node.isBase64)
  }

  private mutating func name(of key: Yams.Node) throws(InvalidInput) -> String? {
    let place = location(key.mark)
    guard case .scalar(let scalar) = key else {
      report("a key is no string", remedy: "use a string, a number or a boolean as key", at: place)
      return nil
    }
    let text = mask.unmaskedKey(scalar.string, at: position(of: key.mark))
    guard scalar.style == .plain else { return text }
    if let target = try alias(key) { return name(of: target.scalar ?? .null, at: place) }
    guard let value = try? YAMLScalar.resolve(text) else { return text }
    // Parameters are called what stands there: `1.10` is not `1.1`, and `on` is not `true`.
    if holdsSecrets, value != .null { return text }
    return name(of: value, at: place)
  }

  private mutating func name(of key: JSONValue, at place: SourceLocation) -> String? {
    switch key {
    case .string(let text): return text
    case .bool(let flag): return String(flag)
    case .int(let number): return String(number)
    case .double(let number): return String(number)
    case .null, .array, .object:
      report("a key is empty", remedy: "give it a name", at: place)
      return nil
    }
  }

  private mutating func value(of scalar: Yams.Node.Scalar) -> JSONValue {
    let text = mask.unmasked(scalar.string)
    if holdsSecrets, YAMLTag(scalar.tag.description).bytes(of: text) != nil { return .string("") }
    do {
      return try YAMLTag(scalar.tag.description).value(of: text, isPlain: scalar.style == .plain)
    } catch {
      report(
        error.message(holdsSecrets ? "this" : "`\(text)`"), remedy: "write a value JSON can hold, or put it in quotes",
        at: location(scalar.mark))
      return .null
    }
  }

  /// Bytes that are no text, in base64; nil for every other node.
  private func bytes(of node: Yams.Node) -> String? {
    guard case .scalar(let scalar) = node else { return nil }
    return YAMLTag(scalar.tag.description).bytes(of: mask.unmasked(scalar.string))
  }

  private static func anchor(of node: Yams.Node) -> String? {
    switch node {
    case .scalar(let scalar): scalar.anchor?.rawValue
    case .sequence(let sequence): sequence.anchor?.rawValue
    case .mapping(let mapping): mapping.anchor?.rawValue
    case .alias: nil
    }
  }

  private func position(of mark: Mark?) -> YAMLMask.Position {
    YAMLMask.Position(line: mark?.line ?? 0, column: mark?.column ?? 0)
  }

  private func location(_ mark: Mark?) -> SourceLocation {
    SourceLocation(file: file, line: max((mark?.line ?? 2) - 1, 1), column: mark?.column ?? 1)
  }

  private mutating func report(_ message: String, remedy: String, at place: SourceLocation) {
    problems.append(Diagnostic(at: place, message, remedy: remedy))
  }

  private func fatal(_ message: String, remedy: String, at place: SourceLocation) -> InvalidInput {
    InvalidInput(problems + [Diagnostic(at: place, message, remedy: remedy)])
  }
}
