import ZeroTouchModel

/// An archive of write-ahead logs and backups: a place in a bucket, and the name of the server that writes there.
struct DatabaseArchive: Hashable, Sendable {
  let destination: String
  let server: String
}

/// What plugin-barman-cloud keeps outside of the cluster.
extension CloudNativePGController {
  private static let stores = GroupResource("objectstores", "barmancloud.cnpg.io")

  /// The archive that a cluster writes into; nil for one that keeps none.
  static func ownArchive(_ key: ObjectKey, _ cluster: JSONValue, in world: World) -> DatabaseArchive? {
    let plugins = cluster[path: "spec", "plugins"]?.arrayValue ?? []
    guard let parameters = plugins.first(where: { $0["isWALArchiver"] == true })?["parameters"] else { return nil }
    let store = ObjectKey(stores, key.namespace, parameters["barmanObjectName"]?.stringValue ?? "")
    let destination = world.objects[store]?[path: "spec", "configuration", "destinationPath"]?.stringValue
    return DatabaseArchive(
      destination: destination ?? store.name, server: parameters["serverName"]?.stringValue ?? key.name)
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
