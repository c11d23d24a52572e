import Foundation
import ZeroTouchModel

/// What a schema says of texts and numbers.
extension ObjectSchema {
  /// The formats that say how a number or a text is stored, and bound nothing.
  private static let boundless: Set = ["int32", "int64", "float", "double", "password"]

  func textProblems(_ text: String, _ path: FieldPath) -> [SchemaProblem] {
    countProblems(text.unicodeScalars.count, "Length", "characters", path) + patternProblems(text, path)
      + formatProblems(text, path)
  }

  private func patternProblems(_ text: String, _ path: FieldPath) -> [SchemaProblem] {
    guard let pattern = json["pattern"]?.stringValue else { return [] }
    do {
      return try SearchPattern(pattern).matches(text) ? [] : [problem(path, "must match `\(pattern)`")]
    } catch {
      return [SchemaProblem(path, "\(error)", remedy: "check the value by hand", isUnknown: true)]
    }
  }

  private func formatProblems(_ text: String, _ path: FieldPath) -> [SchemaProblem] {
    guard let format = json["format"]?.stringValue, !Self.boundless.contains(format) else { return [] }
    switch format {
    case "date-time":
      return Self.isDateTime(text) ? [] : [problem(path, "must be a time as 2026-01-31T23:59:59Z, not `\(text)`")]
    case "byte":
      return Data(base64Encoded: text) == nil ? [problem(path, "must be Base64")] : []
    default:
      return [
        SchemaProblem(
          path, "has the format `\(format)`, which is not judged here", remedy: "check the value by hand",
          isUnknown: true)
      ]
    }
  }

  private static func isDateTime(_ text: String) -> Bool {
    (try? Date(text, strategy: .iso8601)) != nil
      || (try? Date(text, strategy: Date.ISO8601FormatStyle(includingFractionalSeconds: true))) != nil
  }

  func numberProblems(_ value: JSONValue, _ path: FieldPath) -> [SchemaProblem] {
    guard let number = value.number else { return [] }
    var problems: [SchemaProblem] = []
    if let least = json["minimum"], let bound = least.number {
      let isOutside = json["exclusiveMinimum"]?.boolValue == true
      if number < bound || isOutside && number == bound {
        problems.append(
          problem(path, "must be \(isOutside ? "more than" : "at least") \(least.text()), not \(value.text())"))
      }
    }
    if let most = json["maximum"], let bound = most.number {
      let isOutside = json["exclusiveMaximum"]?.boolValue == true
      if number > bound || isOutside && number == bound {
        problems.append(
          problem(path, "must be \(isOutside ? "less than" : "at most") \(most.text()), not \(value.text())"))
      }
    }
    if let step = json["multipleOf"], let size = step.number, size > 0,
      abs((number / size).rounded() * size - number) > 1e-9 * max(1, abs(number))
    {
      problems.append(problem(path, "must be a multiple of \(step.text()), not \(value.text())"))
    }
    return problems
  }
}

extension JSONValue {
  fileprivate var number: Double? {
    switch self {
    case .int(let number): Double(number)
    case .double(let number): number
    default: nil
    }
  }
}
