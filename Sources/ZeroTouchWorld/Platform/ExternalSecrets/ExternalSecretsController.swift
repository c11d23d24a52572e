import ZeroTouchModel

/// The External Secrets Operator: validates stores, reads parameters, writes Secrets.
///
/// Like the real one it does not watch Secrets: a store that failed for want of its credentials is looked at again
/// after a back-off, or at once when its metadata changes.
struct ExternalSecretsController: Controller {
  static let name = "external-secrets"
  static let namespace = "external-secrets"
  static let group = "external-secrets.io"
  static let stores = [GroupResource("clustersecretstores", group), GroupResource("secretstores", group)]
  static let secrets = GroupResource("externalsecrets", group)
  private static let webhooks = GroupResource("validatingwebhookconfigurations", "admissionregistration.k8s.io")

  let name: String = Self.name
  let watches: Set<GroupResource> = Set(stores + [secrets, .deployments, webhooks])

  enum Purpose {
    static let validate = "validate"
    static let synchronize = "synchronize"
  }

  func reconcile(_ changed: [ObjectKey], in world: inout World) {
    injectAuthority(in: &world)
    let runs = world.isReady(deployment: "external-secrets", in: Self.namespace)
    let cameUp = world.operatorCameUp(Self.name, isRunning: runs)
    guard runs else { return }
    let keys = cameUp ? (Self.stores + [Self.secrets]).flatMap { world.objects.list($0).map(\.key) } : changed
    for key in keys where world.hasNews(key) || cameUp { look(at: key, in: &world) }
  }

  func elapsed(_ timer: Timer, in world: inout World) {
    guard world.platform.running.contains(Self.name), world.objects[timer.subject] != nil else { return }
    timer.purpose == Purpose.validate ? validate(timer.subject, in: &world) : synchronize(timer.subject, in: &world)
  }

  private func look(at key: ObjectKey, in world: inout World) {
    guard world.objects[key] != nil else { return }
    if Self.stores.contains(key.resource) {
      validate(key, in: &world)
    } else if key.resource == Self.secrets {
      let timer = Timer(Self.name, key, Purpose.synchronize)
      world.timers.cancel(timer)
      world.start(timer, after: RealWorld.secretSync.declared.typical)
    }
  }

  /// 1 s · 2ⁿ, no more than seven minutes.
  static func backOff(after failures: Int) -> Duration {
    .backOff(after: failures, atMost: .seconds(420))
  }

  /// The cert-controller writes the authority of its certificates into the webhooks.
  private func injectAuthority(in world: inout World) {
    guard world.isReady(deployment: "external-secrets-cert-controller", in: Self.namespace) else { return }
    for (key, configuration) in world.objects.list(Self.webhooks) {
      let hooks = configuration["webhooks"]?.arrayValue ?? []
      let isOurs = hooks.contains { $0[path: "clientConfig", "service", "name"] == "external-secrets-webhook" }
      guard isOurs, hooks.contains(where: { $0[path: "clientConfig", "caBundle"] == nil }) else { continue }
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
}
