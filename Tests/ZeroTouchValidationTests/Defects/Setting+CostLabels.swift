extension Setting {
  /// A spec that asks for a label on every namespace and pod, and the label on each of them.
  static let labelled = Setting(
    "labelled",
    edits: [.add("zerotouch.yaml", spec)] + applications.map(Self.namespace(madeBy:))
      + namespaces.map(Self.namespace(called:))
      + pods.map { pods(of: $0.key, name: $0.value) } + [
        .replace(
          "pod-security.kubernetes.io/enforce: privileged",
          with: "team: platform\n        pod-security.kubernetes.io/enforce: privileged",
          in: "platform/01-foundation/local-path-provisioner.yaml"),
        .replace(
          "zerotouch.dev/layer: tenant\n", with: "zerotouch.dev/layer: tenant\n    team: example\n",
          in: "tenants/landing-zones/base/namespace.yaml"),
      ])

  private static let spec = """
    apiVersion: zerotouch.dev/v1alpha1
    kind: Cluster
    metadata: {name: main}
    spec:
      costLabels: [team]

    """
  private static let applications = [
    "01-foundation/cert-manager", "01-foundation/crossplane", "01-foundation/external-secrets", "01-foundation/keda",
    "02-data/cloudnative-pg", "02-data/dragonfly-operator", "02-data/plugin-barman-cloud", "04-network/dns-config",
    "04-network/gateway-config",
  ]
  private static let namespaces = ["kagent", "nats", "intelligence"]
  private static let pods: [(key: String, value: String)] = [
    "agents/slack": "slack-tool", "services/ingestion": "documentation-ingestion",
    "services/search": "documentation-search",
  ].sorted { $0.key < $1.key }

  private static func namespace(madeBy application: String) -> Edit {
    .replace(
      "    syncOptions: [CreateNamespace=true",
      with: "    managedNamespaceMetadata: {labels: {team: platform}}\n    syncOptions: [CreateNamespace=true",
      in: "platform/\(application).yaml")
  }

  private static func namespace(called name: String) -> Edit {
    .replace(
      "  name: \(name)\n  labels:\n", with: "  name: \(name)\n  labels:\n    team: platform\n",
      in: "platform/01-foundation/configuration/namespaces.yaml")
  }

  private static func pods(of file: String, name: String) -> Edit {
    .replace(
      "metadata: {labels: {app.kubernetes.io/name: \(name)}}",
      with: "metadata: {labels: {app.kubernetes.io/name: \(name), team: platform}}",
      in: "platform/03-intelligence/\(file).yaml")
  }
}
