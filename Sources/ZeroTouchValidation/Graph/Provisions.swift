import ZeroTouchManifests
import ZeroTouchModel

/// What an object provides beyond being there: kinds, Secrets that an operator makes of it, classes.
enum Provisions {
  static func of(_ object: PlacedObject) -> [Capability] {
    let manifest = object.manifest
    switch (manifest.group, manifest.kind) {
    case ("apiextensions.k8s.io", "CustomResourceDefinition"): return definition(manifest).map { [.kind($0)] } ?? []
    case ("apiextensions.crossplane.io", "CompositeResourceDefinition"):
      return composites(of: manifest).map(Capability.kind)
    case ("pkg.crossplane.io", "Provider"): return groups(ofProvider: manifest["spec", "package"]?.text ?? "")
    case ("storage.k8s.io", "StorageClass"):
      let key = "storageclass.kubernetes.io/is-default-class"
      return manifest.annotation(key) == "true" ? [.defaultStorageClass] : []
    case ("external-secrets.io", "ExternalSecret"):
      let name = manifest["spec", "target", "name"]?.text ?? manifest.name
      return [.secret(name, in: object.namespace)]
    case ("cert-manager.io", "Certificate"):
      return manifest["spec", "secretName"]?.text.map { [.secret($0, in: object.namespace)] } ?? []
    case ("bitnami.com", "SealedSecret"), ("isindir.github.com", "SopsSecret"):
      return [.secret(manifest.name, in: object.namespace)]
    case ("postgresql.cnpg.io", "Cluster"):
      return ["app", "superuser", "ca", "server"].map { .secret("\(manifest.name)-\($0)", in: object.namespace) }
    default:
      guard !manifest.groupKind.isBuiltIn, let secret = manifest["spec", "writeConnectionSecretToRef"],
        let name = secret["name"]?.text
      else { return [] }
      return [.secret(name, in: secret["namespace"]?.text ?? object.namespace)]
    }
  }

  /// The kind that a CustomResourceDefinition defines.
  static func definition(_ manifest: Manifest) -> GroupKind? {
    guard let group = manifest["spec", "group"]?.text, let kind = manifest["spec", "names", "kind"]?.text else {
      return nil
    }
    return GroupKind(group: group, kind: kind)
  }

  /// The kinds that an XRD defines: the composite and, where it offers one, the claim.
  static func composites(of manifest: Manifest) -> [GroupKind] {
    guard let group = manifest["spec", "group"]?.text else { return [] }
    return [manifest["spec", "names", "kind"]?.text, manifest["spec", "claimNames", "kind"]?.text]
      .compactMap(\.self).map { GroupKind(group: group, kind: $0) }
  }

  /// Whether the kinds of an XRD lie in namespaces: claims always, composites by its version and scope.
  static func scopes(of manifest: Manifest) -> [GroupKind: Bool] {
    guard let group = manifest["spec", "group"]?.text else { return [:] }
    let isModern = manifest.version == "v2"
    var scopes: [GroupKind: Bool] = [:]
    if let kind = manifest["spec", "names", "kind"]?.text {
      let scope = manifest["spec", "scope"]?.text ?? (isModern ? "Namespaced" : "LegacyCluster")
      scopes[GroupKind(group: group, kind: kind)] = scope == "Namespaced"
    }
    if let kind = manifest["spec", "claimNames", "kind"]?.text { scopes[GroupKind(group: group, kind: kind)] = true }
    return scopes
  }

  /// The groups of a Crossplane provider, by the name of its package.
  private static func groups(ofProvider package: String) -> [Capability] {
    let image = package.split(separator: "/").last?.split(separator: ":").first?.split(separator: "@").first ?? ""
    let words = image.split(separator: "-").map(String.init)
    guard words.first == "provider", words.count > 1 else { return [] }
    if words[1] == "family", words.count > 2 { return [.group("\(words[2]).upbound.io")] }
    guard words.count > 2, ["aws", "gcp", "azure"].contains(words[1]) else {
      return ["\(words[1]).crossplane.io", "\(words[1]).m.crossplane.io", "\(words[1]).upbound.io"].map {
        .group($0)
      }
    }
    return ["\(words[2]).\(words[1]).upbound.io", "\(words[2]).\(words[1]).m.upbound.io", "\(words[1]).upbound.io"]
      .map { .group($0) }
  }
}

/// What charts bring once they run, which no manifest of theirs shows.
enum RunningCharts {
  /// By the chart's name.
  static func provisions(of chart: String) -> [Capability] {
    switch chart {
    case "crossplane":
      ["apiextensions", "ops", "pkg", "protection"].map { .group("\($0).crossplane.io") }
    case "cilium":
      [
        .group("cilium.io"), .controller(group: "gateway.networking.k8s.io"),
        .object(GroupKind(group: "gateway.networking.k8s.io", kind: "GatewayClass"), namespace: nil, name: "cilium"),
      ]
    case "karpenter": [.group("karpenter.sh")]
    case "kyverno": [.controller(group: "kyverno.io")]
    default: []
    }
  }

  /// Whether all of a chart's kinds are known here, although the catalogue has nothing of it.
  static func covers(_ chart: String?) -> Bool { ["argo-cd", "cilium"].contains(chart) }

  /// What a chart needs of the cluster while it starts, which no manifest of its shows.
  static func needs(of chart: String, values: JSONValue, at path: [String]) -> [Need] {
    switch chart {
    case "cilium" where values["gatewayAPI"]?["enabled"] == true:
      // Its operator switches the Gateway API off, for as long as it runs, if it does not find these.
      [Need(.kind(GroupKind(group: "gateway.networking.k8s.io", kind: "GatewayClass")), .toStart, at: path)]
    case "external-dns":
      (values["sources"]?.arrayValue ?? []).contains { $0.stringValue?.hasPrefix("gateway-") == true }
        ? [Need(.kind(GroupKind(group: "gateway.networking.k8s.io", kind: "Gateway")), at: path)] : []
    default: []
    }
  }
}
