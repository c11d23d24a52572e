import ZeroTouchManifests
import ZeroTouchModel

/// Who provides and who needs what on a cluster, and what comes in the wrong order.
package struct ClusterGraph: Sendable {
  /// Who needs something.
  package enum User: Sendable, Hashable {
    case object(Int)
    /// An Application by itself: its chart, its values.
    case application(Int)
  }

  /// A need that is met, if at all, by something which comes too late.
  package struct Inversion: Sendable, Hashable {
    package let user: User
    package let need: Need
    package let subject: Capability.Subject
    package let own: SyncPosition.Step
    package let other: SyncPosition.Step
  }

  /// A need that nothing in this cluster provides.
  package struct Unmet: Sendable, Hashable {
    package let user: User
    package let need: Need
  }

  package let cluster: ClusterView
  /// The kinds that XRDs define.
  package let composites: Set<GroupKind>
  /// What comes too late for somebody.
  package private(set) var inversions: [Inversion] = []
  /// What is needed to apply something, in the same wave as whoever needs it, by a sync that is not tried again.
  package private(set) var races: [Inversion] = []
  /// What is brought by another Application of the same wave, which is synced side by side.
  package private(set) var besides: [Inversion] = []
  /// Kinds and namespaces that nothing provides.
  package private(set) var unmet: [Unmet] = []
  /// What is asked for by name in objects that lie here, and that nothing makes: Secrets, ServiceAccounts, classes.
  package private(set) var lacking: [Unmet] = []
  /// For every Application those whose things it needs, with the first of the reasons.
  package private(set) var dependencies: [Int: [Int: Need]] = [:]
  private var providers: ProviderTable
  /// What its claims become.
  let composed: ComposedObjects

  init(_ cluster: ClusterView, tree: RepositoryTree) {
    self.cluster = cluster
    composed = ComposedObjects(cluster)
    providers = ProviderTable(cluster, composed)
    composites = providers.composites
    var reader = NeedReader(cluster, providers, composed, tree)
    for (user, need) in reader.all() { judge(need, of: user) }
  }

  private mutating func judge(_ need: Need, of user: User) {
    let position = providers.position(of: user)
    let candidates = providers.providers(of: need.capability, for: user)
    guard !candidates.isEmpty else {
      if need.strength == .toApply {
        unmet.append(Unmet(user: user, need: need))
      } else if need.capability.isAskedForByName, isWritten(need, by: user) {
        lacking.append(Unmet(user: user, need: need))
      }
      return
    }
    note(candidates, need, user)
    var late: SyncPosition.Relation?
    var together: SyncPosition.Relation?
    for candidate in candidates {
      let relation = position.relation(to: candidate.position)
      switch relation {
      case .before: return
      case .together: together = together ?? relation
      case .after: late = late ?? relation
      }
    }
    let subject =
      need.strength == .toBeOfUse ? .offer : need.capability.subject(composites: composites)
    if case .together(let own, let other)? = together {
      let inversion = Inversion(user: user, need: need, subject: subject, own: own, other: other)
      if need.strength == .toApply, let id = providers.application(of: user), isTriedOnce(id) {
        races.append(inversion)
      } else {
        besides.append(inversion)
      }
    } else if case .after(let own, let other)? = late {
      inversions.append(Inversion(user: user, need: need, subject: subject, own: own, other: other))
    }
  }

  /// Whether an object says so that lies here, and not one that a chart brings.
  private func isWritten(_ need: Need, by user: User) -> Bool {
    guard case .object(let index) = user else { return false }
    if case .chart = cluster.objects[index].manifest.origin { return false }
    // What a claim does not name itself its Composition does, for all claims.
    return !composites.contains(cluster.objects[index].manifest.groupKind) || need.path.count > 1
  }

  private func isTriedOnce(_ id: Int) -> Bool {
    guard let application = cluster.application(id) else { return false }
    return application.isAutomated && application.retries == 0
  }

  private mutating func note(_ candidates: [ProviderTable.Provider], _ need: Need, _ user: User) {
    guard let own = providers.application(of: user) else { return }
    let owners = candidates.compactMap(\.application)
    // What an Application brings itself it needs from nobody.
    guard !owners.contains(own), let first = owners.first else { return }
    if dependencies[own]?[first] == nil { dependencies[own, default: [:]][first] = need }
  }
}

extension ClusterGraph {
  /// The manifest that has a need, for places and names.
  package func manifest(of user: User) -> Manifest {
    switch user {
    case .object(let index): cluster.objects[index].manifest
    case .application(let id): cluster.applications[id].manifest
    }
  }

  /// Which steps say that all of something comes behind somebody; nil where it does not, or where nothing brings it.
  func comesLater(_ capability: Capability, than user: User) -> (own: SyncPosition.Step, other: SyncPosition.Step)? {
    let position = providers.position(of: user)
    var late: (own: SyncPosition.Step, other: SyncPosition.Step)?
    for candidate in providers.providers(of: capability, for: user) {
      guard case .after(let own, let other) = position.relation(to: candidate.position) else { return nil }
      late = late ?? (own, other)
    }
    return late
  }

  /// When somebody's turn comes.
  func position(of user: User) -> SyncPosition { providers.position(of: user) }

  /// Whether a later wave, of its own Application or of one around it, waits for an object.
  func isWaitedFor(_ index: Int) -> Bool {
    let object = cluster.objects[index]
    var order = object.order
    var application = cluster.application(object.application)
    while let current = application {
      if cluster.objects(of: current).contains(where: { $0.order > order }) { return true }
      order = current.wave
      application = cluster.application(current.parent)
    }
    return false
  }

  /// Whose object has a need.
  package func application(of user: User) -> Int? { providers.application(of: user) }

  /// Whether something here defines a kind.
  package func defines(_ kind: GroupKind) -> Bool {
    providers.definedKinds[kind] != nil || providers.definedGroups.contains(kind.group)
  }

  /// The clusters that get a definition, where whoever needs it goes to another one; none where its own gets it, or
  /// where nobody can tell, since one cluster may have a name and an address.
  func destinationsElsewhere(defining kind: GroupKind, for user: User) -> [String] {
    let own = providers.destination(of: providers.application(of: user))
    guard let others = providers.definedKinds[kind], !providers.definedGroups.contains(kind.group),
      others.allSatisfy({ $0 != own && $0.contains("://") }), own.contains("://")
    else { return [] }
    return others.sorted()
  }

  /// Whether a chart or another repository brings kinds to this cluster.
  var installsOperators: Bool {
    !providers.definedGroups.isEmpty
      || cluster.objects.contains { object in
        guard object.manifest.kind == "CustomResourceDefinition" else { return false }
        if case .chart = object.manifest.origin { return true }
        return Provisions.definition(object.manifest).map(PublicKinds.contain) ?? false
      }
  }

  /// Whether something here makes a namespace.
  package func makes(namespace: String) -> Bool { providers.namespaces.contains(namespace) }

  /// What is applied at a step, where it has a manifest.
  package func manifest(of item: SyncPosition.Item) -> Manifest? {
    switch item {
    case .application(let id): cluster.applications[id].set ?? cluster.applications[id].manifest
    case .object(let index): cluster.objects[index].manifest
    case .beginning: nil
    }
  }
}
