import ZeroTouchModel

/// Certificates: issued once their issuer is ready, written into a Secret of type `kubernetes.io/tls`.
extension CertificateController {
  func issue(_ key: ObjectKey, _ certificate: JSONValue, in world: inout World) {
    let secret = ObjectKey(.secrets, key.namespace, certificate[path: "spec", "secretName"]?.stringValue ?? "")
    if world.objects[secret] != nil { return markReady(key, certificate, in: &world) }
    if certificate.condition("Ready")?["reason"] != "DoesNotExist" {
      let message = "Issuing certificate as Secret does not exist"
      world.setCondition("Ready", false, "DoesNotExist", message, of: key)
      world.setCondition("Issuing", true, "DoesNotExist", message, of: key)
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
    _ = world.apply(secret, manager: "cert-manager-certificates-issuing")
    if let certificate = world.objects[key] { markReady(key, certificate, in: &world) }
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
