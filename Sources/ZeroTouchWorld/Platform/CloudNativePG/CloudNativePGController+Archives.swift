import ZeroTouchModel

/// An archive of write-ahead logs and backups: a place in a bucket, and the name of the server that writes there.
struct DatabaseArchive: Hashable, Sendable {
  let destination: String
  let server: String
}

/// What plugin-barman-cloud keeps outside of the cluster.
extension CloudNativePGController {
  static let stores = GroupResource("objectstores", "barmancloud.cnpg.io")

  /// The archive that a cluster writes into; nil for one that keeps none.
  static func ownArchive(_ key: ObjectKey, _ cluster: JSONValue, in world: World) -> DatabaseArchive? {
    guard let parameters = archiver(of: cluster) else { return nil }
    let store = ObjectKey(stores, key.namespace, parameters["barmanObjectName"]?.stringValue ?? "")
    let destination = world.objects[store]?[path: "spec", "configuration", "destinationPath"]?.stringValue
    return DatabaseArchive(
      destination: destination ?? store.name, server: parameters["serverName"]?.stringValue ?? key.name)
  }

  /// What the plugin is told that archives; nil where none does.
  private static func archiver(of cluster: JSONValue) -> JSONValue? {
    let plugins = cluster[path: "spec", "plugins"]?.arrayValue ?? []
    return plugins.first { $0["isWALArchiver"] == true }?["parameters"]
  }

  /// The store or the Secret that a cluster's archive needs and that is not there.
  static func missingPart(ofArchive key: ObjectKey, _ cluster: JSONValue, in world: World) -> String? {
    guard let name = archiver(of: cluster)?["barmanObjectName"]?.stringValue else { return nil }
    guard let store = world.objects[ObjectKey(stores, key.namespace, name)] else {
      return "objectstores.barmancloud.cnpg.io \"\(name)\" not found"
    }
    let credentials = store[path: "spec", "configuration", "s3Credentials"]?.objectValue ?? [:]
    let secrets = Set(credentials.values.compactMap { $0["name"]?.stringValue }).sorted()
    return secrets.first { world.objects[ObjectKey(.secrets, key.namespace, $0)] == nil }
      .map { "secrets \"\($0)\" not found" }
  }

  /// Why a new database cannot begin to write into its archive: another one, also one that is gone, has before.
  static func archiveRefusal(_ key: ObjectKey, _ cluster: JSONValue, in world: World) -> String? {
    guard let archive = ownArchive(key, cluster, in: world), let owner = world.platform.archives[archive],
      owner != cluster[path: "metadata", "uid"]?.stringValue
    else { return nil }
    return "WAL archive check failed for server \(archive.server): Expected empty archive"
  }

  /// A primary that runs writes into its archive, which outlives it.
  static func archive(_ key: ObjectKey, _ cluster: JSONValue, in world: inout World) {
    guard let archive = ownArchive(key, cluster, in: world), world.platform.archives[archive] == nil,
      let uid = cluster[path: "metadata", "uid"]?.stringValue
    else { return }
    world.platform.archives[archive] = uid
  }
}
