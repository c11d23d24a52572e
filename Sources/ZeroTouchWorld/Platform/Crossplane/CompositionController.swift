import ZeroTouchManifests
import ZeroTouchModel

/// Crossplane's work on claims: carries out Compositions by the same code as `zerotouch apis render`.
///
/// What it may make is what the roles bound to its ServiceAccount say.
struct CompositionController: Controller {
  let name: String = "crossplane-composition"
  let watches: Set<GroupResource> = []
  /// Claims, and what they become, are of kinds that only definitions and compositions name.
  let watchesEverything = true

  private static let definitions = GroupResource("compositeresourcedefinitions", "apiextensions.crossplane.io")
  private static let compositions = GroupResource("compositions", "apiextensions.crossplane.io")
  private static let functions = GroupResource("functions", "pkg.crossplane.io")
  private static let sources: Set = [
    definitions, compositions, functions, .customResourceDefinitions, .clusterRoles,
    .clusterRoleBindings,
  ]

  /// The longest time between two looks at a claim that cannot be carried out.
  private static let longestBackOff = Duration.seconds(60)

  private enum Purpose {
    static let compose = "compose"
  }

  func reconcile(_ changed: [ObjectKey], in world: inout World) {
    let runs = world.platform.running.contains(CrossplaneController.name)
    let cameUp = world.operatorCameUp(name, isRunning: runs)
    guard runs else { return }
    var claims: Set<ObjectKey> = []
    if cameUp || changed.contains(where: { Self.sources.contains($0.resource) }) {
      world.platform.compositions.apis = Self.apis(in: world)
      for kind in world.platform.compositions.apis.keys { claims.formUnion(world.objects.list(kind).map(\.key)) }
    }
    // Those that went while it was down left their composites behind.
    if cameUp { claims.formUnion(world.platform.compositions.composites.keys) }
    for key in changed {
      let isKnown = world.platform.compositions.composites[key] != nil
      if isKnown || world.platform.compositions.apis[key.resource] != nil {
        claims.insert(key)
      } else if let claim = world.platform.compositions.claims[key] {
        claims.insert(claim)
      }
    }
    guard !claims.isEmpty else { return }
    var rights = CrossplaneController.rights(in: world)
    for claim in claims.sorted() { look(at: claim, &rights, in: &world) }
  }

  func elapsed(_ timer: Timer, in world: inout World) {
    guard world.platform.running.contains(name) else { return }
    var rights = CrossplaneController.rights(in: world)
    look(at: timer.subject, &rights, in: &world)
  }

  /// The APIs whose claims are served.
  private static func apis(in world: World) -> [GroupResource: Result<PlatformAPI, CompositionFailure>] {
    var read: [Composition] = []
    var unreadable: [String: CompositionFailure] = [:]
    for (key, object) in world.objects.list(compositions) {
      do throws(CompositionFailure) { read.append(try Composition(object)) } catch { unreadable[key.name] = error }
    }
    var apis: [GroupResource: Result<PlatformAPI, CompositionFailure>] = [:]
    for (key, object) in world.objects.list(definitions) {
      guard let kind = claimKind(of: object, in: world) else { continue }
      do throws(CompositionFailure) {
        let definition = try CompositeDefinition(object).offeringClaims()
        let own = read.filter { $0.compositeKind == definition.compositeKind }
        apis[kind] = .success(PlatformAPI(definition, own, unreadable: unreadable))
      } catch {
        apis[kind] = .failure(CompositionFailure("the definition `\(key.name)` cannot be evaluated: \(error)"))
      }
    }
    return apis
  }

  /// The kind that a definition's users write: the claim, or the composite of a definition without claims.
  private static func claimKind(of definition: JSONValue, in world: World) -> GroupResource? {
    let spec = definition["spec"]
    let kind = spec?[path: "claimNames", "kind"] ?? spec?[path: "names", "kind"]
    return world.registry.type(group: spec?["group"]?.stringValue ?? "", kind: kind?.stringValue ?? "")?.id
  }

  private func look(at claim: ObjectKey, _ rights: inout ServiceAccountRights, in world: inout World) {
    let timer = Timer(name, claim, Purpose.compose)
    guard let object = world.objects[claim], object[path: "metadata", "deletionTimestamp"] == nil,
      let api = world.platform.compositions.apis[claim.resource]
    else {
      world.stopRetrying(timer)
      return forget(claim, in: &world)
    }
    do throws(CompositionFailure) {
      try compose(claim, object, try api.get(), &rights, in: &world)
      world.stopRetrying(timer)
    } catch {
      // What is missing may be something that nobody watches: a webhook that answers, a namespace.
      world.retry(timer, atMost: Self.longestBackOff)
      for key in [world.platform.compositions.composites[claim], claim].compactMap(\.self) {
        world.setCondition("Synced", false, "ReconcileError", "cannot compose resources: \(error)", of: key)
      }
    }
  }

