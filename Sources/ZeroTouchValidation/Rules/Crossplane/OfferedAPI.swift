import ZeroTouchManifests
import ZeroTouchModel

/// An API of the repository: its definition, the Compositions for it, and the claims of it, all as they lie in files.
struct OfferedAPI {
  let manifest: Manifest
  let definition: CompositeDefinition
  let compositions: [Manifest]

  var api: PlatformAPI { PlatformAPI(definition, []) }

  /// The schema of the version that composites have, as it stands in the file.
  var schema: LocatedYAML? {
    manifest["spec", "versions"]?.items?.first { $0["referenceable"]?.scalar == .bool(true) }?["schema"]?[
      "openAPIV3Schema"]
  }

  /// The pipeline's steps of every Composition that are written as templates and patches.
  var templates: [ComposedTemplate] { compositions.flatMap(ComposedTemplate.all) }

  /// Whether everything that reads a field of the claim can be read here.
  var isOpen: Bool {
    let known = ["patch-and-transform", "cel-filter", "auto-ready"]
    return compositions.isEmpty
      || compositions.contains { composition in
        (composition["spec", "pipeline"]?.items ?? []).isEmpty
          || (composition["spec", "pipeline"]?.items ?? []).contains { step in
            let name = step["functionRef"]?["name"]?.text ?? ""
            return !known.contains(where: name.hasSuffix)
          }
      }
  }
}

extension Survey {
  /// The definitions that can be read; others are somebody else's form, such as one without claims.
  var offeredAPIs: [OfferedAPI] {
    let compositions = manifests(ofKind: Composition.kind).filter { $0.group == "apiextensions.crossplane.io" }
    return manifests(ofKind: CompositeDefinition.kind).compactMap { manifest in
      guard let definition = try? CompositeDefinition(manifest.body.json) else { return nil }
      let own = compositions.filter {
        $0["spec", "compositeTypeRef", "kind"]?.text == definition.compositeKind
          && $0["spec", "compositeTypeRef", "apiVersion"]?.text == definition.apiVersion
      }
      return OfferedAPI(manifest: manifest, definition: definition, compositions: own)
    }
  }
}

/// One composed resource of a Composition, as it stands in the file.
struct ComposedTemplate {
  let node: LocatedYAML
  let name: String

  static func all(in composition: Manifest) -> [ComposedTemplate] {
    (composition["spec", "pipeline"]?.items ?? []).flatMap { step -> [ComposedTemplate] in
      // Other functions take other lists of resources.
      guard step["input"]?["apiVersion"]?.text?.hasPrefix("pt.fn.crossplane.io/") == true else { return [] }
      return (step["input"]?["resources"]?.items ?? []).map { ComposedTemplate(node: $0, name: $0["name"]?.text ?? "") }
    }
  }

  /// The object itself: that inside an Object of provider-kubernetes, where it is one.
  var object: LocatedYAML? { node.node(at: ["base", "spec", "forProvider", "manifest"]) ?? node["base"] }
  var isWrapped: Bool { node.node(at: ["base", "spec", "forProvider", "manifest"]) != nil }
  var patches: [LocatedYAML] { node["patches"]?.items ?? [] }

  /// The field of the object that a patch writes.
  func destination(of patch: LocatedYAML) -> String? {
    let text = patch["toFieldPath"]?.text ?? patch["fromFieldPath"]?.text
    let prefix = "spec.forProvider.manifest."
    return text.map { isWrapped && $0.hasPrefix(prefix) ? String($0.dropFirst(prefix.count)) : $0 }
  }
}

extension LocatedYAML {
  /// Whether a patch reads the composite.
  var readsComposite: Bool {
    ["FromCompositeFieldPath", "CombineFromComposite"].contains(self["type"]?.text ?? "FromCompositeFieldPath")
      && self["patchSetName"] == nil
  }

  /// The fields a patch reads, each where it stands.
  var sources: [LocatedYAML] {
    let combined = (self["combine"]?["variables"]?.items ?? []).compactMap { $0["fromFieldPath"] }
    return combined + (self["fromFieldPath"].map { [$0] } ?? [])
  }
}

/// What a structural schema says of the way to a field.
enum SchemaField {
  case missing
  /// Whether the field is there in every object: required or with a default, all the way.
  case known(isCertain: Bool)

  init(_ path: FieldPath, in schema: LocatedYAML) {
    var node: LocatedYAML? = schema
    var isCertain = true
    for (index, segment) in path.segments.enumerated() {
      guard let current = node else { break }
      if current["x-kubernetes-preserve-unknown-fields"]?.scalar == .bool(true) {
        self = .known(isCertain: false)
        return
      }
      switch segment {
      case .field(let name):
        if let property = current["properties"]?[name] {
          let isRequired = current["required"]?.items?.contains { $0.text == name } ?? false
          // Every object has a `spec`, whatever the schema says.
          isCertain = isCertain && (isRequired || property["default"] != nil || (index == 0 && name == "spec"))
          node = property
        } else if let extra = current["additionalProperties"], extra.scalar != .bool(false) {
          isCertain = false
          node = extra.entries == nil ? nil : extra
        } else {
          self = .missing
          return
        }
      case .index, .wildcard:
        isCertain = false
        guard let items = current["items"] else {
          self = .missing
          return
        }
        node = items
      }
    }
    self = .known(isCertain: isCertain)
  }
}
