import ZeroTouchModel

/// Argo CD's application controller with its repository server: follows Applications, compares, syncs, reports.
///
/// It works only while its own pods run, and looks only at Applications whose spec or whose resources changed.
struct ArgoCDController: Controller {
  static let name = "argocd"
  let name: String = Self.name
  let watches: Set<GroupResource> = []
  /// Applications may hold objects of any kind.
  let watchesEverything = true

  enum Purpose {
    static let refresh = "refresh"
    static let step = "step"
    static let retry = "retry"
    static let heal = "heal"
    static let poll = "poll"
    static let fault = "fault"
  }

  func reconcile(_ changed: [ObjectKey], in world: inout World) {
    var concerned = index(changed, in: &world)
    let runs = ArgoCDComponents.run(in: world)
    if runs != world.argoCD.isRunning {
      world.argoCD.isRunning = runs
      if runs { concerned.formUnion(start(in: &world)) }
    }
    if changed.contains(where: { ArgoCDComponents.server == $0 }) { ArgoCDComponents.createSecrets(in: &world) }
    guard runs else { return }
    concerned.formUnion(takeAnswers(in: &world))
    if changed.contains(ArgoCDNames.settings) { concerned.formUnion(rereadSettings(in: &world)) }
    for key in changed where key.resource == .applications { follow(key, in: &world) }
    for key in changed where key.resource == ArgoCDNames.projects { refreshApplications(of: key.name, in: &world) }
    for key in concerned.sorted() { assess(key, in: &world) }
  }

  func elapsed(_ timer: Timer, in world: inout World) {
    guard world.argoCD.isRunning else { return }
    switch timer.purpose {
    case Purpose.refresh: refresh(timer.subject, in: &world)
    case Purpose.poll: poll(in: &world)
    case Purpose.retry: retry(timer.subject, in: &world)
    default: assess(timer.subject, in: &world)
    }
  }

  func timer(_ subject: ObjectKey, _ purpose: String) -> Timer { Timer(Self.name, subject, purpose) }

  /// Keeps the index of tracked objects and says whose Applications changed.
  private func index(_ changed: [ObjectKey], in world: inout World) -> Set<ObjectKey> {
    var concerned: Set<ObjectKey> = []
    for key in changed {
      if key.resource == .applications { concerned.insert(key) }
      let object = world.objects[key]
      let before = world.argoCD.owners[key]
      let owner = object.flatMap { world.trackedBy(key, $0) }.map {
        ObjectKey(.applications, ArgoCDNames.namespace, $0)
      }
      if let before {
        concerned.insert(before)
        if before != owner { world.argoCD.records[before]?.tracked.remove(key) }
      }
      if let owner {
        concerned.insert(owner)
        world.argoCD.records[owner, default: ApplicationRecord()].tracked.insert(key)
      }
      if before != owner { world.argoCD.owners[key] = owner }
    }
    return concerned
  }

  /// The controller came up: it makes the default project and looks at every Application anew.
  private func start(in world: inout World) -> Set<ObjectKey> {
    ArgoCDComponents.createDefaultProject(in: &world)
    world.argoCD.checks = HealthChecks(in: world)
    world.argoCD.filter = ResourceFilter(in: world)
    world.start(timer(ArgoCDNames.settings, Purpose.poll), after: ArgoCDNames.pollInterval)
    let applications = world.objects.list(.applications).map(\.key)
    for key in applications { scheduleRefresh(key, in: &world) }
    return Set(applications)
  }

  /// What a project allows was changed, or the project came up at last: its Applications are looked at anew.
  private func refreshApplications(of project: String, in world: inout World) {
    for (key, object) in world.objects.list(.applications) where Application(key, object).project == project {
      scheduleRefresh(key, after: .zero, in: &world)
    }
  }

  /// New health checks make every verdict stale, other kinds to leave alone every wanted state.
  private func rereadSettings(in world: inout World) -> Set<ObjectKey> {
    let filter = ResourceFilter(in: world)
    if filter != world.argoCD.filter {
      world.argoCD.filter = filter
      for (key, _) in world.objects.list(.applications) { scheduleRefresh(key, after: .zero, in: &world) }
    }
    let checks = HealthChecks(in: world)
    guard checks != world.argoCD.checks else { return [] }
    world.argoCD.checks = checks
    for key in world.argoCD.records.keys { world.argoCD.records[key]?.verdicts = [:] }
    return Set(world.objects.list(.applications).map(\.key))
  }
}
