import Testing
import ZeroTouchManifests
import ZeroTouchModel

/// A claim of an API in which every field is written, and what becomes of it when one of them is changed.
private struct FullClaim {
  let api: PlatformAPI
  var object: JSONValue

  /// What a field may be changed to: the first that the rules accept. Two of each form, since one may be there already.
  private static let texts: [JSONValue] = [
    "Orphan", "Delete", "asynchronous", "small", "large", "16", "18", "other", "/other", "other.example.org", "7Gi",
    "40d", "2026-11-20T06:00:00Z", "https://s3.example.org", "1 2 * * *", "0 1 2 * * *", "registry.example.org:1/o:2",
    "more", "/more", "more.example.org", "8Gi", "50d", "https://s4.example.org", "3 4 * * *", "0 3 4 * * *",
  ]

  /// Everything that the examples and fixtures of the API say, and what they leave out.
  init(_ api: PlatformAPI) throws {
    self.api = api
    let fixtures = Fixture.accepted.filter { $0.path.hasPrefix("\(api.slug)/") }.reversed()
    let claims = try fixtures.flatMap { try $0.documents() }
    object = [
      "apiVersion": "platform.bizmatters.io/v1alpha1", "kind": .string(api.definition.claimKind),
      "metadata": ["name": "full", "namespace": "shop"],
    ]
    var spec = claims.reduce([:]) { ($0 as JSONValue).overlaid(with: $1.json["spec"] ?? [:]) }
    // So that there is more than one earlier incarnation to restore from.
    if spec["incarnation"] != nil { spec["incarnation"] = 5 }
    object["spec"] = spec
    for field in fields where value(at: field) == nil {
      let changed = try #require(try changed(at: field), "no value of \(field.joined(separator: ".")) is accepted")
      object = changed
    }
  }

  /// The paths of all fields that hold a value of their own.
  var fields: [[String]] {
    Self.leaves(of: api.definition.schema.json[path: "properties", "spec"] ?? [:], at: ["spec"])
  }

  private static func leaves(of schema: JSONValue, at path: [String]) -> [[String]] {
    if let items = schema["items"], items["properties"] != nil { return leaves(of: items, at: path + ["0"]) }
    guard let properties = schema["properties"]?.objectValue else { return [path] }
    return properties.sorted { $0.key < $1.key }.flatMap { leaves(of: $0.value, at: path + [$0.key]) }
  }

  func value(at path: [String]) -> JSONValue? {
    path.reduce(Optional(object)) { value, key in Int(key).map { value?.arrayValue?.dropFirst($0).first } ?? value?[key]
    }
  }

  /// The claim with another value there, if the rules accept any.
  func changed(at path: [String]) throws -> JSONValue? {
    let current = value(at: path)
    for candidate in candidates(instead: current) where candidate != current {
      let changed = Self.setting(candidate, at: path[...], in: object)
      let document = try #require(LocatedYAML.documents(of: YAMLWriter.text(of: changed), file: "claim.yaml").first)
      if api.problems(of: document).isEmpty { return changed }
    }
    return nil
  }

  private func candidates(instead current: JSONValue?) -> [JSONValue] {
    switch current {
    case .int(let number): [.int(number + 1), .int(number - 1)]
    case .array(let elements): [.array(elements + ["more"])]
    case nil: Self.texts + [["one"], 4, 3]
    default: Self.texts
    }
  }

  private static func setting(_ value: JSONValue, at path: ArraySlice<String>, in object: JSONValue) -> JSONValue {
    guard let key = path.first else { return value }
    if let index = Int(key), var elements = object.arrayValue {
      elements[index] = setting(value, at: path.dropFirst(), in: elements[index])
      return .array(elements)
    }
    var object = object
    object[key] = setting(value, at: path.dropFirst(), in: object[key] ?? [:])
    return object
  }
}

@Suite struct FieldEffectTests {
  @Test func `whatever field of a claim is changed, the objects change`() throws {
    for api in try Fixture.catalogue().apis {
      let claim = try FullClaim(api)
      let objects = try api.render(claim.object).objects
      #expect(claim.fields.count >= 6)
      for field in claim.fields {
        let name = field.joined(separator: ".")
        let changed = try #require(try claim.changed(at: field), "\(api.slug): no other value of \(name) is accepted")
        #expect(try api.render(changed).objects != objects, "\(api.slug): nothing comes of \(name)")
      }
    }
  }

  @Test func `leaving an optional part out takes with it what it alone asks for`() throws {
    for (kind, part, gone) in [
      ("EventDrivenService", "http", "HTTPRoute"), ("WebService", "http", "HTTPRoute"),
      ("PostgresInstance", "backup", "ObjectStore"),
    ] {
      let api = try #require(try Fixture.catalogue().apis.first { $0.definition.claimKind == kind })
      var object = try FullClaim(api).object
      let kinds = { (object: JSONValue) in
        try api.render(object).objects.compactMap { $0.unwrapped["kind"]?.stringValue }
      }
      #expect(try kinds(object).contains(gone))
      var spec = object["spec"]?.objectValue ?? [:]
      spec[part] = nil
      spec["restore"] = nil
      object["spec"] = .object(spec)
      #expect(try !kinds(object).contains(gone), "\(kind)")
    }
  }
}
