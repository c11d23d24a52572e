import ZeroTouchModel

/// The aggregation layer: says of each APIService whether somebody answers for it.
///
/// What an extension server would serve is not simulated: its kinds are in no discovery.
struct APIServiceController: Controller {
  private static let services = GroupResource("apiservices", "apiregistration.k8s.io")

  let name = "apiservices"
  let watches: Set<GroupResource> = [services, .services, .pods]

  func reconcile(_ changed: [ObjectKey], in world: inout World) {
    world.refreshIndex()
    for (key, registration) in world.objects.list(Self.services) {
      let (isAvailable, reason, message) = Self.verdict(registration, in: world)
      let known = registration.condition("Available")
      guard known?["reason"]?.stringValue != reason || known?["message"]?.stringValue != message else { continue }
      world.setCondition("Available", isAvailable, reason, message, of: key)
    }
  }

  private static func verdict(_ registration: JSONValue, in world: World) -> (Bool, String, String) {
    guard let reference = registration[path: "spec", "service"], let name = reference["name"]?.stringValue,
      let namespace = reference["namespace"]?.stringValue
    else { return (true, "Local", "Local APIServices are always available") }
    guard let service = world.objects[ObjectKey(.services, namespace, name)] else {
      return (false, "ServiceNotFound", "service/\(name) in \"\(namespace)\" is not present")
    }
    guard world.hasReadyPod(behind: service, in: namespace) else {
      return (
        false, "MissingEndpoints",
        "endpoints for service/\(name) in \"\(namespace)\" have no addresses with port name \"\""
      )
    }
    return (true, "Passed", "all checks passed")
  }
}
