import ZeroTouchModel

/// The operators that write the authority of their certificates into webhooks while they run.
///
/// Which writes where is a table: an operator's own service, or every webhook that asks cert-manager's injector.
struct WebhookAuthorityController: Controller {
  private static let kinds = ["validatingwebhookconfigurations", "mutatingwebhookconfigurations"].map {
    GroupResource($0, "admissionregistration.k8s.io")
  }
  private static let annotations = ["inject-ca-from", "inject-ca-from-secret"].map { "cert-manager.io/\($0)" }
  /// The Deployment that serves, by the service its webhooks name.
  private static let owners = [
    "cnpg-webhook-service": ObjectKey(.deployments, "cnpg-system", "cloudnative-pg"),
    "keda-admission-webhooks": ObjectKey(.deployments, "keda", "keda-operator"),
  ]
  private static let injector = ObjectKey(.deployments, "cert-manager", "cert-manager-cainjector")

  let name = "webhook-authorities"
  let watches: Set<GroupResource> = Set(kinds + [.deployments])

  func reconcile(_ changed: [ObjectKey], in world: inout World) {
    let isOwner = Set(Self.owners.values).union([Self.injector])
    guard changed.contains(where: { $0.resource != .deployments || isOwner.contains($0) }) else { return }
    for kind in Self.kinds {
      for (key, configuration) in world.objects.list(kind) where Self.isServed(configuration, in: world) {
        inject(into: key, configuration, in: &world)
      }
    }
  }

  private static func isServed(_ configuration: JSONValue, in world: World) -> Bool {
    let wanted = configuration[path: "metadata", "annotations"]?.objectValue ?? [:]
    if annotations.contains(where: { wanted[$0] != nil }) {
      return world.isReady(deployment: injector.name, in: injector.namespace)
    }
    let service = configuration["webhooks"]?.arrayValue?.first?[path: "clientConfig", "service", "name"]?.stringValue
    guard let owner = service.flatMap({ owners[$0] }) else { return false }
    return world.isReady(deployment: owner.name, in: owner.namespace)
  }

  private func inject(into key: ObjectKey, _ configuration: JSONValue, in world: inout World) {
    let hooks = configuration["webhooks"]?.arrayValue ?? []
    guard hooks.contains(where: { $0[path: "clientConfig", "caBundle"] == nil }) else { return }
    world.objects.update(key) { configuration in
      configuration["webhooks"] = .array(
        hooks.map { hook in
          var hook = hook
          hook[path: "clientConfig", "caBundle"] = "c2ltdWxhdGVk"
          return hook
        })
    }
  }
}
