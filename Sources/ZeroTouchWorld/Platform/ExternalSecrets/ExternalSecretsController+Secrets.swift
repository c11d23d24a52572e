import Foundation
import ZeroTouchManifests
import ZeroTouchModel

/// Reading parameters into Secrets.
extension ExternalSecretsController {
  /// Why an ExternalSecret has no Secret: what its condition says, and what only its event tells.
  struct SyncFailure: Error {
    let message: String
    let detail: String
  }

  func synchronize(_ key: ObjectKey, in world: inout World) {
    guard let external = world.objects[key] else { return }
    let timer = Timer(Self.name, key, Purpose.synchronize)
    world.timers.cancel(timer)
    do {
      let data = try Self.data(of: external, key, in: world)
      try write(data, external, key, in: &world)
      world.platform.failures[key] = nil
      let time = world.timestamp
      let version = Self.version(of: external)
      world.objects.update(key) {
        $0[path: "status", "refreshTime"] = .string(time)
        $0[path: "status", "syncedResourceVersion"] = .string(version)
      }
      world.setCondition("Ready", true, "SecretSynced", "secret synced", of: key)
      let interval = Duration(goText: external[path: "spec", "refreshInterval"]) ?? .seconds(3600)
      if interval > .zero { world.start(timer, after: interval) }
    } catch let failure as SyncFailure {
      let failures = world.platform.failures[key, default: 0]
      world.platform.failures[key] = failures + 1
      world.setCondition("Ready", false, "SecretSyncedError", failure.message, of: key)
      world.recordEvent(.warning, "UpdateFailed", failure.detail, about: key, from: "external-secrets")
      world.start(timer, after: Self.backOff(after: failures))
    } catch {
      world.setCondition("Ready", false, "SecretSyncedError", "\(error)", of: key)
    }
  }

  private static func data(of external: JSONValue, _ key: ObjectKey, in world: World) throws -> [String: String] {
    let store = try store(of: external, key, in: world)
    let prefix = store[path: "spec", "provider", "aws", "prefix"]?.stringValue ?? ""
    try Self.signIn(with: store, for: external, key, prefix: prefix, in: world)
    var data: [String: String] = [:]
    for entry in external[path: "spec", "data"]?.arrayValue ?? [] {
      let reference = entry["remoteRef"] ?? [:]
      let text = try parameter(prefix + (reference["key"]?.stringValue ?? ""), reference["property"], in: world)
      data[entry["secretKey"]?.stringValue ?? ""] = text
    }
    for entry in external[path: "spec", "dataFrom"]?.arrayValue ?? [] {
      if let extract = entry["extract"] {
        let text = try parameter(prefix + (extract["key"]?.stringValue ?? ""), extract["property"], in: world)
        guard let members = try? JSONValue(parsing: text).objectValue else {
          data["value"] = text
          continue
        }
        for (name, value) in members { data[name] = value.stringValue ?? value.text() }
      } else if let path = entry["find"]?["path"]?.stringValue {
        for (name, value) in world.parameters where name.hasPrefix(path) { data[name] = value }
      }
    }
    return data
  }

  /// What an ExternalSecret was when it was read: its generation, and a sum of what else can be changed of it.
  private static func version(of external: JSONValue) -> String {
    let marks: JSONValue = [
      "annotations": external[path: "metadata", "annotations"] ?? .null,
      "labels": external[path: "metadata", "labels"] ?? .null,
    ]
    let generation = external[path: "metadata", "generation"]?.intValue ?? 0
    return "\(generation)-\(SHA256.hexadecimal(of: Data(marks.text().utf8)).prefix(16))"
  }

  /// Has the account judge the credentials: only here are they used.
  private static func signIn(
    with store: JSONValue, for external: JSONValue, _ key: ObjectKey, prefix: String, in world: World
  ) throws {
    guard let references = store[path: "spec", "provider", "aws", "auth", "secretRef"] else { return }
    let text = { (name: String) -> String? in
      guard let reference = references[name] else { return nil }
      let namespace = reference["namespace"]?.stringValue ?? key.namespace
      return value(of: reference, in: namespace, world)?.stringValue.flatMap { Data(base64Encoded: $0) }
        .map { String(decoding: $0, as: UTF8.self) }
    }
    let first = external[path: "spec", "data"]?.arrayValue?.first?[path: "remoteRef", "key"]?.stringValue ?? ""
    guard
      let refusal = world.parameterAccount.refusal(
        of: prefix + first, keyID: text("accessKeyIDSecretRef") ?? "", key: text("secretAccessKeySecretRef") ?? "",
        token: text("sessionTokenSecretRef"))
    else { return }
    let attempts = refusal.hasPrefix("Throttling") ? "exceeded maximum number of attempts, 3, " : ""
    throw SyncFailure(
      message: "could not get secret data from provider",
      detail: "error processing spec.data[0] (key: \(prefix + first)), err: operation error SSM: GetParameter, "
        + "\(attempts)https response error StatusCode: 400, api error \(refusal)")
  }

