import ZeroTouchManifests
import ZeroTouchModel

/// Argo CD's ApplicationSet controller: lists the folders of a repository and keeps one Application for each.
struct ApplicationSetController: Controller {
  static let name = "argocd-applicationset"
  private static let sets = GroupResource("applicationsets", "argoproj.io")
  private static let deployment = "argocd-applicationset-controller"
  private static let good = "All applications have been generated successfully"
  /// How often a repository is listed anew where no webhook tells.
  private static let interval = Duration.seconds(180)

  let name: String = Self.name
  let watches: Set<GroupResource> = [sets, .deployments]

  enum Purpose {
    static let list = "list"
  }

  /// What came of a set.
  private enum Outcome {
    case generated
    /// It cannot be read, or its folders cannot be listed.
    case unusable(String)
    /// The API took not all of its Applications.
    case refused(String)
  }

  func reconcile(_ changed: [ObjectKey], in world: inout World) {
    let runs = world.isReady(deployment: Self.deployment, in: ArgoCDNames.namespace)
    let cameUp = world.operatorCameUp(Self.name, isRunning: runs)
    guard runs else { return }
    takeAnswers(in: &world)
    let keys = cameUp ? world.objects.list(Self.sets).map(\.key) : changed.filter { $0.resource == Self.sets }
    // While it was down, the moments at which it would have listed again passed.
    for key in keys where world.hasNews(key) || cameUp { ask(key, in: &world) }
  }

  func elapsed(_ timer: Timer, in world: inout World) {
    guard world.platform.running.contains(Self.name) else { return }
    ask(timer.subject, in: &world)
  }

  private func ask(_ key: ObjectKey, in world: inout World) {
    guard let object = world.objects[key] else { return }
    do throws(ApplicationSet.Unusable) {
      guard let set = try ApplicationSet(object) else { return }
      let id = world.send(.list(repoURL: set.repoURL, revision: set.revision), for: key)
      world.platform.listings[id] = key
    } catch {
      report(key, .unusable(error.description), in: &world)
    }
  }

  private func takeAnswers(in world: inout World) {
    for (id, key) in world.platform.listings.sorted(by: { $0.key < $1.key }) {
      guard let result = world.results.removeValue(forKey: id) else { continue }
      world.platform.listings[id] = nil
      guard let object = world.objects[key] else { continue }
      let outcome: Outcome
      switch result {
      case .listed(let folders): outcome = generate(key, object, folders, in: &world)
      case .failed(let reason): outcome = .unusable(reason)
      case .rendered, .resolved: continue
      }
      report(key, outcome, in: &world)
      schedule(key, after: outcome, in: &world)
    }
  }

  /// The repository is listed again after a while; what the API refused is tried again sooner.
  private func schedule(_ key: ObjectKey, after outcome: Outcome, in world: inout World) {
    let timer = Timer(Self.name, key, Purpose.list)
    world.timers.cancel(timer)
    if case .refused = outcome { return world.retry(timer, atMost: Self.interval) }
    world.platform.failures[key] = nil
    let own = world.objects[key].flatMap { object in try? ApplicationSet(object) }?.requeueAfter
    // Zero seconds switch it off.
    if own != Duration.zero { world.start(timer, after: own ?? Self.interval) }
  }

  private func generate(
    _ key: ObjectKey, _ object: JSONValue, _ folders: [String], in world: inout World
  ) -> Outcome {
    do throws(ApplicationSet.Unusable) {
      let manifests = try ApplicationSet(object)?.manifests(folders: folders) ?? []
      var refusals: [String] = []
      for manifest in manifests {
        if case .failure(let refusal) = write(manifest, key, object, in: &world) { refusals.append(refusal.message) }
      }
      // Nothing is deleted while something could not be written.
      if let first = refusals.first { return .refused(first) }
      prune(key, object, keeping: Set(manifests.compactMap { $0[path: "metadata", "name"]?.stringValue }), in: &world)
      return .generated
    } catch {
      return .unusable(error.description)
    }
  }

  private func write(
    _ manifest: JSONValue, _ key: ObjectKey, _ object: JSONValue, in world: inout World
  ) -> Result<ObjectKey, APIFailure> {
    var manifest = manifest
    manifest[path: "metadata", "namespace"] = .string(key.namespace)
    manifest[path: "metadata", "ownerReferences"] = [
      .controllerReference(
        apiVersion: "argoproj.io/v1alpha1", kind: "ApplicationSet", name: key.name,
        uid: object[path: "metadata", "uid"])
    ]
    return world.apply(manifest, manager: Self.deployment)
  }

  /// Deletes the Applications whose folder is gone.
  private func prune(_ key: ObjectKey, _ object: JSONValue, keeping names: Set<String>, in world: inout World) {
    let uid = object[path: "metadata", "uid"]?.stringValue ?? ""
    for dependent in world.objects.dependents(of: uid)
    where dependent.resource == .applications && !names.contains(dependent.name) {
      let time = world.timestamp
      let hasFinalizers =
        world.objects[dependent]?[path: "metadata", "finalizers"]?.arrayValue?.isEmpty == false
      if hasFinalizers {
        world.objects.update(dependent) { $0[path: "metadata", "deletionTimestamp"] = .string(time) }
      } else {
        world.objects.remove(dependent)
      }
    }
  }

  private func report(_ key: ObjectKey, _ outcome: Outcome, in world: inout World) {
    for (type, holds, reason, message) in Self.conditions(outcome) {
      let known = world.objects[key]?.condition(type)
      guard known?["reason"]?.stringValue != reason || known?["message"]?.stringValue != message else { continue }
      world.setCondition(type, holds, reason, message, of: key)
    }
  }

  private static func conditions(_ outcome: Outcome) -> [(String, Bool, String, String)] {
    let generated = (
      "ParametersGenerated", true, "ParametersGenerated", "Successfully generated parameters for all Applications"
    )
    switch outcome {
    case .generated:
      return [
        ("ErrorOccurred", false, "ApplicationSetUpToDate", good), generated,
        ("ResourcesUpToDate", true, "ApplicationSetUpToDate", good),
      ]
    case .unusable(let message):
      let reason = "ApplicationGenerationFromParamsError"
      return [("ErrorOccurred", true, reason, message), ("ResourcesUpToDate", false, reason, message)]
    case .refused(let message):
      let reason = "UpdateApplicationError"
      return [
        ("ErrorOccurred", true, reason, message), generated, ("ResourcesUpToDate", false, reason, message),
      ]
    }
  }
}
