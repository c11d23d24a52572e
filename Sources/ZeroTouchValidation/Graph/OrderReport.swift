import ZeroTouchManifests
import ZeroTouchModel

/// What comes too late, as violations: one for each pair of things whose waves are to blame.
struct OrderReport {
  private let survey: Survey
  private(set) var violations: [Capability.Subject: [Rule.Violation]] = [:]
  /// What is itself in the wrong place, by where it stands: clusters with fewer Applications suffer less from it.
  private var blamed: [SourceLocation: Blame] = [:]

  private struct Pair: Hashable {
    let own: SyncPosition.Item
    let other: SyncPosition.Item
  }

  private struct Blame {
    let sufferers: Int
    let violation: Rule.Violation
    let subject: Capability.Subject
  }

  init(_ survey: Survey) {
    self.survey = survey
    var late: [(graph: ClusterGraph, inversion: ClusterGraph.Inversion)] = []
    for graph in survey.graphs { late += add(graph).map { (graph, $0) } }
    for blame in blamed.values { tell(blame.violation, blame.subject) }
    for (graph, inversion) in late {
      // Another cluster has told what is to blame.
      if let place = place(inversion.other.item, graph), blamed[place] != nil { continue }
      tell(self.late(inversion, graph), inversion.subject)
    }
  }

  /// Of all that one thing needs of another the weightiest; the rest follows from it.
  private func strongest(_ graph: ClusterGraph) -> [Pair: ClusterGraph.Inversion] {
    // Who waits for a capability in any case need not be told that it is offered too early.
    let awaited = Set(graph.inversions.filter { $0.subject != .offer }.map(\.need.capability))
    var strongest: [Pair: ClusterGraph.Inversion] = [:]
    for inversion in graph.inversions {
      if inversion.subject == .offer, awaited.contains(inversion.need.capability) { continue }
      // A wave that cannot be read is a fault of its own.
      guard !hasWrongWave(inversion.own.item, graph), !hasWrongWave(inversion.other.item, graph) else { continue }
      let pair = Pair(own: inversion.own.item, other: inversion.other.item)
      if let known = strongest[pair], known.subject <= inversion.subject { continue }
      strongest[pair] = inversion
    }
    return strongest
  }

  private func hasWrongWave(_ item: SyncPosition.Item, _ graph: ClusterGraph) -> Bool {
    let wave = graph.manifest(of: item)?.body.node(at: ["metadata", "annotations", DeployedApplication.waveKey])
    return wave.map { $0.text.flatMap { Int($0) } == nil } ?? false
  }

  /// Notes what is to blame for several inversions, and answers the others.
  private mutating func add(_ graph: ClusterGraph) -> [ClusterGraph.Inversion] {
    let strongest = strongest(graph)
    let users = Dictionary(grouping: strongest.keys, by: \.other)
    let needed = Dictionary(grouping: strongest.keys, by: \.own)
    var told: Set<SyncPosition.Item> = []
    var single: [ClusterGraph.Inversion] = []
    for (pair, inversion) in strongest.sorted(by: { order($0.value, graph) < order($1.value, graph) }) {
      // Whatever is in the wrong place for several is itself to blame.
      let sufferers = users[pair.other]?.count ?? 0
      guard sufferers > 1, sufferers > needed[pair.own]?.count ?? 0 else {
        single.append(inversion)
        continue
      }
      guard told.insert(pair.other).inserted else { continue }
      let all = strongest.filter { $0.key.other == pair.other }.map(\.value)
      let weightiest = all.min { ($0.subject, order($0, graph)) < ($1.subject, order($1, graph)) } ?? inversion
      blame(neededEarlier(weightiest, all, graph), weightiest.subject, all.count)
    }
    return single
  }

  private mutating func blame(_ violation: Rule.Violation?, _ subject: Capability.Subject, _ sufferers: Int) {
    guard let violation, sufferers > blamed[violation.location]?.sufferers ?? 0 else { return }
    blamed[violation.location] = Blame(sufferers: sufferers, violation: violation, subject: subject)
  }

  private mutating func tell(_ violation: Rule.Violation?, _ subject: Capability.Subject) {
    if let violation { violations[subject, default: []].append(violation) }
  }

  private func order(_ inversion: ClusterGraph.Inversion, _ graph: ClusterGraph) -> String {
    "\(name(inversion.own.item, graph)) \(name(inversion.other.item, graph)) \(inversion.need.capability)"
  }

  private func late(_ inversion: ClusterGraph.Inversion, _ graph: ClusterGraph) -> Rule.Violation? {
    guard let place = place(inversion.own.item, graph) else { return nil }
    let own = "\(name(inversion.own.item, graph)) (\(when(inversion.own)))"
    let cause = graph.manifest(of: inversion.user)
    let line = survey.place(of: cause, at: inversion.need.path)
    return Rule.Violation(
      at: place,
      "\(own) needs \(inversion.need.capability), which \(name(inversion.other.item, graph)) brings only "
        + "\(at(inversion.other)); `\(cause.title)` asks for it in \(line)",
      remedy: "give \(name(inversion.own.item, graph)) a wave above \(wave(inversion.other)), or "
        + "\(name(inversion.other.item, graph)) one below \(wave(inversion.own))")
  }

  private func neededEarlier(
    _ inversion: ClusterGraph.Inversion, _ all: [ClusterGraph.Inversion], _ graph: ClusterGraph
  ) -> Rule.Violation? {
    guard let place = place(inversion.other.item, graph) else { return nil }
    let users = all.map { ($0.own.order, "\(name($0.own.item, graph)) (\(when($0.own)))") }.sorted { $0 < $1 }
    let earliest = all.map(\.own).min { $0.order < $1.order } ?? inversion.own
    return Rule.Violation(
      at: place,
      "\(name(inversion.other.item, graph)) (\(when(inversion.other))) brings \(inversion.need.capability) too late for "
        + users.map(\.1).joined(separator: ", "),
      remedy: "give it a wave below \(wave(earliest))")
  }
}

extension OrderReport {
  private func name(_ item: SyncPosition.Item, _ graph: ClusterGraph) -> String {
    switch item {
    case .application(let id): "`\(graph.cluster.applications[id].name)`"
    case .object(let index): "`\(graph.cluster.objects[index].manifest.title)`"
    case .beginning: "the Application itself"
    }
  }

  private func wave(_ step: SyncPosition.Step) -> Int {
    step.order - PlacedObject.phase(of: step.order) * PlacedObject.phaseWidth
  }

  private func when(_ step: SyncPosition.Step) -> String {
    let phase = PlacedObject.phase(of: step.order)
    guard phase == 0 else { return phase < 0 ? "before the sync" : "after the sync" }
    return "wave \(wave(step))"
  }

  private func at(_ step: SyncPosition.Step) -> String {
    PlacedObject.phase(of: step.order) == 0 ? "in \(when(step))" : when(step)
  }

  /// The line with the wave, or the name of what has none.
  private func place(_ item: SyncPosition.Item, _ graph: ClusterGraph) -> SourceLocation? {
    guard let manifest = graph.manifest(of: item) else { return nil }
    let wave = ["metadata", "annotations", DeployedApplication.waveKey]
    let hasWave = manifest.body.node(at: wave) != nil
    return survey.place(of: manifest, at: hasWave ? wave : ["metadata", "name"])
  }
}
