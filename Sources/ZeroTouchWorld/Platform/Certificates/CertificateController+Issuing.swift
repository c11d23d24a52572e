import ZeroTouchModel

/// Certificates: issued once their issuer is ready, written into a Secret of type `kubernetes.io/tls`.
extension CertificateController {
  /// How long it waits at most before it writes a refused Secret again.
  private static let longestBackOff = Duration.seconds(30)

  func issue(_ key: ObjectKey, _ certificate: JSONValue, in world: inout World) {
    let secret = ObjectKey(.secrets, key.namespace, certificate[path: "spec", "secretName"]?.stringValue ?? "")
    if world.objects[secret] != nil { return markReady(key, certificate, in: &world) }
    if certificate.condition("Ready")?["reason"] != "DoesNotExist" {
      markIssuing(key, "Issuing certificate as Secret does not exist", in: &world)
    }
    guard issuerIsReady(certificate, key.namespace, in: world) else { return }
    world.start(Timer(Self.name, key, Purpose.issue), after: RealWorld.secretSync.declared.typical)
  }

  /// Writes the Secret of a Certificate whose issuer granted it.
  func complete(_ key: ObjectKey, _ certificate: JSONValue, in world: inout World) {
    guard issuerIsReady(certificate, key.namespace, in: world),
      let name = certificate[path: "spec", "secretName"]?.stringValue
    else { return }
    let secret: JSONValue = [
      "apiVersion": "v1", "kind": "Secret", "type": "kubernetes.io/tls",
      "metadata": [
        "name": .string(name), "namespace": .string(key.namespace),
        "annotations": ["cert-manager.io/certificate-name": .string(key.name)],
      ],
      "data": ["tls.crt": "c2ltdWxhdGVk", "tls.key": "c2ltdWxhdGVk", "ca.crt": "c2ltdWxhdGVk"],
    ]
    let timer = Timer(Self.name, key, Purpose.issue)
    switch world.apply(secret, manager: "cert-manager-certificates-issuing") {
    case .success:
      world.stopRetrying(timer)
      if let certificate = world.objects[key] { markReady(key, certificate, in: &world) }
    case .failure(let refusal):
      markIssuing(key, "Issuing certificate as Secret does not exist: \(refusal.message)", in: &world)
      world.retry(timer, atMost: Self.longestBackOff)
    }
  }

  private func markIssuing(_ key: ObjectKey, _ message: String, in world: inout World) {
    world.setCondition("Ready", false, "DoesNotExist", message, of: key)
    world.setCondition("Issuing", true, "DoesNotExist", message, of: key)
  }

  private func markReady(_ key: ObjectKey, _ certificate: JSONValue, in world: inout World) {
    guard certificate.condition("Ready")?["status"] != "True" else { return }
    world.objects.update(key) { object in
      let conditions = object[path: "status", "conditions"]?.arrayValue ?? []
      object[path: "status", "conditions"] = .array(conditions.filter { $0["type"] != "Issuing" })
    }
    world.setCondition("Ready", true, "Ready", "Certificate is up to date and has not expired", of: key)
  }

  private func issuerIsReady(_ certificate: JSONValue, _ namespace: String, in world: World) -> Bool {
    let reference = certificate[path: "spec", "issuerRef"] ?? [:]
    let name = reference["name"]?.stringValue ?? ""
    let key =
      reference["kind"] == "ClusterIssuer"
      ? ObjectKey(Self.clusterIssuers, "", name) : ObjectKey(Self.issuers, namespace, name)
    return world.objects[key]?.condition("Ready")?["status"] == "True"
  }
}
