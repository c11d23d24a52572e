import Testing

@testable import ZeroTouchValidation

struct SecretRuleTests {
  /// A cluster whose one Application, `shop`, applies these objects, file by file.
  static func cluster(_ objects: [String: String], selfHeal: Bool = false, more: [String: String] = [:]) -> [String:
    String]
  {
    var files = more
    let source = "source: {repoURL: https://github.com/a/b.git, path: objects, targetRevision: main}"
    let policy = selfHeal ? "\nsyncPolicy: {automated: {selfHeal: true}}" : ""
    files["apps/shop.yaml"] = application("shop", spec: source + policy)
    for (name, text) in objects { files["objects/\(name)"] = text }
    return files
  }

  @Test func `a Secret in clear is found at its first key, and references and public keys are not`() async throws {
    let head = "apiVersion: v1\nkind: Secret\nmetadata: {name: db}\n"
    #expect(
      try await findings(["a.yaml": head + "stringData:\n  username: shop\n  password: Kq93hdLw"], .plainSecret) == [
        "ZT401 a.yaml:6"
      ])
    #expect(
      try await findings(["a.yaml": head + "data:\n  password: S3E5M2hkTHc="], .plainSecret) == ["ZT401 a.yaml:5"])
    for right in ["url: https://a/b", "password: ${PASSWORD}", "password: changeme", "tls.crt: abc"] {
      #expect(
        try await findings(
          ["a.yaml": head + "stringData: {\"\(right.replacing(": ", with: "\": \""))\"}"], .plainSecret) == [])
    }
    let generator = "secretGenerator:\n  - name: db\n    literals:\n      - user=shop\n      - password="
    #expect(
      try await findings(["kustomization.yaml": generator + "Kq93hdLw"], .plainSecret) == ["ZT401 kustomization.yaml:5"]
    )
    #expect(try await findings(["kustomization.yaml": generator], .plainSecret) == [])
  }

  private static let body = "b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQ"

  @Test func `a private key is found in a text and in a file of its own`() async throws {
    let dashes = "-----"
    let key =
      "\(dashes)BEGIN OPENSSH PRIVATE KEY\(dashes)\n    \(Self.body)\n    \(dashes)END OPENSSH PRIVATE KEY\(dashes)"
    let map = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  ssh: |\n    "
    #expect(try await findings(["a.yaml": map + key], .privateKeyInClear) == ["ZT402 a.yaml:6"])
    #expect(try await findings(["deploy.pem": key, "b.yaml": "a: 1"], .privateKeyInClear) == ["ZT402 deploy.pem:1"])
    let open = key.replacing("PRIVATE", with: "PUBLIC")
    #expect(try await findings(["a.yaml": map + open, "deploy.pem": open], .privateKeyInClear) == [])
    #expect(try await findings(["a.yaml": map + "\(dashes)BEGIN RSA PRIVATE KEY\(dashes)"], .privateKeyInClear) == [])
  }

  @Test func `tokens are known by their issuers' forms, and examples are none`() async throws {
    let token = "ghp" + "_9aZ2kQ7mW4xR8tY1uB6nV3cD5eF0gHjKl2Pq"
    #expect(try await findings(["a.yaml": "a: 1\ntoken: \(token)"], .tokenInClear) == ["ZT403 a.yaml:2"])
    let example = "AKIA" + "IOSFODNN7EXAMPLE"
    #expect(
      try await findings(
        ["a.yaml": "token: \(example)\nother: ghp" + "_\(String(repeating: "x", count: 36))"], .tokenInClear) == [])
  }

  @Test func `a password in an address is found, and a variable in its place is not`() async throws {
    #expect(
      try await findings(["a.yaml": "url: postgres://shop:Kq93hdLw@db/shop"], .passwordInAddress) == ["ZT404 a.yaml:1"])
    for right in ["postgres://shop:$(PASSWORD)@db/shop", "https://host:8080/a@b", "ssh://git@github.com/a/b"] {
      #expect(try await findings(["a.yaml": "url: \(right)"], .passwordInAddress) == [])
    }
  }

  @Test func `a password in a variable or in a chart's values is found`() async throws {
    let pod = """
      apiVersion: v1
      kind: Pod
      metadata: {name: a}
      spec:
        containers:
          - name: a
            env:
              - name: DB_PASSWORD

      """
    #expect(try await findings(["a.yaml": pod + "          value: Kq93hdLw"], .passwordInValues) == ["ZT405 a.yaml:9"])
    #expect(
      try await findings(["a.yaml": pod + "          valueFrom: {secretKeyRef: {name: a, key: b}}"], .passwordInValues)
        == [])
    let chart =
      "source:\n  repoURL: https://charts.example.org\n  chart: a\n  targetRevision: 1.2.3\n  helm:\n    valuesObject:\n      adminPassword: "
    #expect(
      try await findings(["a.yaml": application("a", spec: chart + "Kq93hdLw")], .passwordInValues) == [
        "ZT405 a.yaml:15"
      ])
    #expect(try await findings(["a.yaml": application("a", spec: chart + "\"\"")], .passwordInValues) == [])
  }

  @Test func `a placeholder is found where Argo CD puts it back`() async throws {
    let secret = "apiVersion: v1\nkind: Secret\nmetadata: {name: db}\nstringData:\n  password: changeme\n"
    #expect(
      try await findings(Self.cluster(["a.yaml": secret], selfHeal: true), .placeholderUnderSelfHeal) == [
        "ZT406 objects/a.yaml:5"
      ])
    #expect(try await findings(Self.cluster(["a.yaml": secret]), .placeholderUnderSelfHeal) == [])
    let filled = secret.replacing("{name: db}", with: "{name: db, annotations: {avp.kubernetes.io/path: kv/db}}")
    #expect(try await findings(Self.cluster(["a.yaml": filled], selfHeal: true), .placeholderUnderSelfHeal) == [])
  }

  @Test func `the key that opens the repository's files is found beside them`() async throws {
    let key = "AGE-SECRET-KEY-1" + "QX7W4PZ2RY9T8UV6NM5LK3JH0GFDSAQX7W4PZ2RY9T8UV6NM5LK3JH0GFDSA"
    #expect(
      try await findings(["keys.txt": "# created\n\(key)\n", "a.yaml": "a: 1"], .keyBesideItsCipher) == [
        "ZT407 keys.txt:2"
      ])
    #expect(try await findings(["keys.txt": "age1abc\n", "a.yaml": "a: 1"], .keyBesideItsCipher) == [])
    let vault = "{\"keys_base64\": [\"\(Self.body)\"],\n \"root_token\": \"s.abc\"}"
    #expect(try await findings(["init.json": vault], .keyBesideItsCipher) == ["ZT407 init.json:1"])
  }

  @Test func `a kubeconfig with a client's key is found, and one that signs in is not`() async throws {
    let head = "apiVersion: v1\nkind: Config\nclusters: []\nusers:\n  - name: admin\n    user:\n      "
    #expect(
      try await findings(["kubeconfig.yaml": head + "client-key-data: LS0tLS1CRUdJTg=="], .clientCredentialsInClear)
        == ["ZT408 kubeconfig.yaml:7"])
    #expect(try await findings(["kubeconfig.yaml": head + "exec: {command: sign-in}"], .clientCredentialsInClear) == [])
  }

  private static let sealed = """
    apiVersion: v1
    kind: Secret
    metadata: {name: db}
    stringData:
      password: ENC[AES256_GCM,data:a,iv:b,tag:c,type:str]
    sops:
      age:
        - recipient: age1one
          enc: abc
      mac: ENC[AES256_GCM,data:a]
    """

  @Test func `a file that is to be encrypted and is not is found, and the encrypted one is not`() async throws {
    let open = "apiVersion: v1\nkind: Secret\nmetadata: {name: db}\nstringData:\n  password: Kq93hdLw\n"
    let rules = [".sops.yaml": "creation_rules:\n  - path_regex: secrets/.*\n    age: age1one\n"]
    #expect(
      try await findings(rules.merging(["secrets/db.yaml": open]) { $1 }, .sopsNotEncrypted, .plainSecret) == [
        "ZT411 secrets/db.yaml:5"
      ])
    #expect(try await findings(["db.sops.yaml": "password: abc\n"], .sopsNotEncrypted) == ["ZT411 db.sops.yaml:1"])
    #expect(
      try await findings(
        rules.merging(["secrets/db.yaml": Self.sealed, "db.sops.yaml": Self.sealed]) { $1 }, .sopsNotEncrypted,
        .plainSecret) == [])
  }

  @Test func `a value in clear in an encrypted file is found`() async throws {
    let wrong = Self.sealed.replacing("stringData:\n", with: "stringData:\n  token: Kq93hdLw\n")
    #expect(try await findings(["a.yaml": wrong], .sopsPartly, .plainSecret) == ["ZT412 a.yaml:5"])
    #expect(try await findings(["a.yaml": Self.sealed], .sopsPartly) == [])
  }

  @Test func `an encrypted file that no rule names, or for others than the rule says, is found`() async throws {
    func rules(_ regex: String, _ age: String) -> [String: String] {
      [".sops.yaml": "creation_rules:\n  - path_regex: \(regex)\n    age: \(age)\n", "apps/db.yaml": Self.sealed]
    }
    #expect(
      try await findings(rules("^secrets/", "age1one"), .sopsNotCovered, .sopsRecipients) == ["ZT413 apps/db.yaml:6"])
    #expect(
      try await findings(rules("^apps/", "age1two"), .sopsNotCovered, .sopsRecipients) == ["ZT414 apps/db.yaml:6"])
    #expect(try await findings(rules("^apps/", "age1one"), .sopsNotCovered, .sopsRecipients) == [])
  }

  @Test(arguments: [
    (
      "kms: \"arn:aws:kms:eu-central-1:1:key/ONE+arn:aws:iam::1:role/ops\"",
      "kms: [{arn: \"arn:aws:kms:eu-central-1:1:key/one\"}]"
    ),
    ("gcp_kms: projects/a/keys/one", "gcp_kms: [{resource_id: projects/a/keys/one}]"),
    (
      "key_groups: [{kms: [{arn: one}], age: [age1one]}]",
      "key_groups: [{kms: [{arn: one}], age: [{recipient: age1one}]}]"
    ),
  ])
  func `keys of services are compared as well`(_ rule: String, _ kept: String) async throws {
    func files(_ kept: String) -> [String: String] {
      [
        ".sops.yaml": "creation_rules:\n  - \(rule)\n",
        "apps/db.yaml": Self.sealed.replacing("age:\n    - recipient: age1one\n      enc: abc", with: kept),
      ]
    }
    #expect(try await findings(files(kept), .sopsRecipients) == [])
    #expect(try await findings(files(kept.replacing("one", with: "two")), .sopsRecipients) == ["ZT414 apps/db.yaml:6"])
  }
}
