import Foundation
import Testing
import ZeroTouchManifests
import ZeroTouchModel

extension PlatformAPITests {
  @Test func `every rule of every definition is broken by a fixture`() throws {
    let broken = Fixture.all(in: "fixtures/invalid").map { fixture in
      (
        api: fixture.path.prefix { $0 != "/" }, path: Self.withoutIndices(fixture.comment("path") ?? ""),
        rule: fixture.comment("rule") ?? ""
      )
    }
    for api in try Fixture.catalogue().apis {
      let spec = api.definition.schema.json[path: "properties", "spec"] ?? [:]
      let rules = Self.rules(of: spec, at: "spec")
      #expect(rules.count > 10)
      for rule in rules {
        let isBroken = broken.contains {
          $0.api == api.slug && $0.path == rule.path && $0.rule.hasPrefix(rule.words)
        }
        #expect(isBroken, "no fixture of \(api.slug) breaks `\(rule.path)` \(rule.words)")
      }
    }
  }

  private static func withoutIndices(_ path: String) -> String {
    path.replacing(#/\[[0-9]+\]/#, with: "[]")
  }

  /// Every rule of a schema: the path and the words in which a breach begins.
  private static func rules(of schema: JSONValue, at path: String) -> [(path: String, words: String)] {
    var rules: [(path: String, words: String)] = []
    let words = [
      "enum": "must be one of", "pattern": "must match", "minLength": "must have at least",
      "maxLength": "must have at most", "minItems": "must have at least", "maxItems": "must have at most",
      "minimum": "must be at least", "maximum": "must be at most",
    ]
    for (keyword, words) in words where schema[keyword] != nil { rules.append((path, words)) }
    for name in schema["required"]?.arrayValue ?? [] {
      rules.append(("\(path).\(name.stringValue ?? "")", "is required"))
    }
    if schema["x-kubernetes-list-map-keys"] != nil { rules.append(("\(path)[]", "must not repeat")) }
    for rule in schema["x-kubernetes-validations"]?.arrayValue ?? [] {
      rules.append((path + (rule["fieldPath"]?.stringValue ?? ""), rule["message"]?.stringValue ?? ""))
    }
    for (name, property) in schema["properties"]?.objectValue ?? [:] {
      rules += Self.rules(of: property, at: "\(path).\(name)")
    }
    if let items = schema["items"] { rules += Self.rules(of: items, at: "\(path)[]") }
    return rules
  }

  @Test func `every field of a definition that may be written is read by its composition`() throws {
    for api in try Fixture.catalogue().apis {
      let composition = Fixture("\(api.slug)/composition.yaml").text
      let spec = api.definition.schema.json[path: "properties", "spec"] ?? [:]
      for path in Self.leaves(of: spec, at: "spec") {
        let parts = path.split(separator: ".")
        // A field is read itself, or with the mapping that it is a part of.
        let readings = (2...parts.count).flatMap { count in
          ["}", ",", "\n", "[0]"].map { parts.prefix(count).joined(separator: ".") + $0 }
        }
        let isRead = readings.contains { composition.contains($0) }
        #expect(isRead, "nothing in \(api.slug)/composition.yaml reads `\(path)`")
      }
    }
  }

  private static func leaves(of schema: JSONValue, at path: String) -> [String] {
    guard let properties = schema["properties"]?.objectValue else { return [path] }
    return properties.sorted { $0.key < $1.key }.flatMap { leaves(of: $0.value, at: "\(path).\($0.key)") }
  }
}
