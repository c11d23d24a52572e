import ZeroTouchManifests
package import ZeroTouchModel

extension World {
  /// The field manager and the inventory of the manifests that Talos itself applies.
  private static let manager = "talos"
  private static let inventory = ObjectKey(.configMaps, "kube-system", "talos-bootstrap-manifests-inventory")
  /// How long Talos waits before it tries again what the API did not take: doubled every time, up to a bound.
  private static let (firstBackOff, longestBackOff) = (Duration.seconds(2), Duration.seconds(300))

  /// Applies Talos's own manifests and the inline ones of a control plane: what the inventory knows is left alone, and
  /// what an API that is away cannot take waits for the next time.
  mutating func applyManifests(from address: IPAddress) {
    guard let configuration = machines[address]?.installation?.configuration else { return }
    guard isServing else { return applyManifestsLater(from: address) }
    var known = (objects[Self.inventory]?["data"] ?? .null).stringMap
    var failures: [String] = []
    for manifest in Self.ordered(BuiltInManifests(configuration).all + inlineManifests(of: configuration, on: address))
    {
      let id = Self.identifier(manifest)
      guard known[id] == nil else { continue }
      switch apply(Self.owned(manifest), manager: Self.manager) {
      case .success: known[id] = ""
      case .failure(let failure): failures.append(failure.message)
      }
    }
    keepInventory(known)
    guard !failures.isEmpty else {
      machines.manifestFailures = 0
      return
    }
    for failure in failures { log("[talos] controller failed: error applying manifests: \(failure)", on: address) }
    applyManifestsLater(from: address)
  }

  private mutating func applyManifestsLater(from address: IPAddress) {
    let delay = min(Self.firstBackOff * (1 << min(machines.manifestFailures, 10)), Self.longestBackOff)
    machines.manifestFailures += 1
    start(MachineMoment.manifests.timer(address), after: delay)
  }

  /// The names of the manifests that a control plane applies, in their order.
  package func manifestNames(on address: IPAddress) -> [String] {
    guard let configuration = machines[address]?.installation?.configuration, configuration.isControlPlane else {
      return []
    }
    return BuiltInManifests(configuration).names + configuration.inlineManifests.map { "99-\($0.name)" }
  }

  /// The objects of one inline manifest, by the name Talos gives it; none of what Talos itself brings.
  package func manifestObjects(_ name: String, on address: IPAddress) -> [JSONValue] {
    let inline = machines[address]?.installation?.configuration.inlineManifests ?? []
    guard let manifest = inline.first(where: { "99-\($0.name)" == name }) else { return [] }
    let documents = try? YAMLDocuments.parse(manifest.contents, file: manifest.name)
    return documents?.filter { $0["kind"] != nil } ?? []
  }

  private mutating func keepInventory(_ known: [String: String]) {
    guard objects[Self.inventory] == nil || (objects[Self.inventory]?["data"] ?? .null).stringMap != known else {
      return
    }
    _ = apply(
      [
        "apiVersion": "v1", "kind": "ConfigMap", "data": JSONValue(known),
        "metadata": ["name": .string(Self.inventory.name), "namespace": .string(Self.inventory.namespace)],
      ], manager: Self.manager)
  }

  /// The inline manifests; one that is no YAML fails by itself, because nobody has looked at it before.
  private mutating func inlineManifests(of configuration: MachineConfiguration, on address: IPAddress) -> [JSONValue] {
    configuration.inlineManifests.flatMap { manifest -> [JSONValue] in
      do { return try YAMLDocuments.parse(manifest.contents, file: manifest.name).filter { $0["kind"] != nil } } catch {
        log("[talos] controller failed: error parsing manifest \(manifest.name): \(error)", on: address)
        return []
      }
    }
  }

  /// Namespaces first, definitions second, everything else as it stands.
  static func ordered(_ manifests: [JSONValue]) -> [JSONValue] {
    let named = { (kind: String) in
      manifests.filter { $0["kind"]?.stringValue == kind }.sorted {
        ($0[path: "metadata", "name"]?.stringValue ?? "") < ($1[path: "metadata", "name"]?.stringValue ?? "")
      }
    }
    let first = ["Namespace", "CustomResourceDefinition"]
    return first.flatMap(named) + manifests.filter { !first.contains($0["kind"]?.stringValue ?? "") }
  }

  /// `namespace_name_group_kind`.
  private static func identifier(_ manifest: JSONValue) -> String {
    let version = manifest["apiVersion"]?.stringValue ?? ""
    let group = version.contains("/") ? String(version.prefix { $0 != "/" }) : ""
    let text = { (key: String) in manifest[path: "metadata", key]?.stringValue ?? "" }
    let name = text("name").replacing(":", with: "__")
    return "\(text("namespace"))_\(name)_\(group)_\(manifest["kind"]?.stringValue ?? "")"
  }

  private static func owned(_ manifest: JSONValue) -> JSONValue {
    var owned = manifest
    owned[path: "metadata", "annotations", "config.k8s.io/owning-inventory"] = .string(inventory.name)
    return owned
  }
}
