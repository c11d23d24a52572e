import ZeroTouchModel

/// Claims and volumes: binding, and the local-path provisioner, which works only where its Deployment runs.
struct VolumeProvisioner: Controller {
  static let controllerName = "persistentvolume-controller"
  let name = controllerName

  enum Purpose {
    static let provision = "provision"
    static let helper = "helper"
  }

  let watches: Set<GroupResource> = [.persistentVolumeClaims, .pods, .storageClasses, .persistentVolumes]

  func reconcile(_ changed: [ObjectKey], in world: inout World) {
    world.beginReconcile(name)
    var claims = Set(changed.filter { $0.resource == .persistentVolumeClaims })
    for key in changed where key.resource == .pods {
      if let pod = world.index.pods[key] {
        claims.formUnion(pod.references.filter { $0.resource == .persistentVolumeClaims })
      }
    }
    let isBroad = changed.contains { key in
      key.resource == .storageClasses || (key.resource == .pods && world.isProvisioner(key))
    }
    if isBroad { claims.formUnion(world.objects.list(.persistentVolumeClaims).map(\.key)) }
    for key in claims.sorted() { world.sync(claim: key) }
    for key in changed where key.resource == .persistentVolumeClaims && world.objects[key] == nil {
      world.releaseVolume(of: key)
    }
  }

  func elapsed(_ timer: Timer, in world: inout World) {
    world.refreshIndex()
    switch timer.purpose {
    case Purpose.helper: world.helperTimedOut(timer.subject)
    default: world.provision(timer.subject)
    }
  }
}
