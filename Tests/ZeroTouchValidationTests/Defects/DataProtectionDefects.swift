extension Defect {
  private static let database = "tenants/applications/shop/database.yaml"

  /// What production is held to.
  static let dataProtection: [Defect] = [
    Defect(
      "ZT801", .replace("instances: 3\n  replication: synchronous", with: "instances: 2", in: database),
      at: "instances:",
      on: .tenant),
    Defect(
      "ZT802", .replace("replication: synchronous", with: "replication: asynchronous", in: database),
      at: "replication:",
      on: .tenant),
    Defect(
      "ZT803",
      .replace("  backup: {bucket: archive, region: eu-central-1, secretName: archive}\n", with: "", in: database),
      at: "spec:", on: .tenant),
    Defect(
      "ZT804", .replace("deletionPolicy: Orphan", with: "deletionPolicy: Delete", in: database), at: "deletionPolicy:",
      on: .tenant),
    Defect(
      "ZT805",
      .replace(
        "reclaimPolicy: Retain", with: "reclaimPolicy: Delete", in: "platform/01-foundation/local-path-provisioner.yaml"
      ),
      at: "reclaimPolicy:"),
    Defect("ZT806", .append(set, to: "platform/03-intelligence/services/search.yaml"), at: "whenDeleted"),
    Defect(
      "ZT807", .replace("prune: false", with: "prune: true", in: "platform/02-data/platform-apis.yaml"),
      at: "prune: true"),
    Defect(
      "ZT808",
      .replace(
        "documentation-search, team: platform", with: "documentation-search",
        in: "platform/03-intelligence/services/search.yaml"),
      at: "metadata: {labels:", on: .labelled),
  ]

  private static let set = """
    ---
    apiVersion: apps/v1
    kind: StatefulSet
    metadata:
      name: index
    spec:
      serviceName: index
      selector: {matchLabels: {app.kubernetes.io/name: index}}
      persistentVolumeClaimRetentionPolicy: {whenDeleted: Delete}
      template:
        metadata: {labels: {app.kubernetes.io/name: index}}
        spec:
          containers: [{name: index, image: "ghcr.io/example/index:1.0.0"}]
      volumeClaimTemplates:
        - metadata: {name: data}
          spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}

    """
}
