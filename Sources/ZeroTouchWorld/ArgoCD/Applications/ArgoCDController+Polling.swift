import ZeroTouchModel

/// Looking for new commits.
extension ArgoCDController {
  /// Asks where every followed revision stands; Applications whose last rendering failed try again.
  func poll(in world: inout World) {
    world.start(timer(ArgoCDNames.settings, Purpose.poll), after: ArgoCDNames.pollInterval)
    var followed: Set<RepositorySource.Reference> = []
    for (key, object) in world.objects.list(.applications, namespace: ArgoCDNames.namespace) {
      if world.argoCD.records[key]?.failure != nil {
        scheduleRefresh(key, after: .zero, in: &world)
      } else {
        followed.formUnion(Application(key, object).followedRepositories)
      }
    }
    for reference in followed.sorted(by: { ($0.repoURL, $0.revision) < ($1.repoURL, $1.revision) }) {
      let work = Errand.Work.resolve(repoURL: reference.repoURL, revision: reference.revision)
      let id = world.send(work, for: ArgoCDNames.settings)
      world.argoCD.polls[id] = reference
    }
  }

  /// Refreshes the Applications whose revision moved.
  func takePolls(in world: inout World) {
    for (id, reference) in world.argoCD.polls.sorted(by: { $0.key < $1.key }) {
      guard let result = world.results.removeValue(forKey: id) else { continue }
      world.argoCD.polls[id] = nil
      guard case .resolved(let commit) = result, world.argoCD.commits[reference] != commit else { continue }
      world.argoCD.commits[reference] = commit
      for (key, object) in world.objects.list(.applications, namespace: ArgoCDNames.namespace)
      where Application(key, object).followedRepositories.contains(reference) {
        scheduleRefresh(key, after: .zero, in: &world)
      }
    }
  }
}
