import ZeroTouchModel

/// cert-manager: makes issuers ready, and Secrets for Certificates whose issuer is.
///
/// No authority is ever asked: an ACME account is registered and an order granted as soon as nothing is missing here.
struct CertificateController: Controller {
  static let name = "cert-manager"
  static let namespace = "cert-manager"
  static let group = "cert-manager.io"
  static let issuers = GroupResource("issuers", group)
  static let clusterIssuers = GroupResource("clusterissuers", group)
  static let certificates = GroupResource("certificates", group)

  let name: String = Self.name
  let watches: Set<GroupResource> = [issuers, clusterIssuers, certificates, .deployments, .secrets]

  enum Purpose {
    static let issue = "issue"
  }

  func reconcile(_ changed: [ObjectKey], in world: inout World) {
    let runs = world.isReady(deployment: "cert-manager", in: Self.namespace)
    let cameUp = world.operatorCameUp(Self.name, isRunning: runs)
    let concerns = changed.contains { $0.resource.group == Self.group || $0.resource == .secrets }
    guard runs, cameUp || concerns else { return }
    for kind in [Self.issuers, Self.clusterIssuers] {
      for (key, issuer) in world.objects.list(kind) { judge(key, issuer, in: &world) }
    }
    for (key, certificate) in world.objects.list(Self.certificates) { issue(key, certificate, in: &world) }
  }

  func elapsed(_ timer: Timer, in world: inout World) {
    guard let certificate = world.objects[timer.subject] else { return world.stopRetrying(timer) }
    guard world.platform.running.contains(Self.name) else { return }
    complete(timer.subject, certificate, in: &world)
  }

  /// Says what an issuer lacks, or that it is ready.
  private func judge(_ key: ObjectKey, _ issuer: JSONValue, in world: inout World) {
    let spec = issuer["spec"] ?? [:]
    let verdict: (Bool, String, String)
    if spec["selfSigned"] != nil {
      verdict = (true, "IsReady", "")
    } else if spec["acme"] != nil {
      verdict = (true, "ACMEAccountRegistered", "The ACME account was registered with the ACME server")
    } else if let secret = spec[path: "ca", "secretName"]?.stringValue {
      let home = key.namespace.isEmpty ? Self.namespace : key.namespace
      verdict =
        world.objects[ObjectKey(.secrets, home, secret)] == nil
        ? (false, "ErrGetKeyPair", "Error getting keypair for CA issuer: secret \"\(secret)\" not found")
        : (true, "KeyPairVerified", "Signing CA verified")
    } else {
      return
    }
    let known = issuer.condition("Ready")
    guard known?["reason"]?.stringValue != verdict.1 else { return }
    world.setCondition("Ready", verdict.0, verdict.1, verdict.2, of: key)
  }
}
