import ZeroTouchManifests
import ZeroTouchModel

/// Patches against what they write, and against the function that carries them out.
extension Rule {
  static let patchToNowhere = Rule(
    "ZT514", .error, "a patch to a field that the composed object does not have",
    why: "Crossplane applies on the server, which refuses an object with a field that its kind does not declare",
    remedy: "correct `toFieldPath`",
    example: Example(
      wrong: "toFieldPath: spec.replica   # of a Deployment", right: "toFieldPath: spec.replicas"),
    check: { survey in
      let definitions = ComposedFields(survey)
      return survey.compositionTemplates.flatMap { template -> [Violation] in
        guard let object = template.object, let kind = Manifest(object) else { return [] }
        return template.patches.compactMap { patch in
          guard patch.writesObject, let text = template.destination(of: patch), template.isInner(patch),
            let path = try? FieldPath.parse(text), definitions.lack(path, in: kind)
          else { return nil }
          return Violation(
            at: (patch["toFieldPath"] ?? patch["fromFieldPath"] ?? patch).location,
            "a \(kind.kind) has no field `\(text)`")
        }
      }
    })

  static let patchRefused = Rule(
    "ZT515", .error, "a patch that the function refuses",
    why: "function-patch-and-transform fails as a whole over one patch that it cannot read, and nothing is composed",
    remedy: "write what is missing: nothing fills in defaults inside a function's input",
    example: Example(
      wrong: "transforms:\n  - type: string\n    string: {fmt: \"%s-db\"}",
      right: "transforms:\n  - type: string\n    string: {type: Format, fmt: \"%s-db\"}"),
    check: { survey in
      survey.compositions.flatMap { composition in
        (composition["spec", "pipeline"]?.items ?? []).compactMap { $0["input"] }
          .filter { $0["apiVersion"]?.text?.hasPrefix("pt.fn.crossplane.io/") == true }.flatMap(refused)
      } + survey.offeredAPIs.flatMap(unmapped)
    })

  /// Maps that lack one of the values which a claim may have: the function fails over the first claim that has it.
  private static func unmapped(_ offered: OfferedAPI) -> [Violation] {
    guard let schema = offered.schema else { return [] }
    return offered.templates.flatMap(\.patches).compactMap { patch in
      guard patch["type"]?.text ?? "FromCompositeFieldPath" == "FromCompositeFieldPath",
        let transform = patch["transforms"]?.items?.first, transform["type"]?.text == "map",
        let map = transform["map"]?.entries, let field = patch["fromFieldPath"]?.text
      else { return nil }
      let keys = ["properties"] + field.split(separator: ".").map(String.init).joined(by: "properties")
      let taken = (schema.node(at: keys)?["enum"]?.items ?? []).compactMap(\.text)
      guard let missing = taken.first(where: { value in !map.contains { $0.key == value } }) else { return nil }
      return Violation(
        at: transform.place(at: ["map"]), "the map has no `\(missing)`, which `\(field)` may be",
        remedy: "write what each of the values becomes that the XRD takes")
    }
  }

  private static func refused(_ input: LocatedYAML) -> [Violation] {
    let sets = input["patchSets"]?.items ?? []
    let names = Set(sets.compactMap { $0["name"]?.text })
    let own = (input["resources"]?.items ?? []).flatMap { $0["patches"]?.items ?? [] }
    let inSets = sets.flatMap { $0["patches"]?.items ?? [] }
    let nested = inSets.filter { $0["type"]?.text == "PatchSet" }
      .map { Violation(at: $0.location, "a patch set takes a patch set, which the function refuses") }
    return nested
      + (own + inSets).compactMap { patch in
        RefusedPatch.problem(of: patch, sets: names).map { Violation(at: $0.place, $0.what) }
      }
  }
}

/// Why function-patch-and-transform refuses a patch.
private enum RefusedPatch {
  typealias Problem = (place: SourceLocation, what: String)

  static func problem(of patch: LocatedYAML, sets: Set<String>) -> Problem? {
    let type = patch["type"]?.text ?? "FromCompositeFieldPath"
    switch type {
    case "PatchSet":
      guard let name = patch["patchSetName"]?.text else { return (patch.location, "the patch names no `patchSetName`") }
      return sets.contains(name) ? nil : (patch.location, "there is no patch set `\(name)` in this step")
    case "FromCompositeFieldPath", "ToCompositeFieldPath", "FromEnvironmentFieldPath", "ToEnvironmentFieldPath":
      guard patch["fromFieldPath"]?.text?.isEmpty == false else {
        return (patch.location, "the patch has no `fromFieldPath`")
      }
    case "CombineFromComposite", "CombineToComposite", "CombineFromEnvironment", "CombineToEnvironment":
      if let missing = ["combine", "toFieldPath"].first(where: { patch[$0] == nil }) {
        return (patch.location, "the patch has no `\(missing)`")
      }
      return combined(patch)
    default: return (patch.place(at: ["type"]), "`\(type)` is no type of patches")
    }
    return transforms(patch)
  }

  private static func combined(_ patch: LocatedYAML) -> Problem? {
    let combine = patch["combine"]
    guard combine?["strategy"]?.text == "string" else {
      return (patch.place(at: ["combine"]), "`combine` has no strategy `string`")
    }
    guard combine?["string"]?["fmt"] != nil, combine?["variables"]?.items?.isEmpty == false else {
      return (patch.place(at: ["combine"]), "`combine` has no `string.fmt` or no variables")
    }
    return nil
  }

  private static func transforms(_ patch: LocatedYAML) -> Problem? {
    for transform in patch["transforms"]?.items ?? [] {
      guard let type = transform["type"]?.text else { return (transform.location, "a transform says no `type`") }
      guard ["math", "map", "match", "string", "convert"].contains(type) else {
        return (transform.place(at: ["type"]), "`\(type)` is no type of transforms")
      }
      guard let body = transform[type] else { return (transform.location, "the transform has no `\(type)`") }
      if ["math", "string"].contains(type), body["type"]?.text == nil {
        return (transform.place(at: [type]), "the \(type) transform says no `type`")
      }
      if type == "convert", body["toType"]?.text == nil {
        return (transform.place(at: [type]), "the conversion says no `toType`")
      }
      if let pattern = (body["patterns"]?.items ?? []).first(where: { $0["type"]?.text == nil }), type == "match" {
        return (pattern.location, "a pattern says no `type`")
      }
    }
    return nil
  }
}

extension [String] {
  /// The elements with a word between every two.
  fileprivate func joined(by word: String) -> [String] { Array(map { [$0] }.joined(separator: [word])) }
}

extension LocatedYAML {
  /// Whether a patch writes the composed object.
  fileprivate var writesObject: Bool {
    let kinds = [
      "FromCompositeFieldPath", "CombineFromComposite", "FromEnvironmentFieldPath", "CombineFromEnvironment",
    ]
    return kinds.contains(self["type"]?.text ?? "FromCompositeFieldPath")
  }
}

extension Survey {
  /// The Compositions of the tree.
  var compositions: [Manifest] {
    manifests(ofKind: Composition.kind).filter { $0.group == "apiextensions.crossplane.io" }
  }

  /// What they compose, as far as it is written as templates.
  var compositionTemplates: [ComposedTemplate] { compositions.flatMap(ComposedTemplate.all) }
}
