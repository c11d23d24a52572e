extension Defect {
  private static let database = "tenants/applications/example/database.yaml"

  /// What waves wait for in vain or not at all, and what nobody serves, makes, writes or reads.
  static let health: [Defect] = [
    Defect(
      "ZT329",
      .replace(
        "  name: orders\nspec", with: "  name: orders\n  annotations: {argocd.argoproj.io/sync-wave: \"-1\"}\nspec",
        in: database),
      .replace(
        "    resource.customizations.health.platform.bizmatters.io_PostgresInstance: *claim\n", with: "",
        in: "bootstrap/argocd/values.yaml"),
      at: "kind: PostgresInstance"),
    Defect(
      "ZT330",
      .replace(
        "apiVersion: cert-manager.io/v1", with: "apiVersion: cert-manager.io/v1beta1",
        in: "platform/04-network/gateway/issuer.yaml"), at: "apiVersion: cert-manager.io/v1beta1"),
    Defect(
      "ZT331", .add("extra/layer/store.yaml", nested("store", wave: "5")),
      .add("extra/root.yaml", nested("extra", path: "extra/apps")),
      .add("extra/apps/layer.yaml", nested("layer", path: "extra/layer", wave: "1")),
      .add("extra/apps/beside.yaml", nested("beside", wave: "3")),
      .add("extra/store/all.yaml", configMap("store")), .add("extra/beside/all.yaml", configMap("beside")),
      at: "sync-wave"),
    Defect(
      "ZT334",
      .append(
        "---\napiVersion: v1\nkind: Pod\nmetadata: {name: report}\nspec:\n  serviceAccountName: reporter\n  containers: []\n",
        to: "tenants/applications/example/shop.yaml"),
      at: "serviceAccountName"),
    Defect(
      "ZT430",
      .replace(
        "secretKeyRef: {name: slack,", with: "secretKeyRef: {name: slacks,",
        in: "platform/03-intelligence/agents/slack.yaml"),
      at: "secretKeyRef"),
    Defect(
      "ZT434", .add("scripts/parameters.sh", puts(parameters)), at: "/kagent/openai_api_key",
      in: "platform/03-intelligence/kagent/openai.yaml"),
    Defect(
      "ZT435", .add("scripts/parameters.sh", puts(parameters + ["kagent/openai_api_key", "git/password"])),
      at: "/zerotouch/prod/git/password"),
  ]

  /// What production reads, but for one.
  private static let parameters = [
    "git/url", "git/username", "git/token", "registry/dockerconfigjson", "slack/bot_token", "dns/api_token",
  ]

  private static func puts(_ names: [String]) -> String {
    "set -eu\n" + names.map { "aws ssm put-parameter --name /zerotouch/prod/\($0) --value \"$1\"\n" }.joined()
  }

  private static func nested(_ name: String, path: String? = nil, wave: String? = nil) -> String {
    let source =
      "source: {repoURL: https://github.com/example/platform.git, path: \(path ?? "extra/\(name)"), targetRevision: main}"
    return application(
      name, wave: wave.map { "\"\($0)\"" }, spec: source + "\nsyncPolicy: {syncOptions: [CreateNamespace=true]}")
  }

  private static func configMap(_ name: String) -> String {
    "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: \(name)}\ndata: {a: b}\n"
  }
}
