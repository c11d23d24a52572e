extension Defect {
  private static let openAI = "platform/03-intelligence/kagent/openai.yaml"
  private static let slack = "platform/03-intelligence/agents/slack.yaml"
  private static let ingestion = "platform/03-intelligence/services/ingestion.yaml"
  private static let search = "platform/03-intelligence/services/search.yaml"
  private static let store = "platform/01-foundation/aws-parameter-store/cluster-secret-store.yaml"
  private static let access = "platform/01-foundation/aws-parameter-store/repository.yaml"
  private static let registry = "platform/03-intelligence/services/registry.yaml"

  /// An object behind those of a file.
  private static func object(_ kind: String, _ rest: String, behind path: String = openAI) -> Edit {
    .append("---\napiVersion: v1\nkind: \(kind)\nmetadata:\n  name: more\n  namespace: kagent\n\(rest)", to: path)
  }

  /// What lies in the repository for everybody to read.
  static let clearText: [Defect] = [
    Defect("ZT401", object("Secret", "stringData:\n  password: \(Credentials.password)\n"), at: "password:"),
    Defect(
      "ZT402", object("ConfigMap", "data:\n  key: |\n\(Credentials.privateKey(indent: 4))"), at: "  key: |\n    ----"),
    Defect("ZT403", object("ConfigMap", "data:\n  token: \(Credentials.gitHubToken)\n"), at: "token:"),
    Defect(
      "ZT404", .replace("http://qdrant", with: "http://admin:\(Credentials.password)@qdrant", in: ingestion),
      at: "admin:"),
    Defect(
      "ZT405",
      .replace(
        "valueFrom: {secretKeyRef: {name: slack, key: token}}", with: "value: \(Credentials.password)", in: slack),
      at: "XOXB_TOKEN"),
    Defect("ZT406", object("Secret", "stringData:\n  password: changeme\n"), at: "changeme"),
    Defect("ZT407", .add("secrets/keys.txt", "# kept here\n\(Credentials.ageKey)\n"), at: "KEY-1"),
    Defect(
      "ZT408",
      .add(
        "machines/kubeconfig.yaml",
        "apiVersion: v1\nkind: Config\nclusters: [{name: main, cluster: {server: \"https://10.0.0.1:6443\"}}]\nusers:\n  - name: admin\n    user:\n      token: \(Credentials.password)\n"
      ),
      at: "token:"),
  ]

  /// What SOPS was to encrypt.
  static let encrypted: [Defect] = [
    Defect(
      "ZT411",
      .add(
        "secrets/shop.sops.yaml",
        "apiVersion: v1\nkind: Secret\nmetadata: {name: shop}\nstringData:\n  password: \(Credentials.password)\n"),
      at: "password:", on: .encrypted),
    Defect(
      "ZT412",
      .replace(
        "stringData:\n", with: "stringData:\n  token: \(Credentials.password)\n", in: "secrets/database.sops.yaml"),
      at: "token:", on: .encrypted),
    Defect("ZT413", .add("kept/shop.sops.yaml", Setting.sops("shop")), at: "sops:\n", on: .encrypted),
    Defect(
      "ZT414", .replace(Setting.recipient, with: "age1other", in: "secrets/database.sops.yaml"), at: "sops:\n",
      on: .encrypted),
  ]

  /// What breaks between the store and whoever reads a Secret.
  static let secretChain: [Defect] = [
    Defect(
      "ZT421", .replace("name: aws-parameter-store}", with: "name: aws-parameters}", in: openAI), at: "aws-parameters"),
    Defect(
      "ZT422", .replace("external-secrets.io/v1\n", with: "external-secrets.io/v1beta1\n", in: openAI), at: "v1beta1"),
    Defect(
      "ZT423",
      .replace("AWS_ACCESS_KEY_ID, namespace: external-secrets", with: "AWS_ACCESS_KEY_ID", in: store),
      at: "accessKeyIDSecretRef"),
    Defect(
      "ZT424",
      .append(
        "          sessionTokenSecretRef: {name: aws-access-token, key: \"\", namespace: external-secrets}\n", to: store
      ),
      at: "sessionToken"),
    Defect(
      "ZT425", .append(credentials, to: access),
      .replace(
        "accessKeyIDSecretRef: {name: aws-access-token", with: "accessKeyIDSecretRef: {name: aws-keys", in: store),
      at: "accessKeyIDSecretRef", in: store),
    Defect("ZT426", .replace("{name: slack, key: token}", with: "{name: slack, key: bot}", in: slack), at: "key: bot"),
    Defect("ZT427", .replace("{{ .token }}", with: "{{ .password }}", in: access), at: "password:"),
    Defect("ZT428", .replace("key: /kagent", with: "key: kagent", in: openAI), at: "remoteRef"),
    Defect(
      "ZT429",
      .replace("imagePullSecrets: [{name: registry}]", with: "imagePullSecrets: [{name: registries}]", in: search),
      at: "imagePullSecrets"),
    Defect(
      "ZT431", .replace("secret-type: repo-creds", with: "secret-type: repo-credentials", in: access),
      at: "repo-credentials"),
    Defect(
      "ZT432",
      .replace("        .dockerconfigjson:", with: "        config.json:", in: registry),
      at: "kubernetes.io/dockerconfigjson"),
    Defect(
      "ZT436",
      .replace(
        "  target:\n    name: platform-repository", with: "  target:\n    name: repo-bootstrap", in: access),
      at: "name: platform-repository"),
    Defect("ZT433", .append(second, to: openAI), at: "{name: kagent-openai}"),
  ]

  private static let credentials = """
    ---
    apiVersion: external-secrets.io/v1
    kind: ExternalSecret
    metadata:
      name: credentials
      namespace: external-secrets
    spec:
      secretStoreRef: {kind: ClusterSecretStore, name: aws-parameter-store}
      target: {name: aws-keys}
      data:
        - {secretKey: AWS_ACCESS_KEY_ID, remoteRef: {key: /aws/id}}
        - {secretKey: AWS_SECRET_ACCESS_KEY, remoteRef: {key: /aws/key}}

    """

  private static let second = """
    ---
    apiVersion: external-secrets.io/v1
    kind: ExternalSecret
    metadata:
      name: second
      namespace: kagent
      annotations: {argocd.argoproj.io/sync-wave: "-1"}
    spec:
      secretStoreRef: {kind: ClusterSecretStore, name: aws-parameter-store}
      target: {name: kagent-openai}
      data:
        - {secretKey: OPENAI_API_KEY, remoteRef: {key: /kagent/other}}

    """
}
