import ZeroTouchModel

/// How lists merge: as one value, as a set, or element by element.
enum ListShape: Hashable, Sendable {
  case atomic
  case set
  case map([String])
}

/// A place inside objects of one kind, and how what stands there merges.
struct MergeShape {
  private enum Rules {
    /// The kind and the last names on the way.
    case builtIn(String, parent: String, name: String)
    case schema(JSONValue)
    case unknown
  }

  private let rules: Rules

  private init(_ rules: Rules) { self.rules = rules }

  /// The root of an object.
  init(_ type: ResourceType, version: String) {
    guard type.isCustom else {
      rules = .builtIn(type.kind, parent: "", name: "")
      return
    }
    rules = .schema(type.version(version)?.schema ?? [:])
    isCustomRoot = true
  }

  private var isCustomRoot = false

  /// The place of a member.
  func field(_ name: String) -> MergeShape {
    switch rules {
    case .builtIn(let kind, _, let parent): return MergeShape(.builtIn(kind, parent: parent, name: name))
    case .schema(let schema):
      if isCustomRoot, name == "metadata" { return MergeShape(.builtIn("ObjectMeta", parent: "", name: "metadata")) }
      if let property = schema[path: "properties", name] { return MergeShape(.schema(property)) }
      return schema["additionalProperties"].map { MergeShape(.schema($0)) } ?? MergeShape(.unknown)
    case .unknown: return self
    }
  }

  /// The place of a list's elements.
  var element: MergeShape {
    switch rules {
    case .builtIn(let kind, _, let name): MergeShape(.builtIn(kind, parent: name, name: name))
    case .schema(let schema): schema["items"].map { MergeShape(.schema($0)) } ?? MergeShape(.unknown)
    case .unknown: self
    }
  }

  /// Whether an object here is one value.
  var isAtomicObject: Bool {
    switch rules {
    case .builtIn(_, let parent, let name): BuiltInShapes.isAtomic(name, in: parent)
    case .schema(let schema): schema["x-kubernetes-map-type"]?.stringValue == "atomic"
    case .unknown: false
    }
  }

  /// How a list here merges.
  var list: ListShape {
    switch rules {
    case .builtIn(let kind, let parent, let name): BuiltInShapes.list(name, in: parent, of: kind)
    case .schema(let schema):
      switch schema["x-kubernetes-list-type"]?.stringValue {
      case "map": .map((schema["x-kubernetes-list-map-keys"]?.arrayValue ?? []).compactMap(\.stringValue))
      case "set": .set
      default: .atomic
      }
    case .unknown: .atomic
    }
  }

  /// Whether anything says what may stand here.
  var isKnown: Bool { if case .unknown = rules { false } else { true } }

  /// The step to an element of a list, if the list merges by element.
  func step(to element: JSONValue) -> PathElement? {
    switch list {
    case .atomic: return nil
    case .set: return .value(element)
    case .map(let names):
      var values: [String: JSONValue] = [:]
      for name in names { values[name] = element[name] ?? self.element.keyDefault(name) }
      return values.isEmpty ? nil : .key(values)
    }
  }

  /// What a missing key field of a list element counts as.
  private func keyDefault(_ name: String) -> JSONValue? {
    switch rules {
    case .builtIn: name == "protocol" ? "TCP" : nil
    case .schema(let schema): schema[path: "properties", name, "default"]
    case .unknown: nil
    }
  }
}
