extension Defect {
  private static let wave = "argocd.argoproj.io/sync-wave: "
  private static let definitions = "platform/03-intelligence/kagent-crds.yaml"
  private static let shared = "platform/01-foundation/foundation-configuration.yaml"
  private static let store = "platform/01-foundation/aws-parameter-store.yaml"
  private static let storage = "platform/01-foundation/local-path-provisioner.yaml"
  private static let apis = "platform/02-data/platform-apis.yaml"
  private static let keda = "platform/01-foundation/keda.yaml"
  private static let nats = "platform/02-data/nats.yaml"
  private static let slack = "platform/03-intelligence/agents/slack.yaml"
  private static let argoCD = "bootstrap/argocd/values.yaml"
  private static let zone = "tenants/landing-zones/base/kustomization.yaml"

  /// A wave that is moved.
  private static func wave(_ old: Int, to new: Int, in path: String) -> Edit {
    .replace("\(wave)\"\(old)\"", with: "\(wave)\"\(new)\"", in: path)
  }

  /// What comes too late.
  static let order: [Defect] = [
    Defect("ZT301", wave(3, to: 7, in: definitions), at: wave),
    Defect("ZT302", wave(3, to: 7, in: shared), at: wave),
    Defect(
      "ZT303", .replace("\(wave)\"-1\"", with: "\(wave)\"2\"", in: slack), at: "kind: Deployment\nmetadata:\n  name:"),
    Defect("ZT304", wave(-3, to: 7, in: storage), at: wave),
    Defect(
      "ZT305", .add("tenants/landing-zones/base/webhook.yaml", webhook),
      .append("  - webhook.yaml\n", to: zone), at: wave, in: "platform/03-intelligence/intelligence.yaml"),
    Defect("ZT306", wave(6, to: 22, in: apis), at: wave, in: "platform/06-tenants/tenants.yaml"),
    Defect(
      "ZT307",
      .replace(ready, with: "", in: "platform/01-foundation/crossplane/functions.yaml"),
      .add("tenants/applications/example/function.yaml", function), at: wave,
      in: "tenants/applications/example/function.yaml"),
    Defect("ZT308", wave(1, to: 5, in: store), at: wave),
    Defect("ZT311", wave(4, to: 7, in: keda), at: wave, in: apis),
    Defect(
      "ZT321", wave(3, to: 4, in: definitions),
      .replace("limit: -1", with: "limit: 0", in: "platform/03-intelligence/kagent.yaml"), at: "limit:",
      in: "platform/03-intelligence/kagent.yaml"),
    Defect(
      "ZT325", wave(1, to: 2, in: "platform/01-foundation/cert-manager.yaml"), at: wave,
      in: "platform/02-data/plugin-barman-cloud.yaml"),
    Defect("ZT326", wave(-1, to: -2, in: "platform/01-foundation/cilium.yaml"), at: wave),
    Defect("ZT327", wave(6, to: -5, in: "platform/01-foundation/argocd.yaml"), at: wave),
  ]

  /// What Applications say wrong by themselves, and what their objects do.
  static let applications: [Defect] = [
    Defect(
      "ZT309", .replace("kind: Agent\n", with: "kind: Agnet\n", in: "platform/03-intelligence/agents/on-call.yaml"),
      at: "Agnet"),
    Defect("ZT310", .replace("CreateNamespace=true, ", with: "", in: keda), at: "namespace: keda"),
    Defect("ZT312", .replace("argoproj.io_Application:", with: "argoproj.io_AppProject:", in: argoCD), at: "  cm:"),
    Defect(
      "ZT313", .replace("\(wave)\"2\"", with: "\(wave)two", in: "platform/04-network/gateway/gateway.yaml"), at: wave),
    Defect(
      "ZT314",
      .replace(
        "      name: \"tenant-{{ .path.basename }}\"\n",
        with: "      name: \"tenant-{{ .path.basename }}\"\n      annotations: {\(wave)\"5\"}\n",
        in: "platform/06-tenants/tenants.yaml"),
      at: "annotations: {"),
    Defect("ZT315", .replace("    namespace: keda\n", with: "", in: keda), at: "syncOptions"),
    Defect(
      "ZT316", .replace("[ServerSideApply=true]", with: "[ServerSideApply=true, Replace=true]", in: nats),
      at: "Replace=true"),
    Defect(
      "ZT317", .replace("      valuesObject:\n", with: "      values: \"a: 1\"\n      valuesObject:\n", in: nats),
      at: "values: "),
    Defect("ZT318", .replace("nats: 2.14.2", with: "nats: 2.x", in: "bootstrap/argocd/versions.yaml"), at: "2.x"),
    Defect(
      "ZT319",
      .add(
        "tenants/landing-zones/base/priority.yaml",
        "apiVersion: scheduling.k8s.io/v1\nkind: PriorityClass\nmetadata:\n  name: tenant-service\nvalue: 20000\n"),
      .append("  - priority.yaml\n", to: zone), at: "name:"),
    Defect(
      "ZT320", .replace("[CreateNamespace=true, ServerSideApply=true,", with: "[CreateNamespace=true,", in: keda),
      at: "chart:"),
    Defect(
      "ZT328",
      .replace("health.message = sync .. \", \" .. own", with: "health.status = own", in: argoCD),
      at: "argoproj.io_Application:"),
    Defect(
      "ZT322",
      .replace(
        "  cm:\n", with: "  cm:\n    resource.exclusions: |\n      - {apiGroups: [tekton.dev], kinds: [TaskRun]}\n",
        in: argoCD),
      at: "resource.exclusions"),
    Defect(
      "ZT323", .replace("      containers:\n", with: "      hostNetwork: true\n      containers:\n", in: slack),
      at: "hostNetwork"),
    Defect(
      "ZT324",
      .add(
        "tenants/landing-zones/base/claim.yaml",
        "apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata:\n  name: scratch\nspec:\n  accessModes: [ReadWriteOnce]\n  resources: {requests: {storage: 1Gi}}\n"
      ),
      .append("  - claim.yaml\n", to: zone), at: "name:"),
  ]

  private static let webhook = """
    apiVersion: admissionregistration.k8s.io/v1
    kind: ValidatingWebhookConfiguration
    metadata:
      name: agents
    webhooks:
      - name: agents.example.org
        clientConfig: {service: {name: agents, namespace: tenant-example}}
        rules: [{apiGroups: [kagent.dev], apiVersions: ["*"], resources: [agents], operations: [CREATE]}]
        admissionReviewVersions: [v1]
        sideEffects: None

    """

  private static let ready = """
    ---
    apiVersion: pkg.crossplane.io/v1
    kind: Function
    metadata:
      name: function-auto-ready
      annotations:
        argocd.argoproj.io/sync-wave: "1"
    spec:
      package: xpkg.crossplane.io/crossplane-contrib/function-auto-ready:versions

    """
  private static let function = """
    apiVersion: pkg.crossplane.io/v1
    kind: Function
    metadata:
      name: function-auto-ready
      annotations:
        argocd.argoproj.io/sync-wave: "5"
    spec:
      package: xpkg.crossplane.io/crossplane-contrib/function-auto-ready:v0.7.0

    """
}
