package import ZeroTouchModel

/// An ApplicationSet over the folders of a Git repository: one Application a folder.
///
/// Of the generators only `git` with `directories` is known, of the templates only Go's with the folder's path.
package struct ApplicationSet: Sendable, Hashable {
  /// Why no Applications can be made, in the controller's words.
  package struct Unusable: Error, Hashable, CustomStringConvertible {
    package let description: String

    package init(_ description: String) { self.description = description }
  }

  package let name: String
  package let wave: Int
  /// Why it stands in its wave.
  package let reason: String
  package let repoURL: String
  package let revision: String
  /// How often the repository is looked at anew; nil leaves it to the controller.
  package let requeueAfter: Duration?
  private let preservesResources: Bool
  private let included: [String]
  private let excluded: [String]
  private let template: JSONValue

  /// Reads the manifest of an ApplicationSet; another kind gives nil.
  package init?(_ manifest: JSONValue) throws(Unusable) {
    guard manifest["kind"]?.stringValue == "ApplicationSet",
      manifest["apiVersion"]?.stringValue?.hasPrefix("argoproj.io/") == true,
      let name = manifest[path: "metadata", "name"]?.stringValue
    else { return nil }
    let spec = manifest["spec"] ?? [:]
    guard let generators = spec["generators"]?.arrayValue, generators.count == 1, let git = generators[0]["git"],
      let directories = git["directories"]?.arrayValue
    else { throw Unusable("only one generator, `git` with `directories`, is known here") }
    try Self.refuseUnknown(in: spec, generator: generators[0])
    guard spec["goTemplate"] == true else { throw Unusable("only `goTemplate: true` is known here") }
    self.name = name
    let annotations = manifest[path: "metadata", "annotations"]?.stringMap ?? [:]
    wave = annotations["argocd.argoproj.io/sync-wave"].flatMap { Int($0) } ?? 0
    reason = annotations["zerotouch.dev/reason"] ?? ""
    repoURL = git["repoURL"]?.stringValue ?? ""
    revision = git["revision"]?.stringValue ?? "HEAD"
    requeueAfter = git["requeueAfterSeconds"]?.intValue.map(Duration.seconds)
    preservesResources = spec[path: "syncPolicy", "preserveResourcesOnDeletion"] == true
    func paths(excluding: Bool) -> [String] {
      directories.filter { ($0["exclude"] == true) == excluding }.compactMap { $0["path"]?.stringValue }
    }
    included = paths(excluding: false)
    excluded = paths(excluding: true)
    template = spec["template"] ?? [:]
    for pattern in included + excluded { try Self.refuseUnknown(pattern) }
  }

  /// The manifests of its Applications, given every folder of the repository.
  package func manifests(folders: [String]) throws(Unusable) -> [JSONValue] {
    var manifests: [JSONValue] = []
    for folder in folders.sorted() where matches(folder) {
      var manifest = try filled(template, folder)
      manifest["apiVersion"] = "argoproj.io/v1alpha1"
      manifest["kind"] = "Application"
      // What an Application made goes with it, unless the set or its template says otherwise.
      if !preservesResources, manifest[path: "metadata", "finalizers"]?.arrayValue?.isEmpty ?? true {
        manifest[path: "metadata", "finalizers"] = ["resources-finalizer.argocd.argoproj.io"]
      }
      manifests.append(manifest)
    }
    return manifests
  }

  /// The Applications that Git expects of it: in its wave, since what it makes comes after it.
  package func applications(folders: [String]) throws(Unusable) -> [Application] {
    try manifests(folders: folders).compactMap { manifest in
      var manifest = manifest
      manifest[path: "metadata", "annotations", "argocd.argoproj.io/sync-wave"] = .string(String(wave))
      manifest[path: "metadata", "annotations", "zerotouch.dev/reason"] = .string(reason)
      return Application(manifest)
    }
  }

  private func matches(_ folder: String) -> Bool {
    included.contains { Self.matches(folder, $0) } && !excluded.contains { Self.matches(folder, $0) }
  }

  /// A star stands for one part of a path, or for some of its characters.
  private static func matches(_ folder: String, _ pattern: String) -> Bool {
    let parts = folder.split(separator: "/")
    let wanted = pattern.split(separator: "/")
    guard parts.count == wanted.count else { return false }
    return zip(parts, wanted).allSatisfy { part, pattern in StarPattern(pattern).matches(part) }
  }

  private func filled(_ value: JSONValue, _ folder: String) throws(Unusable) -> JSONValue {
    switch value {
    case .object(let members):
      var result: [String: JSONValue] = [:]
      for (name, member) in members { result[try filled(name, folder)] = try filled(member, folder) }
      return .object(result)
    case .array(let elements):
      var result: [JSONValue] = []
      for element in elements { result.append(try filled(element, folder)) }
      return .array(result)
    case .string(let text): return .string(try filled(text, folder))
    default: return value
    }
  }

  private func filled(_ text: String, _ folder: String) throws(Unusable) -> String {
    var result = text
    for match in text.matches(of: #/\{\{-?\s*([^}]*?)\s*-?\}\}/#).reversed() {
      let meaning: String
      switch match.1 {
      case ".path.path": meaning = folder
      case ".path.basename": meaning = folder.split(separator: "/").last.map(String.init) ?? folder
      default: throw Unusable("the template's `{{\(match.1)}}` is not known here")
      }
      result.replaceSubrange(match.range, with: meaning)
    }
    return result
  }
}
