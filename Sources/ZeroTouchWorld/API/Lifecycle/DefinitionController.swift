import ZeroTouchModel

/// Serves what CustomResourceDefinitions describe, a while after they are created.
struct DefinitionController: Controller {
  let name = "crds"
  let watches: Set<GroupResource> = [.customResourceDefinitions]

  func reconcile(_ changed: [ObjectKey], in world: inout World) {
    for key in changed where key.resource == .customResourceDefinitions {
      guard let definition = world.objects[key] else {
        unregister(key, in: &world)
        continue
      }
      if definition.isEstablished {
        register(definition, in: &world)
      } else {
        let usual = RealWorld.crdEstablished.declared.typical
        world.start(Timer(name, key, "established"), after: world.server.establishing[key.name] ?? usual)
      }
    }
  }

  func elapsed(_ timer: Timer, in world: inout World) {
    guard let definition = world.objects[timer.subject], !definition.isEstablished else { return }
    let time = JSONValue.string(world.timestamp)
    world.objects.update(timer.subject) { object in
      object["status"] = [
        "acceptedNames": object[path: "spec", "names"] ?? [:],
        "storedVersions": .array(ResourceType(definition: object).map { [.string($0.storageVersion)] } ?? []),
        "conditions": [
          [
            "type": "NamesAccepted", "status": "True", "reason": "NoConflicts", "message": "no conflicts found",
            "lastTransitionTime": time,
          ],
          [
            "type": "Established", "status": "True", "reason": "InitialNamesAccepted",
            "message": "the initial names have been accepted", "lastTransitionTime": time,
          ],
        ],
      ]
    }
    // At once, so that whoever waited for the condition finds the kind served.
    world.objects[timer.subject].map { register($0, in: &world) }
  }

  private func register(_ definition: JSONValue, in world: inout World) {
    guard let type = ResourceType(definition: definition) else { return }
    let print = Fingerprint.of((definition["spec"] ?? [:]).encoded())
    if world.registry.imprint(of: type.id) != print { world.server.registry.register(type, fingerprint: print) }
  }

  /// Takes a kind away together with its objects, as nobody could name them any more.
  private func unregister(_ key: ObjectKey, in world: inout World) {
    let parts = key.name.split(separator: ".", maxSplits: 1).map(String.init)
    guard parts.count == 2 else { return }
    let id = GroupResource(parts[0], parts[1])
    for (object, _) in world.objects.list(id) { world.objects.remove(object) }
    world.server.registry.unregister(id)
  }
}

extension JSONValue {
  fileprivate var isEstablished: Bool {
    (self[path: "status", "conditions"]?.arrayValue ?? []).contains {
      $0["type"] == "Established" && $0["status"] == "True"
    }
  }
}
