extension Defect {
  /// What goes wrong between the phases of Flux.
  static let flux: [Defect] = [
    Defect(
      "ZT701", .add("phases/apps/carts.yaml", Setting.definition.replacing("shops", with: "carts")), at: "kind: Custom",
      on: .flux),
    Defect(
      "ZT702", .replace("${REGION}", with: "${REGION} ${ZONE}", in: "phases/apps/settings.yaml"), at: "${ZONE}",
      on: .flux),
    Defect("ZT703", .add("phases/crds/release.yaml", release), at: "kind: ClusterSecretStore", on: .flux),
    Defect(
      "ZT704", .add("flux/root.yaml", Setting.phase("apps").replacing("name: apps", with: "name: flux-system")),
      .add("flux/zz.yaml", instance), at: "sync:", in: "flux/zz.yaml", on: .flux),
    Defect("ZT705", .replace("{name: crds}", with: "{name: crsd}", in: "flux/apps.yaml"), at: "dependsOn", on: .flux),
    Defect("ZT706", .replace("{name: crds}", with: "{name: apps}", in: "flux/apps.yaml"), at: "dependsOn", on: .flux),
  ]

  private static let release = """
    apiVersion: source.toolkit.fluxcd.io/v1
    kind: HelmRepository
    metadata:
      name: external-secrets
      namespace: flux-system
    spec: {url: https://charts.external-secrets.io}
    ---
    apiVersion: helm.toolkit.fluxcd.io/v2
    kind: HelmRelease
    metadata:
      name: external-secrets
      namespace: flux-system
    spec:
      chart:
        spec: {chart: external-secrets, version: 2.9.0, sourceRef: {kind: HelmRepository, name: external-secrets}}
      install: {crds: CreateReplace}
    ---
    apiVersion: external-secrets.io/v1
    kind: ClusterSecretStore
    metadata:
      name: aws
    spec:
      provider: {aws: {service: ParameterStore, region: eu-central-1}}

    """

  private static let instance = """
    apiVersion: fluxcd.controlplane.io/v1
    kind: FluxInstance
    metadata:
      name: flux
      namespace: flux-system
    spec:
      sync: {kind: GitRepository, url: https://github.com/example/platform.git, ref: refs/heads/main, path: phases/apps}

    """
}
