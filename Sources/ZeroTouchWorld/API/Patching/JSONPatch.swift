import ZeroTouchModel

/// RFC 6902: a list of operations on places named by pointers.
struct JSONPatch {
  private let operations: [JSONValue]
  private let type: ResourceType
  private let name: String

  init(_ document: JSONValue, of type: ResourceType, _ name: String) throws(APIFailure) {
    guard let operations = document.arrayValue else {
      throw .badRequest("error decoding patch: json: cannot unmarshal object into Go value of type jsonpatch.Patch")
    }
    guard operations.count <= 10_000 else { throw .tooLarge(10_000) }
    self.operations = operations
    self.type = type
    self.name = name
  }

  func apply(to object: JSONValue) throws(APIFailure) -> JSONValue {
    var result = object
    for operation in operations { try perform(operation, on: &result) }
    return result
  }

  private func perform(_ operation: JSONValue, on object: inout JSONValue) throws(APIFailure) {
    let text = operation["path"]?.stringValue ?? ""
    let path = Self.pointer(text)
    switch operation["op"]?.stringValue {
    case "add": try write(operation["value"] ?? .null, path[...], &object, text, mustExist: false)
    case "replace": try write(operation["value"] ?? .null, path[...], &object, text, mustExist: true)
    case "remove": try remove(path[...], &object, text)
    case "test":
      guard Self.value(at: path, in: object) == operation["value"] ?? .null else {
        throw refusal("testing value \(text) failed: test failed")
      }
    case "move", "copy":
      let from = Self.pointer(operation["from"]?.stringValue ?? "")
      guard let value = Self.value(at: from, in: object) else { throw missing(operation["from"]?.stringValue ?? "") }
      if operation["op"] == "move" { try remove(from[...], &object, text) }
      try write(value, path[...], &object, text, mustExist: false)
    default: throw refusal("Unexpected kind: \(operation["op"]?.stringValue ?? "")")
    }
  }

  private func write(
    _ value: JSONValue, _ path: ArraySlice<String>, _ target: inout JSONValue, _ text: String, mustExist: Bool
  ) throws(APIFailure) {
    guard let first = path.first else {
      target = value
      return
    }
    let isLast = path.count == 1
    switch target {
    case .object(var members):
      if isLast {
        guard !mustExist || members[first] != nil else { throw missing(text) }
        members[first] = value
      } else {
        guard var child = members[first] else { throw missing(text) }
        try write(value, path.dropFirst(), &child, text, mustExist: mustExist)
        members[first] = child
      }
      target = .object(members)
    case .array(var elements):
      let end = mustExist || !isLast ? elements.count - 1 : elements.count
      guard let index = first == "-" ? elements.count : Int(first), (0...max(end, 0)).contains(index), end >= 0 else {
        throw missing(text)
      }
      if !isLast {
        try write(value, path.dropFirst(), &elements[index], text, mustExist: mustExist)
      } else if mustExist {
        elements[index] = value
      } else {
        elements.insert(value, at: index)
      }
      target = .array(elements)
    default: throw missing(text)
    }
  }

  private func remove(_ path: ArraySlice<String>, _ target: inout JSONValue, _ text: String) throws(APIFailure) {
    guard let first = path.first else { throw missing(text) }
    switch target {
    case .object(var members):
      guard var child = members[first] else { throw missing(text) }
      if path.count > 1 { try remove(path.dropFirst(), &child, text) }
      members[first] = path.count > 1 ? child : nil
      target = .object(members)
    case .array(var elements):
      guard let index = Int(first), elements.indices.contains(index) else { throw missing(text) }
      if path.count > 1 {
        try remove(path.dropFirst(), &elements[index], text)
      } else {
        elements.remove(at: index)
      }
      target = .array(elements)
    default: throw missing(text)
    }
  }

  private static func value(at path: [String], in object: JSONValue) -> JSONValue? {
    path.reduce(Optional(object)) { value, step in
      guard case .array(let elements) = value else { return value?[step] }
      return Int(step).flatMap { elements.indices.contains($0) ? elements[$0] : nil }
    }
  }

  private static func pointer(_ text: String) -> [String] {
    text.split(separator: "/", omittingEmptySubsequences: false).dropFirst().map {
      String($0).replacing("~1", with: "/").replacing("~0", with: "~")
    }
  }

  private func missing(_ path: String) -> APIFailure {
    refusal("doc is missing path: \(path): missing value")
  }

  private func refusal(_ why: String) -> APIFailure {
    APIFailure(
      status: 422, reason: "Invalid", message: "the server rejected our request due to an error in our request",
      details: ["causes": [["reason": "UnexpectedServerResponse", "message": .string(why)]]])
  }
}
