import ZeroTouchManifests
import ZeroTouchModel

/// Argo CD's ApplicationSet controller: lists the folders of a repository and keeps one Application for each.
struct ApplicationSetController: Controller {
  static let name = "argocd-applicationset"
  private static let sets = GroupResource("applicationsets", "argoproj.io")
  private static let deployment = "argocd-applicationset-controller"
  /// How often a repository is listed anew where no webhook tells.
  private static let interval = Duration.seconds(180)

  let name: String = Self.name
  let watches: Set<GroupResource> = [sets, .deployments]

  enum Purpose {
    static let list = "list"
  }

  func reconcile(_ changed: [ObjectKey], in world: inout World) {
    let runs = world.isReady(deployment: Self.deployment, in: ArgoCDNames.namespace)
    let cameUp = world.operatorCameUp(Self.name, isRunning: runs)
    guard runs else { return }
    takeAnswers(in: &world)
    let keys = cameUp ? world.objects.list(Self.sets).map(\.key) : changed.filter { $0.resource == Self.sets }
    for key in keys where world.hasNews(key) { ask(key, in: &world) }
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
      report(key, failure: error.description, in: &world)
    }
  }

  private func takeAnswers(in world: inout World) {
    for (id, key) in world.platform.listings.sorted(by: { $0.key < $1.key }) {
      guard let result = world.results.removeValue(forKey: id) else { continue }
      world.platform.listings[id] = nil
      guard let object = world.objects[key] else { continue }
      switch result {
      case .listed(let folders): generate(key, object, folders, in: &world)
      case .failed(let reason): report(key, failure: reason, in: &world)
      case .rendered, .resolved: continue
      }
      world.start(Timer(Self.name, key, Purpose.list), after: Self.interval)
    }
  }

  private func generate(_ key: ObjectKey, _ object: JSONValue, _ folders: [String], in world: inout World) {
    do throws(ApplicationSet.Unusable) {
      let manifests = try ApplicationSet(object)?.manifests(folders: folders) ?? []
      prune(key, object, keeping: Set(manifests.compactMap { $0[path: "metadata", "name"]?.stringValue }), in: &world)
      for manifest in manifests { write(manifest, key, object, in: &world) }
      report(key, failure: nil, in: &world)
    } catch {
      report(key, failure: error.description, in: &world)
    }
  }

  private func write(_ manifest: JSONValue, _ key: ObjectKey, _ object: JSONValue, in world: inout World) {
    var manifest = manifest
    manifest[path: "metadata", "namespace"] = .string(key.namespace)
    manifest[path: "metadata", "ownerReferences"] = [
      .members([
        "apiVersion": "argoproj.io/v1alpha1", "kind": "ApplicationSet", "name": .string(key.name),
        "uid": object[path: "metadata", "uid"], "controller": true, "blockOwnerDeletion": true,
      ])
    ]
    _ = world.apply(manifest, manager: Self.deployment)
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

  private func report(_ key: ObjectKey, failure: String?, in world: inout World) {
    let good = "All applications have been generated successfully"
    let state: [(String, Bool, String, String)] =
      failure.map {
        [
          ("ErrorOccurred", true, "ApplicationGenerationFromParamsError", $0),
          ("ResourcesUpToDate", false, "ApplicationGenerationFromParamsError", $0),
        ]
      } ?? [
        ("ErrorOccurred", false, "ApplicationSetUpToDate", good),
        ("ParametersGenerated", true, "ParametersGenerated", "Successfully generated parameters for all Applications"),
        ("ResourcesUpToDate", true, "ApplicationSetUpToDate", good),
      ]
    for (type, holds, reason, message) in state {
      let known = world.objects[key]?.condition(type)
      guard known?["reason"]?.stringValue != reason || known?["message"]?.stringValue != message else { continue }
      world.setCondition(type, holds, reason, message, of: key)
    }
  }
}
