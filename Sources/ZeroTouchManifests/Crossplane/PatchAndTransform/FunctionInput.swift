import ZeroTouchModel

/// A part of a function's input that knows where it stands, and takes no key that nobody reads.
struct FunctionInput {
  let value: JSONValue
  let place: String

  /// A problem at this place.
  func failure(_ message: String) -> CompositionFailure { CompositionFailure("\(place): \(message)") }

  /// Refuses every key that is not one of these.
  func only(_ keys: String...) throws(CompositionFailure) {
    guard let members = value.objectValue else { throw failure("is no mapping") }
    for key in members.keys.sorted() where !keys.contains(key) {
      throw failure("the field `\(key)` cannot be evaluated: it is not known")
    }
  }

  subscript(key: String) -> FunctionInput? {
    value[key].map { FunctionInput(value: $0, place: place.isEmpty ? key : "\(place).\(key)") }
  }

  func demand(_ key: String, _ message: String? = nil) throws(CompositionFailure) -> FunctionInput {
    guard let part = self[key] else { throw failure(message ?? "`\(key)` is required") }
    return part
  }

  func text() throws(CompositionFailure) -> String {
    guard let text = value.stringValue else { throw failure("is no string") }
    return text
  }

  func integer() throws(CompositionFailure) -> Int64 {
    guard case .int(let number) = value else { throw failure("is no integer") }
    return number
  }

  func path() throws(CompositionFailure) -> FieldPath {
    let text = try text()
    do { return try FieldPath.parse(text) } catch { throw failure("\(error)") }
  }

  func elements() throws(CompositionFailure) -> [FunctionInput] {
    guard let elements = value.arrayValue else { throw failure("is no list") }
    return elements.enumerated().map { FunctionInput(value: $0.element, place: "\(place)[\($0.offset)]") }
  }

  /// The elements of a list that may be missing.
  func elements(_ key: String) throws(CompositionFailure) -> [FunctionInput] { try self[key]?.elements() ?? [] }

  /// One of the words of an enumeration.
  func word<Word: RawRepresentable>(_: Word.Type, _ what: String) throws(CompositionFailure) -> Word
  where Word.RawValue == String {
    let text = try text()
    guard let word = Word(rawValue: text) else { throw failure("\(what) `\(text)` cannot be evaluated") }
    return word
  }
}

/// Why a composition cannot be carried out.
package struct CompositionFailure: Error, Sendable, Hashable, CustomStringConvertible {
  package let description: String

  package init(_ description: String) { self.description = description }
}
