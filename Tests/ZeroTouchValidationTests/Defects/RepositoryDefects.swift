extension Defect {
  private static let gateway = "platform/04-network/gateway-config.yaml"

  /// What goes wrong in files, kustomizations and the names between them.
  static let repository: [Defect] = [
    Defect("ZT001", .append("# zerotouch:accept ZT405\n", to: issuer), at: "zerotouch:"),
    Defect("ZT002", .append("# zerotouch:accept ZT405 made at noon\n", to: issuer), at: "zerotouch:"),
    Defect(
      "ZT101", .replace("  name: letsencrypt\n", with: "  name: letsencrypt\n   namespace: gateway\n", in: issuer),
      at: "   namespace: gateway"),
    Defect(
      "ZT102", .replace("  hard:\n", with: "  hard: {}\n  hard:\n", in: "tenants/landing-zones/base/quota.yaml"),
      at: "hard:\n"),
    Defect("ZT103", .add("platform/limits.yaml", aliases), at: "a4: "),
    Defect(
      "ZT104", .append("resourcess: [more.yaml]\n", to: "platform/03-intelligence/kagent/kustomization.yaml"),
      at: "resourcess"),
    Defect(
      "ZT105",
      .replace("  - gateway.yaml\n", with: "  - gatewya.yaml\n", in: "platform/04-network/gateway/kustomization.yaml"),
      at: "gatewya"),
    Defect(
      "ZT106",
      .replace(
        "path: platform/03-intelligence/services", with: "path: platform/03-intelligence/service",
        in: "platform/03-intelligence/intelligence.yaml"),
      at: "path: platform"),
    Defect(
      "ZT107",
      .append(
        "patches:\n  - target: {kind: Namespace, name: kagnet}\n    patch: '[{op: remove, path: /metadata/labels}]'\n",
        to: "platform/01-foundation/configuration/kustomization.yaml"),
      at: "target:"),
    Defect(
      "ZT108",
      .add(
        "tenants/landing-zones/base/limits.yaml",
        "apiVersion: v1\nkind: LimitRange\nmetadata:\n  name: limits\nspec:\n  limits: [{type: Pod, max: {cpu: 4}}]\n"),
      at: "kind:"),
    Defect(
      "ZT109",
      .replace(
        "path: \"{{ .path.path }}\"", with: "path: \"{{ .path.path }}\"\n        directory: {include: \"*.yml\"}",
        in: "platform/06-tenants/tenants.yaml"),
      at: "include"),
    Defect(
      "ZT110", .add("tenants/applications/example/more/shop.yaml", application("shop", spec: "source: {}")),
      at: "path: \"{{ .path.path }}\"", in: "platform/06-tenants/tenants.yaml"),
    Defect(
      "ZT111", .replace("  labels:\n    zerotouch.dev/source: repository\n", with: "", in: gateway),
      .replace("repoURL: repository", with: "repoURL: https://github.com/somebody/platform.git", in: gateway),
      .replace("targetRevision: revision", with: "targetRevision: main", in: gateway),
      at: "repoURL"),
    Defect(
      "ZT112", .replace("github.com/example/", with: "github.com/theirs/", in: "bootstrap/argocd/repository.yaml"),
      .add(".git/config", "[remote \"origin\"]\n\turl = git@github.com:ours/platform.git\n"), at: "repoURL: "),
    Defect("ZT113", .add("scripts/deploy.sh", "set -e\ncd /home/ada/platform\n"), at: "ada"),
    Defect(
      "ZT114",
      .replace(
        "https://api.githubcopilot.com/mcp/", with: "file:///repository",
        in: "platform/03-intelligence/agents/repository.yaml"),
      at: "file:"),
    Defect("ZT115", .add("scripts/deploy.sh", "set -e\nzerotouch bootstrap --stage prod\n"), at: "prod"),
    Defect(
      "ZT116", .replace("  labels:\n    zerotouch.dev/source: repository\n", with: "", in: gateway),
      .replace("repoURL: repository", with: "repoURL: https://github.com/example/platform.git", in: gateway),
      .replace("targetRevision: revision", with: "targetRevision: try-a-gateway", in: gateway),
      at: "targetRevision"),
  ]

  private static let issuer = "platform/04-network/gateway/issuer.yaml"

  /// Seven lines that stand for ten million texts.
  private static let aliases =
    "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    + (1...6).map { "a\($0): &a\($0) [\(Array(repeating: "*a\($0 - 1)", count: 10).joined(separator: ", "))]\n" }
    .joined()
}
