import ZeroTouchManifests
import ZeroTouchModel

/// The definitions that are there before a phase of Flux begins.
struct EarlierDefinitions {
  private var kinds: Set<GroupKind> = []
  /// What the phases before it would fetch, in lower case: nobody here knows what it defines.
  private var fetched: [String] = []

  /// Nil where nothing at all is known of one of the phases.
  init?(_ phase: FluxPhase, _ phases: [FluxPhase], _ sources: FluxSources, in survey: Survey) {
    let names = phase.waits(for: phases)
    for earlier in phases where names.contains(earlier.name) {
      kinds.formUnion(earlier.objects.compactMap(\.definedKind))
      kinds.formUnion(ReleaseDefinitions(earlier, sources, in: survey).kinds.keys)
      guard earlier.unknown != nil else { continue }
      let texts = Self.fetched(by: earlier, in: survey)
      guard !texts.isEmpty else { return nil }
      fetched += texts
    }
  }

  /// Whether a kind that a release defines as well may be defined by then: what is fetched mostly says what it is.
  func mayHold(_ kind: GroupKind, of release: String) -> Bool {
    let name = kind.kind.lowercased()
    // Of `cert-manager.io` an address has the first part; a file of one definition is called by its plural.
    let words = ["\(name)s", "\(name)-crd", String(kind.group.prefix { $0 != "." }), release.lowercased()]
    return kinds.contains(kind) || fetched.contains { text in words.contains(where: text.contains) }
  }

  private static func fetched(by phase: FluxPhase, in survey: Survey) -> [String] {
    guard let folder = phase.folder else { return [] }
    let isOne = survey.kustomizations[folder] != nil
    let folders = isOne ? [folder] : FluxFolder(folder, survey.tree, survey.kustomizations).kustomizations
    return folders.flatMap { folder -> [String] in
      let closure = survey.kustomizations.closure(of: folder)
      let charts = closure.folders.compactMap { survey.kustomizations[$0]?.body["helmCharts"]?.json.text() }
      return (closure.remotes.map(\.text) + charts).map { $0.lowercased() }
    }
  }
}
