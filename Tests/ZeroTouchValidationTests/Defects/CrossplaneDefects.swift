extension Defect {
  private static let cache = "platform/apis/dragonflyinstance/definition.yaml"
  private static let cacheComposition = "platform/apis/dragonflyinstance/composition.yaml"
  private static let webService = "platform/apis/webservice/composition.yaml"
  private static let identity = "              - {type: PatchSet, patchSetName: identity}\n"

  /// What goes wrong between APIs, what carries them out and who uses them.
  static let crossplane: [Defect] = [
    Defect(
      "ZT501", .replace("size: small", with: "size: huge", in: "tenants/applications/example/shop.yaml"), at: "size:"),
    Defect(
      "ZT502",
      .replace("port: 65536", with: "port: 8080", in: "platform/apis/webservice/fixtures/invalid/port-too-high.yaml"),
      at: "apiVersion:"),
    Defect(
      "ZT503", .replace("\"maximum\": 20", with: "\"maximum\": 30", in: "platform/apis/schemas/webservice.schema.json"),
      at: "\"replicas\": {"),
    Defect(
      "ZT504",
      .replace(
        "fromFieldPath: spec.snapshot.schedule", with: "fromFieldPath: spec.snapshot.shedule", in: cacheComposition),
      at: "shedule"),
    Defect(
      "ZT505",
      .replace(
        "              - {fromFieldPath: spec.snapshot.schedule, toFieldPath: spec.snapshot.cron}\n", with: "",
        in: cacheComposition),
      at: "schedule:", in: cache),
    Defect(
      "ZT506",
      .replace(
        "              - {fromFieldPath: spec.replicas}\n",
        with:
          "              - {fromFieldPath: spec.replicas}\n              - {fromFieldPath: spec.size, toFieldPath: spec.replicas}\n",
        in: cacheComposition),
      at: "- {fromFieldPath: spec.replicas}"),
    Defect(
      "ZT507",
      .replace(
        "                # No `replicas`: their number belongs to the autoscaler.\n",
        with: "                replicas: 2\n",
        in: "platform/apis/eventdrivenservice/composition.yaml"),
      at: "replicas: 2"),
    Defect(
      "ZT508", .replace("  versions:\n", with: "  connectionSecretKeys: [password]\n  versions:\n", in: cache),
      at: "connectionSecretKeys"),
    Defect(
      "ZT509", .replace("  - dragonflyinstance/definition.yaml\n", with: "", in: "platform/apis/kustomization.yaml"),
      at: "  name: xdragonfly", in: cache),
    Defect(
      "ZT510",
      .replace(
        "          - name: cache\n",
        with:
          "          - name: rules\n            base: {apiVersion: rbac.authorization.k8s.io/v1, kind: Role, rules: []}\n          - name: cache\n",
        in: cacheComposition),
      at: "name: rules"),
    Defect(
      "ZT511", .replace("kind: XDragonflyInstance", with: "kind: XDragonfly", in: cacheComposition), at: "XDragonfly"),
    Defect(
      "ZT512",
      .replace(
        "kind: ServiceAccount, name: provider-kubernetes,",
        with: "kind: ServiceAccount, name: provider-kubernetes-a1b2c3d4e5f6,",
        in: "platform/apis/postgresinstance/provider-access.yaml"),
      at: "a1b2c3d4e5f6"),
    Defect(
      "ZT513",
      .append(
        "  - {apiGroups: [\"*\"], resources: [\"*\"], verbs: [\"*\"]}\n", to: "platform/apis/crossplane-role.yaml"),
      at: "[\"*\"], verbs"),
    Defect(
      "ZT514",
      .replace(
        "\(identity)              - {fromFieldPath: spec.replicas}\n",
        with: "\(identity)              - {fromFieldPath: spec.replicas, toFieldPath: spec.replica}\n", in: webService),
      at: "toFieldPath: spec.replica}"),
    Defect(
      "ZT515",
      .replace(
        "\(identity)              - {fromFieldPath: spec.replicas}\n",
        with:
          "              - {type: PatchSet, patchSetName: identities}\n              - {fromFieldPath: spec.replicas}\n",
        in: webService),
      at: "identities"),
    Defect(
      "ZT516",
      .replace("name: xdragonflyinstances.platform", with: "name: xdragonflyinstance.platform", in: cache),
      at: "name: xdragonflyinstance.platform"),
    Defect(
      "ZT517", .replace("{name: function-auto-ready}", with: "{name: function-autoready}", in: cacheComposition),
      at: "function-autoready"),
    Defect("ZT518", .replace("mode: Pipeline", with: "mode: Resources", in: cacheComposition), at: "mode: Resources"),
    Defect(
      "ZT519",
      .replace(
        "          - name: cache\n",
        with: "          - name: plan\n            base: {apiVersion: v1, kind: ConfigMap}\n            patches:\n"
          + "              - {fromFieldPath: spec.snapshot.schedule, toFieldPath: data.schedule}\n          - name: cache\n",
        in: cacheComposition),
      at: "name: plan"),
  ]
}