  private static func store(of external: JSONValue, _ key: ObjectKey, in world: World) throws -> JSONValue {
    let reference = external[path: "spec", "secretStoreRef"] ?? [:]
    let kind = reference["kind"]?.stringValue ?? "SecretStore"
    let name = reference["name"]?.stringValue ?? ""
    let storeKey = ObjectKey(
      kind == "ClusterSecretStore" ? stores[0] : stores[1], kind == "ClusterSecretStore" ? "" : key.namespace, name)
    guard let store = world.objects[storeKey] else {
      throw SyncFailure(
        message: "could not get secret data from provider",
        detail: "could not get \(kind) \"\(name)\", \(kind).\(group) \"\(name)\" not found")
    }
    guard store.condition("Ready")?["status"] == "True" else {
      throw SyncFailure(
        message: "could not get secret data from provider", detail: "\(kind) \"\(name)\" is not ready")
    }
    guard kind == "SecretStore" || allows(store, key.namespace, in: world) else {
      throw SyncFailure(
        message: "could not get secret data from provider",
        detail: "using cluster store \"\(name)\" is not allowed from namespace \"\(key.namespace)\": denied by "
          + "spec.condition")
    }
    let referent = references(in: store[path: "spec", "provider"] ?? [:]).filter { $0["namespace"] == nil }
    for reference in referent where value(of: reference, in: key.namespace, world) == nil {
      throw SyncFailure(
        message: "could not get secret data from provider",
        detail: "cannot get Kubernetes secret \"\(reference["name"]?.stringValue ?? "")\": secrets "
          + "\"\(reference["name"]?.stringValue ?? "")\" not found")
    }
    return store
  }

  /// Whether one of a cluster's store's conditions admits a namespace; without any every one is.
  private static func allows(_ store: JSONValue, _ namespace: String, in world: World) -> Bool {
    let conditions = store[path: "spec", "conditions"]?.arrayValue ?? []
    guard !conditions.isEmpty else { return true }
    let labels = world.objects[ObjectKey(.namespaces, namespace)]?[path: "metadata", "labels"]?.stringMap ?? [:]
    return conditions.contains { condition in
      if condition["namespaces"]?.arrayValue?.contains(.string(namespace)) == true { return true }
      if let selector = condition["namespaceSelector"] { return LabelSelector(object: selector).matches(labels) }
      let patterns = (condition["namespaceRegexes"]?.arrayValue ?? []).compactMap(\.stringValue)
      return patterns.contains { (try? SearchPattern($0).matches(namespace)) == true }
    }
  }

  private static func parameter(_ name: String, _ property: JSONValue?, in world: World) throws -> String {
    let isThere = world.parameters.isEmpty || world.parameters[name] != nil
    guard isThere, !world.missingParameters.contains(name) else {
      throw SyncFailure(
        message: "could not get secret data from provider",
        detail: "error processing spec.data[0] (key: \(name)), err: operation error SSM: GetParameter, "
          + "https response error StatusCode: 400, ParameterNotFound: ")
    }
    let text = world.parameters[name] ?? "simulated"
    guard let property = property?.stringValue, world.parameters[name] != nil else { return text }
    guard let value = try? JSONValue(parsing: text)[property] else {
      throw SyncFailure(
        message: "could not get secret data from provider", detail: "key \(property) does not exist in secret \(name)")
    }
    return value.stringValue ?? value.text()
  }

  private func write(
    _ data: [String: String], _ external: JSONValue, _ key: ObjectKey, in world: inout World
  ) throws {
    let target = external[path: "spec", "target"] ?? [:]
    let policy = target["creationPolicy"]?.stringValue ?? "Owner"
    if policy == "None" { return }
    let name = target["name"]?.stringValue ?? key.name
    let secretKey = ObjectKey(.secrets, key.namespace, name)
    let owners = world.objects[secretKey]?[path: "metadata", "ownerReferences"]?.arrayValue ?? []
    if policy == "Owner", owners.contains(where: { $0["kind"] == "ExternalSecret" && $0["name"] != .string(key.name) })
    {
      throw SyncFailure(
        message: "could not update secret", detail: "target is owned by another ExternalSecret")
    }
    var metadata: JSONValue = ["name": .string(name), "namespace": .string(key.namespace)]
    metadata["labels"] = target[path: "template", "metadata", "labels"]
    metadata["annotations"] = target[path: "template", "metadata", "annotations"]
    metadata[path: "labels", "reconcile.external-secrets.io/managed"] = "true"
    if policy == "Owner" {
      metadata["ownerReferences"] = [
        .controllerReference(
          apiVersion: "\(Self.group)/v1", kind: "ExternalSecret", name: key.name,
          uid: external[path: "metadata", "uid"])
      ]
    }
    let texts = Self.templated(target["template"]?["data"], data) ?? data
    let secret: JSONValue = [
      "apiVersion": "v1", "kind": "Secret", "metadata": metadata,
      "type": target["template"]?["type"] ?? "Opaque",
      "data": .object(texts.mapValues { .string(Data($0.utf8).base64EncodedString()) }),
    ]
    if case .failure(let refusal) = world.apply(secret, manager: "external-secrets", defaultNamespace: key.namespace) {
      throw SyncFailure(message: "could not update secret", detail: refusal.message)
    }
  }

  /// Fills `{{ .name }}` of a template; nothing else of the template language is known.
  private static func templated(_ template: JSONValue?, _ data: [String: String]) -> [String: String]? {
    guard let template = template?.objectValue, !template.isEmpty else { return nil }
    return template.mapValues { value in
      (value.stringValue ?? "").replacing(#/\{\{-?\s*\.(\w+)\s*-?\}\}/#) { data[String($0.1)] ?? "" }
    }
  }
}
