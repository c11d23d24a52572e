import ZeroTouchModel

/// Validation of stores: whether the credentials they name are there. No provider is ever called.
extension ExternalSecretsController {
  func validate(_ key: ObjectKey, in world: inout World) {
    guard let store = world.objects[key] else { return }
    let timer = Timer(Self.name, key, Purpose.validate)
    world.timers.cancel(timer)
    guard Self.credentialsExist(store, key, in: world) else {
      let failures = world.platform.failures[key, default: 0]
      world.platform.failures[key] = failures + 1
      world.setCondition("Ready", false, "InvalidProviderConfig", "unable to create client", of: key)
      world.recordEvent(
        .warning, "InvalidProviderConfig", "unable to create client", about: key, from: "secret-store")
      world.start(timer, after: Self.backOff(after: failures))
      return
    }
    world.platform.failures[key] = nil
    world.objects.update(key) { $0[path: "status", "capabilities"] = "ReadWrite" }
    world.setCondition("Ready", true, "Valid", "store validated", of: key)
    // Good stores are looked at again every five minutes.
    world.start(timer, after: .seconds(300))
  }

  private static func credentialsExist(_ store: JSONValue, _ key: ObjectKey, in world: World) -> Bool {
    references(in: store[path: "spec", "provider"] ?? [:]).allSatisfy { reference in
      let own = reference["namespace"]?.stringValue
      // Without a namespace a ClusterSecretStore is judged only where an ExternalSecret uses it.
      if own == nil, key.namespace.isEmpty { return true }
      return value(of: reference, in: own ?? key.namespace, world) != nil
    }
  }

  static func value(of reference: JSONValue, in namespace: String, _ world: World) -> JSONValue? {
    let secret = world.objects[ObjectKey(.secrets, namespace, reference["name"]?.stringValue ?? "")]
    let value = secret?["data"]?[reference["key"]?.stringValue ?? ""]
    return value?.stringValue?.isEmpty == false ? value : nil
  }

  /// Every `…SecretRef` of a provider that names a Secret and a key.
  static func references(in provider: JSONValue) -> [JSONValue] {
    guard let members = provider.objectValue else { return [] }
    return members.sorted { $0.key < $1.key }.flatMap { name, value -> [JSONValue] in
      if name.hasSuffix("SecretRef"), value["name"] != nil, value["key"] != nil { return [value] }
      return references(in: value)
    }
  }
}
