import Foundation
import ZeroTouchManifests
import ZeroTouchModel

/// Looks for the line behind a part of a built object: the patch or the resource that has the same value there.
struct SourceTrace {
  let manifest: Manifest
  let path: [String]
  let survey: Survey
  let sources: SourceIndex

  var place: SourceLocation {
    let wanted = manifest.body.node(at: path)?.json
    let candidates = documents
    for document in candidates where wanted != nil && document.node(at: path)?.json == wanted {
      return document.place(at: path)
    }
    if let wanted, let place = patch(wanted) ?? replacement(wanted) ?? transformation(wanted) { return place }
    // A patch that only adds fields stands before the resource: the fullest document is the resource.
    if let fullest = candidates.max(by: { depth(in: $0) < depth(in: $1) }) { return fullest.place(at: path) }
    let file = survey.kustomizations[sources.folder]?.file ?? sources.folder
    return SourceLocation(file: file, line: 1, column: 1)
  }

  /// The documents that speak of the object: patches over it before itself, since what they say wins.
  private var documents: [LocatedYAML] {
    let found = sources.documents(kind: manifest.kind, name: manifest.name)
    guard found.isEmpty else { return found }
    // A prefix, a suffix or a generated hash: the kind decides, where only one document has it.
    return sources.documents(kind: manifest.kind).filter {
      manifest.name.contains($0["metadata"]?["name"]?.text ?? "\u{0}")
    }
  }

  /// How much of the path a document has.
  private func depth(in document: LocatedYAML) -> Int {
    path.indices.last { document.node(at: path[...$0]) != nil } ?? -1
  }
}

extension SourceTrace {
  /// A patch of a kustomization that sets the value.
  private func patch(_ wanted: JSONValue) -> SourceLocation? {
    for folder in sources.folders {
      guard let kustomization = survey.kustomizations[folder] else { continue }
      let patches = ["patches", "patchesJson6902", "patchesStrategicMerge"].flatMap {
        kustomization.body[$0]?.items ?? []
      }
      for patch in patches {
        if let text = patch["patch"] ?? (patch.text.map { _ in patch }), let place = inline(text, wanted) {
          return place
        }
        guard let name = patch["path"]?.text, let file = RepositoryTree.resolve(name, from: folder) else { continue }
        for document in survey.tree[file]?.documents ?? [] {
          if let place = place(of: wanted, in: document) { return place }
        }
      }
    }
    return nil
  }

  /// The line of a patch that stands as a text in the kustomization.
  private func inline(_ node: LocatedYAML, _ wanted: JSONValue) -> SourceLocation? {
    guard let text = node.text else { return nil }
    for document in LocatedYAML.reading(of: text, file: node.location.file).documents {
      guard let inside = place(of: wanted, in: document) else { continue }
      return SourceLocation(
        file: node.location.file, line: node.location.line + (text.contains("\n") || inside.line > 0 ? inside.line : 0),
        column: inside.column)
    }
    return nil
  }

  /// Where a patch sets the value: an operation of RFC 6902, or a part of an object.
  private func place(of wanted: JSONValue, in patch: LocatedYAML) -> SourceLocation? {
    guard let operations = patch.items else {
      return patch.node(at: path)?.json == wanted ? patch.place(at: path) : nil
    }
    for operation in operations {
      let target = (operation["path"]?.text ?? "").split(separator: "/").map {
        String($0.replacing("~1", with: "/").replacing("~0", with: "~"))
      }
      guard path.starts(with: target) else { continue }
      let rest = path.dropFirst(target.count)
      if operation["value"]?.node(at: rest)?.json == wanted { return operation.location }
    }
    return nil
  }

  /// The place that a replacement copies the value from.
  private func replacement(_ wanted: JSONValue) -> SourceLocation? {
    let field = path.joined(separator: ".")
    for folder in sources.folders {
      for entry in survey.kustomizations[folder]?.body["replacements"]?.items ?? [] {
        guard let target = target(of: entry, field), let wanted = part(of: wanted, target["options"]) else { continue }
        guard let kind = entry["source"]?["kind"]?.text, let name = entry["source"]?["name"]?.text else { continue }
        let keys = (entry["source"]?["fieldPath"]?.text ?? "metadata.name").split(separator: ".").map(String.init)
        for document in sources.documents(kind: kind, name: name) where document.node(at: keys)?.json == wanted {
          return document.place(at: keys)
        }
      }
    }
    return nil
  }

  /// What of a text a replacement writes: all of it, or the part between two delimiters.
  private func part(of wanted: JSONValue, _ options: LocatedYAML?) -> JSONValue? {
    guard let delimiter = options?["delimiter"]?.text, !delimiter.isEmpty else { return wanted }
    guard let parts = wanted.stringValue?.components(separatedBy: delimiter) else { return nil }
    let index = options?["index"]?.json.intValue ?? 0
    return parts.indices.contains(index) ? .string(parts[index]) : nil
  }

  private func target(of entry: LocatedYAML, _ field: String) -> LocatedYAML? {
    (entry["targets"]?.items ?? []).first { target in
      let select = target["select"]
      guard select?["kind"]?.text.map({ $0 == manifest.kind }) ?? true,
        select?["name"]?.text.map({ $0 == manifest.name }) ?? true
      else { return false }
      return (target["fieldPaths"]?.items ?? []).contains { $0.text == field }
    }
  }
}
