import ZeroTouchModel

/// The Secrets, ConfigMaps and claims a pod names, and which of them it cannot do without.
struct PodReferences: Sendable {
  /// A volume that needs an object.
  struct Mount: Sendable {
    let volume: String
    let key: ObjectKey
  }

  /// An environment that needs an object, and perhaps one member of it.
  struct Environment: Sendable {
    let container: String
    let key: ObjectKey
    let member: String?
  }

  private(set) var mounts: [Mount] = []
  private(set) var environments: [Environment] = []
  private(set) var claims: [ObjectKey] = []
  /// Everything named, needed or not: what the kubelet looks at again when it changes.
  private(set) var keys: Set<ObjectKey> = []
  private let namespace: String

  init(_ spec: JSONValue?, namespace: String) {
    self.namespace = namespace
    for volume in spec?["volumes"]?.arrayValue ?? [] { read(volume: volume) }
    for list in ["initContainers", "containers"] {
      for container in spec?[list]?.arrayValue ?? [] { read(container: container) }
    }
  }

  private mutating func read(volume: JSONValue) {
    let name = volume["name"]?.stringValue ?? ""
    if let claim = volume[path: "persistentVolumeClaim", "claimName"]?.stringValue {
      let key = ObjectKey(.persistentVolumeClaims, namespace, claim)
      claims.append(key)
      keys.insert(key)
    }
    read(volume["secret"], .secrets, nameMember: "secretName", volume: name)
    read(volume["configMap"], .configMaps, nameMember: "name", volume: name)
    for source in volume[path: "projected", "sources"]?.arrayValue ?? [] {
      read(source["secret"], .secrets, nameMember: "name", volume: name)
      // Every namespace has this one; the controller that writes it is not part of the world.
      if source[path: "configMap", "name"] == "kube-root-ca.crt" { continue }
      read(source["configMap"], .configMaps, nameMember: "name", volume: name)
    }
  }

  private mutating func read(_ source: JSONValue?, _ resource: GroupResource, nameMember: String, volume: String) {
    guard let name = source?[nameMember]?.stringValue else { return }
    let key = ObjectKey(resource, namespace, name)
    keys.insert(key)
    if source?["optional"] != true { mounts.append(Mount(volume: volume, key: key)) }
  }

  private mutating func read(container: JSONValue) {
    let name = container["name"]?.stringValue ?? ""
    for variable in container["env"]?.arrayValue ?? [] {
      read(variable[path: "valueFrom", "secretKeyRef"], .secrets, container: name, member: true)
      read(variable[path: "valueFrom", "configMapKeyRef"], .configMaps, container: name, member: true)
    }
    for source in container["envFrom"]?.arrayValue ?? [] {
      read(source["secretRef"], .secrets, container: name, member: false)
      read(source["configMapRef"], .configMaps, container: name, member: false)
    }
  }

  private mutating func read(_ source: JSONValue?, _ resource: GroupResource, container: String, member: Bool) {
    guard let name = source?["name"]?.stringValue else { return }
    let key = ObjectKey(resource, namespace, name)
    keys.insert(key)
    guard source?["optional"] != true else { return }
    environments.append(
      Environment(container: container, key: key, member: member ? source?["key"]?.stringValue : nil))
  }
}
