extension Defect {
  private static let versions = "bootstrap/argocd/versions.yaml"
  private static let pins = "bootstrap/argocd/kustomization.yaml"

  /// What is taken from outside.
  static let supplyChain: [Defect] = [
    Defect("ZT601", .replace("slack-mcp-server: v1.2.3", with: "slack-mcp-server: latest", in: versions), at: "latest"),
    Defect("ZT602", .replace("provisioner: v0.0.37", with: "provisioner: master", in: versions), at: "master"),
    Defect(
      "ZT603",
      .replace(
        "description: search in the documentation",
        with: "description: search in https://raw.githubusercontent.com/example/docs/main/index.json",
        in: "platform/03-intelligence/agents/librarian.yaml"),
      at: "/main/"),
    Defect(
      "ZT604", .append("  apiServer: {image: \"registry.k8s.io/kube-apiserver:v1.37.0\"}\n", to: "machines/cp01.yaml"),
      at: "apiServer", on: .machines),
    Defect("ZT605", .gatewayAPI(at: "v1.3.0"), .ownGatewayAPI, at: "targetRevision"),
    Defect(
      "ZT606",
      .replace(
        "https://nats-io.github.io/k8s/helm/charts/", with: "https://charts.helm.sh/stable",
        in: "platform/02-data/nats.yaml"),
      at: "charts.helm.sh"),
    Defect(
      "ZT607",
      .replace(
        "targetRevision: versions", with: "targetRevision: 0.9.10", in: "platform/03-intelligence/kagent-crds.yaml"),
      .replace("{kind: Application, name: kagent-crds}", with: "{kind: Application, name: none}", in: pins),
      at: "kagent:", in: versions),
    Defect("ZT608", .replace("argo-cd: 10.1.1", with: "argo-cd: 10.1.0", in: versions), at: "argo-cd"),
  ]
}
