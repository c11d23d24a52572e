import ZeroTouchManifests
import ZeroTouchModel

/// An API of the repository: its definition, the Compositions for it, and the claims of it, all as they lie in files.
struct OfferedAPI {
  let manifest: Manifest
  let definition: CompositeDefinition
  let compositions: [Manifest]
  /// The files with definitions of the same kind, its own among them: trees of tests have many.
  let namesakes: [String]

  /// The API as one of its versions takes it; that of composites where the version is not served.
  func api(version: String) -> PlatformAPI {
    guard version != definition.version, definition.servedVersions.contains(version) else {
      return PlatformAPI(definition, [])
    }
    return PlatformAPI((try? CompositeDefinition(manifest.body.json, version: version)) ?? definition, [])
  }

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
  /// The definitions that can be read; what is wrong with the others is noted.
  var offeredAPIs: [OfferedAPI] {
    let compositions = Dictionary(
      grouping: manifests(ofKind: Composition.kind).filter { $0.group == "apiextensions.crossplane.io" },
      by: { $0["spec", "compositeTypeRef", "kind"]?.text ?? "" })
    let read = definitions.compactMap { manifest in
      (try? CompositeDefinition(manifest.body.json)).map { (manifest: manifest, definition: $0) }
    }
    let places = Dictionary(grouping: read, by: { "\($0.definition.apiVersion)/\($0.definition.compositeKind)" })
      .mapValues { $0.map(\.manifest.file) }
    return read.map { manifest, definition in
      let all = places["\(definition.apiVersion)/\(definition.compositeKind)"] ?? []
      let own = (compositions[definition.compositeKind] ?? []).filter {
        $0["spec", "compositeTypeRef", "apiVersion"]?.text == definition.apiVersion
          && Neighbours.isNearest(manifest.file, of: all, to: $0.file)
      }
      return OfferedAPI(manifest: manifest, definition: definition, compositions: own, namesakes: all)
    }
  }

  private var definitions: [Manifest] {
    manifests(ofKind: CompositeDefinition.kind).filter { $0.group == "apiextensions.crossplane.io" }
  }

  /// The definitions that cannot be read: their claims and Compositions were not checked.
  var unreadDefinitions: [Note] {
    definitions.filter { !illustrations.contains($0.file) }.compactMap { manifest in
      do throws(CompositionFailure) {
        _ = try CompositeDefinition(manifest.body.json)
        return nil
      } catch {
        return Note(
          at: manifest.body.place(at: ["metadata", "name"]),
          "the XRD `\(manifest.name)` cannot be read, and what belongs to it was not checked: \("\(error)".trimmingPrefix(": "))"
        )
      }
    }
  }
}

/// One composed resource of a Composition, as it stands in the file.
struct ComposedTemplate {
  let node: LocatedYAML
  let name: String
  /// The sets of patches of its step, by name.
  private let sets: [String: [LocatedYAML]]

  static func all(in composition: Manifest) -> [ComposedTemplate] {
    (composition["spec", "pipeline"]?.items ?? []).flatMap { step -> [ComposedTemplate] in
      // Other functions take other lists of resources.
      guard step["input"]?["apiVersion"]?.text?.hasPrefix("pt.fn.crossplane.io/") == true else { return [] }
      let sets = Dictionary(
        (step["input"]?["patchSets"]?.items ?? []).map { ($0["name"]?.text ?? "", $0["patches"]?.items ?? []) }
      ) { first, _ in first }
      return (step["input"]?["resources"]?.items ?? []).map {
        ComposedTemplate(node: $0, name: $0["name"]?.text ?? "", sets: sets)
      }
    }
  }

  /// The object itself: that inside an Object of provider-kubernetes, where it is one.
  var object: LocatedYAML? { node.node(at: ["base", "spec", "forProvider", "manifest"]) ?? node["base"] }
  var isWrapped: Bool { node.node(at: ["base", "spec", "forProvider", "manifest"]) != nil }
  /// Its patches, those of the sets it takes included.
  var patches: [LocatedYAML] {
    (node["patches"]?.items ?? []).flatMap { patch in patch["patchSetName"]?.text.flatMap { sets[$0] } ?? [patch] }
  }

  /// Whether a patch writes the object itself, and not the Object of provider-kubernetes around it.
  func isInner(_ patch: LocatedYAML) -> Bool {
    let text = patch["toFieldPath"]?.text ?? patch["fromFieldPath"]?.text
    return !isWrapped || text?.hasPrefix("spec.forProvider.manifest.") == true
  }

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

/// Files that belong together because they lie together.
enum Neighbours {
  /// Whether none of the others shares more folders with a file.
  static func isNearest(_ candidate: String, of all: [String], to file: String) -> Bool {
    guard all.count > 1 else { return true }
    let own = shared(candidate, file)
    return all.allSatisfy { shared($0, file) <= own }
  }

  private static func shared(_ left: String, _ right: String) -> Int {
    zip(left.split(separator: "/"), right.split(separator: "/")).prefix { $0 == $1 }.count
  }
}
