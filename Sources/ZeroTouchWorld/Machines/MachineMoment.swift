import ZeroTouchModel

/// What a machine waits for; the purpose of its timers.
enum MachineMoment: String, CaseIterable {
  case powerOn = "power-on"
  case timeInSync = "time-in-sync"
  case imageWritten = "image-written"
  case booted = "booted"
  case certificates = "certificates"
  case runtime = "runtime"
  case etcdHealthy = "etcd-healthy"
  case etcdJoined = "etcd-joined"
  case kubernetesAPI = "kubernetes-api"
  case node = "node"
  case manifests = "manifests"
  case bootTimeout = "boot-timeout"

  static let controller = "machines"

  func timer(_ address: IPAddress) -> Timer {
    Timer(Self.controller, ObjectKey(GroupResource("machines", "talos.dev"), address.description), rawValue)
  }
}
