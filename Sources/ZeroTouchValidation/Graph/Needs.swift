import ZeroTouchManifests
import ZeroTouchModel

/// Reads out of an object what it needs, beyond its own kind and namespace.
enum Needs {
  static func of(_ object: PlacedObject) -> [Need] {
    let manifest = object.manifest
    let namespace = object.namespace
    switch (manifest.group, manifest.kind) {
    case ("apps", _), ("batch", _), ("", "Pod"), ("", "ReplicationController"):
      return PodNeeds(manifest, namespace).all + volumeClaims(manifest)
    case ("", "PersistentVolumeClaim"): return [storage(manifest.body, at: [])]
    case ("argoproj.io", "Application"): return project(manifest)
    case ("gateway.networking.k8s.io", _): return GatewayNeeds(manifest, namespace).all
    case ("cert-manager.io", "Certificate"): return issuer(manifest, namespace)
    // What belongs to no namespace is looked for where cert-manager runs.
    case ("cert-manager.io", "ClusterIssuer"): return SecretReferenceScan(manifest, "cert-manager").needs
    case ("keda.sh", _): return SecretReferenceScan(manifest, namespace).needs + TriggerNeeds.needs(of: manifest)
    case ("barmancloud.cnpg.io", "ObjectStore"): return archive(manifest, namespace)
    case ("postgresql.cnpg.io", "Cluster"):
      return SecretReferenceScan(manifest, namespace).needs + database(manifest)
    case ("external-secrets.io", _): return ExternalSecretNeeds(manifest, namespace).all
    default: return manifest.groupKind.isBuiltIn ? [] : SecretReferenceScan(manifest, namespace).needs
    }
  }

  private static func volumeClaims(_ manifest: Manifest) -> [Need] {
    let templates = manifest["spec", "volumeClaimTemplates"]?.items ?? []
    return templates.enumerated().map { storage($1, at: ["spec", "volumeClaimTemplates", String($0)]) }
  }

  private static func storage(_ claim: LocatedYAML, at path: [String]) -> Need {
    guard let name = claim["spec"]?["storageClassName"]?.text else {
      return Need(.defaultStorageClass, at: path + ["spec"])
    }
    return Need(.storageClass(name), at: path + ["spec", "storageClassName"])
  }

  private static func archive(_ manifest: Manifest, _ namespace: String?) -> [Need] {
    let path = ["spec", "configuration", "s3Credentials"]
    return (manifest.body.node(at: path)?.entries ?? []).compactMap { entry in
      entry.value["name"]?.text.map { Need(.secret($0, in: namespace), at: path + [entry.key]) }
    }
  }

  private static func database(_ manifest: Manifest) -> [Need] {
    guard let storage = manifest["spec", "storage"] else { return [] }
    // A claim template of its own may say what the short form does not.
    guard storage["pvcTemplate"] == nil else { return [] }
    guard let name = storage["storageClass"]?.text else {
      return [Need(.defaultStorageClass, at: ["spec", "storage"])]
    }
    return [Need(.storageClass(name), at: ["spec", "storage", "storageClass"])]
  }

  private static func project(_ manifest: Manifest) -> [Need] {
    guard let name = manifest["spec", "project"]?.text, name != "default", !name.isEmpty else { return [] }
    return [
      Need(
        .object(
          GroupKind(group: "argoproj.io", kind: "AppProject"), namespace: manifest.namespace ?? "argocd", name: name),
        at: ["spec", "project"])
    ]
  }

  private static func issuer(_ manifest: Manifest, _ namespace: String?) -> [Need] {
    guard let reference = manifest["spec", "issuerRef"], let name = reference["name"]?.text else { return [] }
    let kind = reference["kind"]?.text ?? "Issuer"
    let issuer = GroupKind(group: reference["group"]?.text ?? "cert-manager.io", kind: kind)
    return [
      Need(
        .object(issuer, namespace: kind == "ClusterIssuer" ? nil : namespace, name: name), at: ["spec", "issuerRef"])
    ]
  }
}

/// What routes and Gateways need.
struct GatewayNeeds {
  let all: [Need]

  init(_ manifest: Manifest, _ namespace: String?) {
    func kind(_ name: String) -> GroupKind { GroupKind(group: "gateway.networking.k8s.io", kind: name) }
    var needs: [Need] = []
    if let name = manifest["spec", "gatewayClassName"]?.text {
      needs.append(
        Need(.object(kind("GatewayClass"), namespace: nil, name: name), at: ["spec", "gatewayClassName"]))
    }
    for (index, parent) in (manifest["spec", "parentRefs"]?.items ?? []).enumerated() {
      guard let name = parent["name"]?.text, parent["kind"]?.text ?? "Gateway" == "Gateway" else { continue }
      let place = ["spec", "parentRefs", String(index)]
      needs.append(
        Need(.object(kind("Gateway"), namespace: parent["namespace"]?.text ?? namespace, name: name), at: place))
    }
    for (index, listener) in (manifest["spec", "listeners"]?.items ?? []).enumerated() {
      for (number, secret) in (listener["tls"]?["certificateRefs"]?.items ?? []).enumerated() {
        guard let name = secret["name"]?.text else { continue }
        let place = ["spec", "listeners", String(index), "tls", "certificateRefs", String(number)]
        needs.append(Need(.secret(name, in: secret["namespace"]?.text ?? namespace), at: place))
      }
    }
    all = needs
  }
}

/// What ExternalSecrets and their stores need.
struct ExternalSecretNeeds {
  let all: [Need]

  init(_ manifest: Manifest, _ namespace: String?) {
    var needs: [Need] = []
    if let store = manifest["spec", "secretStoreRef"], let name = store["name"]?.text {
      let kind = store["kind"]?.text ?? "SecretStore"
      let capability = Capability.object(
        GroupKind(group: "external-secrets.io", kind: kind),
        namespace: kind == "ClusterSecretStore" ? nil : namespace, name: name)
      needs.append(Need(capability, at: ["spec", "secretStoreRef"]))
    }
    if manifest.kind.hasSuffix("SecretStore") { needs += SecretReferenceScan(manifest, namespace).needs }
    all = needs
  }
}
