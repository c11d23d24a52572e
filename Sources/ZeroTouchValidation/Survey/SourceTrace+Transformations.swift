import ZeroTouchManifests
import ZeroTouchModel

extension SourceTrace {
  /// The line of a kustomization that sets an image, a namespace or a number of replicas.
  func transformation(_ wanted: JSONValue) -> SourceLocation? {
    let bodies = sources.folders.compactMap { survey.kustomizations[$0]?.body }
    if path.last == "image" { return bodies.lazy.compactMap { image(wanted, in: $0) }.first }
    if path == ["metadata", "namespace"] {
      return bodies.lazy.compactMap { $0.entry("namespace") }.first { $0.value.json == wanted }?.keyLocation
    }
    guard path == ["spec", "replicas"] else { return nil }
    return bodies.lazy.flatMap { $0["replicas"]?.items ?? [] }.first { $0["name"]?.text == manifest.name }
      .flatMap { $0.entry("count") }.flatMap { $0.value.json == wanted ? $0.keyLocation : nil }
  }

  private func image(_ wanted: JSONValue, in body: LocatedYAML) -> SourceLocation? {
    guard let wanted = wanted.stringValue else { return nil }
    for item in body["images"]?.items ?? [] {
      guard let name = item["newName"]?.text ?? item["name"]?.text, wanted.hasPrefix(name) else { continue }
      let rest = wanted.dropFirst(name.count)
      let tag = item.entry("newTag").flatMap { entry in
        rest == ":\(entry.value.text ?? entry.value.json.text())" ? entry : nil
      }
      let digest = item.entry("digest").flatMap { rest == "@\($0.value.text ?? "")" ? $0 : nil }
      if let entry = tag ?? digest { return entry.keyLocation }
      // A new name keeps the tag that the resource has.
      if let entry = item.entry("newName"), tag == nil, item["newTag"] == nil, rest.isEmpty || rest.hasPrefix(":") {
        return entry.keyLocation
      }
    }
    return nil
  }
}
