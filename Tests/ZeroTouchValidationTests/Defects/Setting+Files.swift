extension Setting {
  /// The configurations of two machines, without what is secret in them.
  static let machines = Setting(
    "machines", .add("machines/cp01.yaml", controlPlane), .add("machines/worker01.yaml", worker))

  private static let controlPlane = """
    version: v1alpha1
    machine:
      type: controlplane
      certSANs: [10.0.0.1]
      install:
        diskSelector: {serial: S4EVNX0R}
        image: ghcr.io/siderolabs/installer:v1.13.9
      kubelet:
        image: ghcr.io/siderolabs/kubelet:v1.35.4
      features:
        kubePrism: {enabled: true, port: 7445}
        hostDNS:
          enabled: true
          forwardKubeDNSToHost: true
    cluster:
      clusterName: main
      controlPlane: {endpoint: "https://10.0.0.1:6443"}
      allowSchedulingOnControlPlanes: false
      network:
        cni: {name: none}
      proxy: {disabled: true}

    """

  private static let worker = """
    version: v1alpha1
    machine:
      type: worker
      install:
        diskSelector: {serial: S4EVNX0S}
        image: ghcr.io/siderolabs/installer:v1.13.9
      kubelet:
        image: ghcr.io/siderolabs/kubelet:v1.35.4
    cluster:
      clusterName: main
      controlPlane: {endpoint: "https://10.0.0.1:6443"}
      network:
        cni: {name: none}
    ---
    apiVersion: v1alpha1
    kind: HostnameConfig
    hostname: worker01

    """

  /// A Secret that SOPS encrypted for the one recipient there is.
  static let encrypted = Setting(
    "encrypted",
    .add(".sops.yaml", "creation_rules:\n  - path_regex: ^secrets/\n    age: \(recipient)\n"),
    .add("secrets/database.sops.yaml", sops("database")))

  static let recipient = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"

  /// A Secret as SOPS leaves it.
  static func sops(_ name: String) -> String {
    """
    apiVersion: v1
    kind: Secret
    metadata:
      name: \(name)
      namespace: intelligence
    stringData:
      password: ENC[AES256_GCM,data:p673w==,iv:YY=,aad:UQ=,tag:A=]
    sops:
      age:
        - recipient: \(recipient)
          enc: none
      mac: ENC[AES256_GCM,data:YW==,iv:YY=,aad:UQ=,tag:A=]

    """
  }

  /// A tenant whose database is worth keeping.
  static let tenant = Setting(
    "tenant", .add("tenants/landing-zones/shop/kustomization.yaml", landingZone),
    .replace("  - example\n", with: "  - example\n  - shop\n", in: "tenants/landing-zones/kustomization.yaml"),
    .add("tenants/applications/shop/database.yaml", database))

  private static let landingZone = """
    apiVersion: kustomize.config.k8s.io/v1beta1
    kind: Kustomization
    namespace: tenant-shop
    resources:
      - ../base
    replacements:
      - source: {kind: Namespace, fieldPath: metadata.name}
        targets: [{select: {kind: AppProject}, fieldPaths: [metadata.name, spec.destinations.0.namespace]}]
    patches:
      - target: {kind: RoleBinding, name: owners}
        patch: |-
          - {op: replace, path: /subjects/0/name, value: tenant-shop}

    """

  private static let database = """
    apiVersion: platform.bizmatters.io/v1alpha1
    kind: PostgresInstance
    metadata:
      name: orders
    spec:
      size: small
      instances: 3
      replication: synchronous
      storage: {size: 10Gi}
      database: orders
      owner: orders
      deletionPolicy: Orphan
      backup: {bucket: archive, region: eu-central-1, secretName: archive}

    """

  /// Two phases of Flux, the definitions before what uses them.
  static let flux = Setting(
    "flux", .add("flux/crds.yaml", phase("crds")), .add("flux/apps.yaml", phase("apps", needs: "crds")),
    .add("phases/crds/shops.yaml", definition), .add("phases/apps/settings.yaml", settings))

  static func phase(_ name: String, needs: String = "") -> String {
    """
    apiVersion: kustomize.toolkit.fluxcd.io/v1
    kind: Kustomization
    metadata:
      name: \(name)
      namespace: flux-system
    spec:
      path: ./phases/\(name)
      sourceRef: {kind: GitRepository, name: flux-system}
      postBuild: {substitute: {REGION: eu-central-1}}
      dependsOn: [\(needs.isEmpty ? "" : "{name: \(needs)}")]

    """
  }

  static let definition = """
    apiVersion: apiextensions.k8s.io/v1
    kind: CustomResourceDefinition
    metadata:
      name: shops.example.org
    spec: {group: example.org, names: {kind: Shop, plural: shops}}

    """

  private static let settings = """
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: settings
    data:
      region: ${REGION}

    """
}
