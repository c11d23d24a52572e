import Foundation
import ZeroTouchModel

/// The objects that make up a cluster: instances with their volumes, Services, credentials.
extension CloudNativePGController {
  private func write(
    _ manifest: JSONValue, _ name: String, _ key: ObjectKey, _ cluster: JSONValue, in world: inout World
  ) throws(APIFailure) {
    var manifest = manifest
    manifest[path: "metadata", "name"] = .string(name)
    manifest[path: "metadata", "namespace"] = .string(key.namespace)
    manifest[path: "metadata", "ownerReferences"] = [
      .controllerReference(
        apiVersion: "postgresql.cnpg.io/v1", kind: "Cluster", name: key.name, uid: cluster[path: "metadata", "uid"])
    ]
    manifest[path: "metadata", "labels", "cnpg.io/cluster"] = .string(key.name)
    _ = try world.apply(manifest, manager: "cloudnative-pg").get()
  }

  /// The Services and Secrets by which a database is reached.
  func createAccess(_ key: ObjectKey, _ cluster: JSONValue, in world: inout World) throws(APIFailure) {
    for (suffix, role) in [("rw", "primary"), ("ro", "replica"), ("r", nil)] {
      var selector: JSONValue = ["cnpg.io/cluster": .string(key.name), "cnpg.io/podRole": "instance"]
      if let role { selector["cnpg.io/instanceRole"] = .string(role) }
      let service: JSONValue = [
        "apiVersion": "v1", "kind": "Service",
        "spec": [
          "type": "ClusterIP", "selector": selector,
          "ports": [["name": "postgres", "port": 5432, "protocol": "TCP", "targetPort": 5432]],
        ],
      ]
      try write(service, "\(key.name)-\(suffix)", key, cluster, in: &world)
    }
    for (suffix, fields) in credentials(key, cluster) {
      let data = fields.mapValues { JSONValue.string(Data($0.utf8).base64EncodedString()) }
      let secret: JSONValue = [
        "apiVersion": "v1", "kind": "Secret", "type": suffix == "app" ? "kubernetes.io/basic-auth" : "Opaque",
        "data": .object(data),
      ]
      try write(secret, "\(key.name)-\(suffix)", key, cluster, in: &world)
    }
  }

  private func credentials(_ key: ObjectKey, _ cluster: JSONValue) -> [(String, [String: String])] {
    let bootstrap = cluster[path: "spec", "bootstrap"]
    let settings = bootstrap?["initdb"] ?? bootstrap?["recovery"]
    let database = settings?["database"]?.stringValue ?? "app"
    let user = settings?["owner"]?.stringValue ?? database
    let host = "\(key.name)-rw"
    return [
      (
        "app",
        [
          "username": user, "user": user, "password": "simulated", "dbname": database, "host": host, "port": "5432",
          "uri": "postgresql://\(user):simulated@\(host).\(key.namespace):5432/\(database)",
        ]
      ),
      ("ca", ["ca.crt": "simulated", "ca.key": "simulated"]),
      ("server", ["tls.crt": "simulated", "tls.key": "simulated"]),
      ("replication", ["tls.crt": "simulated", "tls.key": "simulated"]),
    ]
  }

  /// One instance: its volume and its pod; the first is the primary.
  func create(
    _ number: Int, of key: ObjectKey, _ cluster: JSONValue, in world: inout World
  ) throws(APIFailure) {
    let name = "\(key.name)-\(number)"
    let storage = cluster[path: "spec", "storage"] ?? [:]
    let claim: JSONValue = [
      "apiVersion": "v1", "kind": "PersistentVolumeClaim",
      "spec": .members([
        "accessModes": ["ReadWriteOnce"], "storageClassName": storage["storageClass"],
        "resources": ["requests": ["storage": storage["size"] ?? "1Gi"]],
      ]),
    ]
    try write(claim, name, key, cluster, in: &world)
    let image = cluster[path: "spec", "imageName"] ?? "ghcr.io/cloudnative-pg/postgresql:18.3-system-trixie"
    let pod: JSONValue = [
      "apiVersion": "v1", "kind": "Pod",
      "metadata": [
        "labels": [
          "cnpg.io/instanceName": .string(name), "cnpg.io/podRole": "instance",
          "cnpg.io/instanceRole": number == 1 ? "primary" : "replica",
        ]
      ],
      "spec": .members([
        "initContainers": [
          ["name": "bootstrap-controller", "image": "ghcr.io/cloudnative-pg/cloudnative-pg:1.30.0"]
        ],
        "containers": [
          .members([
            "name": "postgres", "image": image, "resources": cluster[path: "spec", "resources"],
            "ports": [["name": "postgresql", "containerPort": 5432, "protocol": "TCP"]],
            "volumeMounts": [["name": "pgdata", "mountPath": "/var/lib/postgresql/data"]],
          ])
        ],
        "volumes": [["name": "pgdata", "persistentVolumeClaim": ["claimName": .string(name)]]],
      ]),
    ]
    try write(pod, name, key, cluster, in: &world)
  }
}
