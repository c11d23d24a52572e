import Foundation
package import ZeroTouchModel

/// The values an Application gives a chart, from all the places it may give them.
package struct ReleaseValues {
  /// Files in order; later ones win.
  package let files: [String]
  /// `values`, `valuesObject` and `parameters` together; they win over files.
  package let inline: JSONValue

  /// Reads `spec.source.helm` of an Application.
  ///
  /// - Parameter files: The paths of its value files.
  package init(_ options: JSONValue, files: [String]) throws {
    self.files = files
    var inline: JSONValue = [:]
    if let object = options["valuesObject"], !object.isNull {
      inline = object
    } else if let text = options["values"]?.stringValue, !text.isEmpty {
      inline = try YAMLDocuments.parse(text, file: "values").first ?? [:]
    }
    for parameter in options["parameters"]?.arrayValue ?? [] {
      let value = parameter["value"]?.stringValue ?? ""
      let isText = parameter["forceString"]?.boolValue ?? false
      inline = Self.setting(
        Self.keys(parameter["name"]?.stringValue ?? "")[...], to: isText ? .string(value) : Self.scalar(value),
        in: inline)
    }
    self.inline = inline
  }

  /// Everything merged, for charts the catalogue describes.
  package func merged() throws -> JSONValue {
    var values: JSONValue = [:]
    for file in files {
      let text = String(decoding: FileManager.default.contents(atPath: file) ?? Data(), as: UTF8.self)
      values = values.overlaid(with: try YAMLDocuments.parse(text, file: file).first ?? [:])
    }
    return values.overlaid(with: inline)
  }

  /// `a.b\.c` as its keys.
  private static func keys(_ name: String) -> [String] {
    var keys = [""]
    var isEscaped = false
    for character in name {
      if isEscaped {
        keys[keys.count - 1].append(character)
        isEscaped = false
      } else if character == "\\" {
        isEscaped = true
      } else if character == "." {
        keys.append("")
      } else {
        keys[keys.count - 1].append(character)
      }
    }
    return keys
  }

  private static func scalar(_ text: String) -> JSONValue {
    switch text {
    case "true": true
    case "false": false
    case "null": .null
    default: Int64(text).map(JSONValue.int) ?? .string(text)
    }
  }

  private static func setting(_ keys: ArraySlice<String>, to value: JSONValue, in target: JSONValue) -> JSONValue {
    guard let first = keys.first else { return value }
    var changed = target.objectValue == nil ? [:] : target
    changed[first] = setting(keys.dropFirst(), to: value, in: changed[first] ?? [:])
    return changed
  }
}

extension JSONValue {
  /// The value with another laid over it as helm merges values: mappings merge, everything else is replaced.
  package func overlaid(with other: JSONValue) -> JSONValue {
    guard let own = objectValue, let over = other.objectValue else { return other }
    return .object(own.merging(over) { $0.overlaid(with: $1) })
  }
}