  /// What belongs to the composite goes with it.
  private func forget(_ claim: ObjectKey, in world: inout World) {
    if let composite = world.platform.compositions.composites.removeValue(forKey: claim) { world.delete(composite) }
    for key in (world.platform.compositions.resources.removeValue(forKey: claim) ?? [:]).values {
      world.platform.compositions.claims[key] = nil
    }
  }

  private func compose(
    _ claim: ObjectKey, _ object: JSONValue, _ api: PlatformAPI, _ rights: inout ServiceAccountRights,
    in world: inout World
  ) throws(CompositionFailure) {
    let composite = try bind(claim, object, api, in: &world)
    guard let whole = world.objects[composite] else { return }
    let composition = try api.composition(for: whole)
    for function in composition.functions {
      let package = world.objects[ObjectKey(Self.functions, function)]
      guard package?.condition("Healthy")?["status"] == "True" else {
        throw CompositionFailure("the Function `\(function)` is not there, or not healthy")
      }
    }
    let known = world.platform.compositions.resources[claim] ?? [:]
    let state = try composition.run(
      on: CompositionState(composite: whole, observed: known.compactMapValues { world.objects[$0] }))
    try apply(state, of: claim, whole, api, &rights, in: &world)
    report(state, of: claim, composite, in: &world)
  }

  /// Makes the composite of a claim, or brings it up to date.
  private func bind(
    _ claim: ObjectKey, _ object: JSONValue, _ api: PlatformAPI, in world: inout World
  ) throws(CompositionFailure) -> ObjectKey {
    // Crossplane draws five characters; here they follow from the claim, so that a seed gives the same world again.
    let suffix = SHA256.hexadecimal(of: claim.description.utf8).prefix(5)
    let manifest = api.composite(for: object, named: "\(claim.name.prefix(57))-\(suffix)")
    let key = try world.apply(manifest, manager: "apiextensions.crossplane.io/claim").orFailure("composite")
    world.platform.compositions.composites[claim] = key
    let reference: JSONValue = [
      "apiVersion": .string(api.definition.apiVersion), "kind": .string(api.definition.compositeKind),
      "name": .string(key.name),
    ]
    if object[path: "spec", "resourceRef"] != reference {
      world.objects.update(claim) { $0[path: "spec", "resourceRef"] = reference }
    }
    return key
  }

  private func apply(
    _ state: CompositionState, of claim: ObjectKey, _ composite: JSONValue, _ api: PlatformAPI,
    _ rights: inout ServiceAccountRights, in world: inout World
  ) throws(CompositionFailure) {
    var made: [String: ObjectKey] = [:]
    for resource in state.desired {
      let manifest = api.completed(resource, of: composite)
      let manager = "apiextensions.crossplane.io/composed"
      let what = "composed resource \"\(resource.name)\""
      do throws(APIFailure) { try rights.check(manifest, in: world) } catch {
        throw CompositionFailure("cannot apply \(what): \(error.message)")
      }
      let key = try world.apply(manifest, manager: manager).orFailure(what)
      made[resource.name] = key
      world.platform.compositions.claims[key] = claim
    }
    let before = world.platform.compositions.resources.updateValue(made, forKey: claim) ?? [:]
    for key in Set(before.values).subtracting(made.values).sorted() {
      world.platform.compositions.claims[key] = nil
      world.delete(key)
    }
  }

  private func report(_ state: CompositionState, of claim: ObjectKey, _ composite: ObjectKey, in world: inout World) {
    let unready = state.desired.filter { $0.isReady != true }.map(\.name).sorted()
    let isReady = unready.isEmpty && !state.isIncomplete
    for key in [composite, claim] { world.setCondition("Synced", true, "ReconcileSuccess", "", of: key) }
    let waits = unready.isEmpty ? "" : "Unready resources: \(unready.joined(separator: ", "))"
    world.setCondition("Ready", isReady, isReady ? "Available" : "Creating", waits, of: composite)
    let message = isReady ? "" : "Waiting for composite resource to become Ready"
    world.setCondition("Ready", isReady, isReady ? "Available" : "Waiting", message, of: claim)
  }
}

extension Result where Success == ObjectKey, Failure == APIFailure {
  /// The key, or the server's refusal as Crossplane tells it.
  fileprivate func orFailure(_ what: String) throws(CompositionFailure) -> ObjectKey {
    switch self {
    case .success(let key): return key
    case .failure(let failure): throw CompositionFailure("cannot apply \(what): \(failure.message)")
    }
  }
}
