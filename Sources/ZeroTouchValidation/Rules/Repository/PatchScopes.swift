import ZeroTouchManifests
import ZeroTouchModel

/// What each kustomization's patches can see.
struct PatchScopes {
  private let survey: Survey
  /// The closures of everything that somebody may build.
  private let tops: [(folder: String, closure: KustomizationSet.Closure)]

  init(_ survey: Survey) {
    self.survey = survey
    let folders = Set(survey.kustomizations.tops).union(survey.builds.keys)
    tops = folders.sorted().map { ($0, survey.kustomizations.closure(of: $0)) }
  }

  /// Everything a patch may meet; nil where that is not known, or where nobody includes the component.
  func candidates(for kustomization: Kustomization) -> Set<PatchCandidate>? {
    guard !survey.getsFluxComponents(kustomization.folder) else { return nil }
    let users = tops.filter { $0.closure.folders.contains(kustomization.folder) }
    var found: Set<PatchCandidate> = []
    guard !users.isEmpty else { return nil }
    let own = survey.kustomizations.closure(of: kustomization.folder)
    // A component patches what its users have gathered.
    for closure in kustomization.isComponent ? users.map(\.closure) : [own] {
      guard let gathered = gathered(by: closure) else { return nil }
      found.formUnion(gathered)
    }
    // Names that prefixes, suffixes and patches change on the way are met under both.
    for user in users where renames(user.closure) {
      if let build = survey.builds[user.folder], build.openQuestion == nil {
        found.formUnion(build.manifests.map { PatchCandidate($0) })
      } else {
        guard let renamed = renamed(found, by: user.closure) else { return nil }
        found.formUnion(renamed)
      }
    }
    return found
  }

  private func gathered(by closure: KustomizationSet.Closure) -> Set<PatchCandidate>? {
    guard closure.remotes.isEmpty, closure.missing.isEmpty, !closure.rendersCharts else { return nil }
    var found: Set<PatchCandidate> = []
    let given = Set(closure.folders.compactMap { survey.kustomizations[$0]?.body["namespace"]?.text })
    let isOpen = mayLabel(closure)
    for folder in closure.folders {
      guard let kustomization = survey.kustomizations[folder] else { continue }
      // What a generator makes, nobody but the generator knows.
      guard kustomization.body["generators"] == nil, kustomization.body["transformers"] == nil else { return nil }
      for reference in kustomization.resources {
        guard let file = reference.file else { continue }
        // What cannot be read may hold the target.
        guard let source = survey.tree[file], source.problems.isEmpty else { return nil }
        let manifests = Manifest.all(in: source.documents)
        // An empty file waits for a program that writes it, as `flux bootstrap` does.
        guard !manifests.isEmpty else { return nil }
        found.formUnion(manifests.map { PatchCandidate($0, namespaces: given, hasOpenLabels: isOpen) })
      }
      found.formUnion(made("configMapGenerator", "ConfigMap", by: kustomization, given))
      found.formUnion(made("secretGenerator", "Secret", by: kustomization, given))
    }
    return found
  }

  private func made(_ key: String, _ kind: String, by kustomization: Kustomization, _ given: Set<String>)
    -> [PatchCandidate]
  {
    (kustomization.body[key]?.items ?? []).compactMap { item in
      item["name"]?.text.map { name in
        PatchCandidate(
          group: "", version: "v1", kind: kind, name: name,
          namespaces: given.union([item["namespace"]?.text ?? "default"]), labels: nil)
      }
    }
  }

  /// Whether something on the way gives objects labels that their files do not have.
  private func mayLabel(_ closure: KustomizationSet.Closure) -> Bool {
    closure.folders.contains { folder in
      guard let kustomization = survey.kustomizations[folder] else { return false }
      let body = kustomization.body
      let patches = ["patches", "patchesJson6902", "patchesStrategicMerge"].compactMap { body[$0] }
      let files = kustomization.patches.compactMap(\.file).flatMap { survey.tree[$0]?.documents ?? [] }
      return body["labels"] != nil || body["commonLabels"] != nil
        || (patches + files).contains { patch in
          var isLabelling = false
          patch.eachText { text, _ in
            isLabelling = isLabelling || text.contains("labels:") || text.contains("/labels")
          }
          patch.eachEntry { key, _ in isLabelling = isLabelling || key == "labels" }
          return isLabelling
        }
    }
  }

  /// The same under the names that a closure which was not built gives them; nil where those cannot be told.
  private func renamed(_ found: Set<PatchCandidate>, by closure: KustomizationSet.Closure) -> Set<PatchCandidate>? {
    var renamed = found
    for kustomization in closure.folders.compactMap({ survey.kustomizations[$0] }) {
      for patch in kustomization.body["patches"]?.items ?? [] where patch["options"]?["allowNameChange"] != nil {
        let objects = PatchTargets(kustomization: kustomization, tree: survey.tree).objects(in: patch)
        guard !objects.isEmpty else { return nil }
        renamed.formUnion(objects.map { PatchCandidate($0) })
      }
    }
    let bodies = closure.folders.compactMap { survey.kustomizations[$0]?.body }
      .filter { $0["namePrefix"] != nil || $0["nameSuffix"] != nil }
    // Each may have met the objects or not: that many names are for kubectl to tell.
    guard bodies.count <= 4 else { return nil }
    for body in bodies {
      let (prefix, suffix) = (body["namePrefix"]?.text ?? "", body["nameSuffix"]?.text ?? "")
      renamed.formUnion(renamed.map { $0.called(prefix + $0.name + suffix) })
    }
    return renamed
  }

  private func renames(_ closure: KustomizationSet.Closure) -> Bool {
    closure.folders.contains { folder in
      let body = survey.kustomizations[folder]?.body
      return body?["namePrefix"] != nil || body?["nameSuffix"] != nil
        || body?["patches"]?.items?.contains { $0["options"]?["allowNameChange"] != nil } == true
    }
  }
}
