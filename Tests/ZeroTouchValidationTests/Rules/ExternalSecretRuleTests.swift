import Testing

@testable import ZeroTouchValidation

struct ExternalSecretRuleTests {
  private static let store = """
    apiVersion: external-secrets.io/v1
    kind: ClusterSecretStore
    metadata:
      name: aws
    spec:
      provider:
        aws:
          service: ParameterStore
          region: eu-central-1
          prefix: /zerotouch/prod
          auth:
            secretRef:
              accessKeyIDSecretRef: {name: access, key: id, namespace: external-secrets}
    """
  private static let secret = """
    apiVersion: external-secrets.io/v1
    kind: ExternalSecret
    metadata:
      name: db
    spec:
      secretStoreRef:
        kind: ClusterSecretStore
        name: aws
      target:
        name: db
      data:
        - secretKey: password
          remoteRef:
            key: /db/password
    """

  private func found(_ rule: Rule, store: String = store, secret: String = secret, more: [String: String] = [:])
    async throws -> [String]
  {
    try await findings(
      SecretRuleTests.cluster(["store.yaml": store, "secret.yaml": secret].merging(more) { $1 }), rule)
  }

  @Test func `an ExternalSecret without its store is found`() async throws {
    #expect(
      try await found(.storeMissing, secret: Self.secret.replacing("name: aws", with: "name: azure")) == [
        "ZT421 objects/secret.yaml:8"
      ])
    #expect(
      try await found(.storeMissing, secret: Self.secret.replacing("Cluster", with: "")) == [
        "ZT421 objects/secret.yaml:8"
      ])
    #expect(try await found(.storeMissing) == [])
  }

  @Test func `a version that the pinned External Secrets does not serve is found`() async throws {
    let chart = { (version: String) in
      [
        "eso.yaml": application(
          "eso",
          spec:
            "source: {repoURL: https://charts.external-secrets.io, chart: external-secrets, targetRevision: \(version)}"
        )
      ]
    }
    let old = Self.secret.replacing("secrets.io/v1", with: "secrets.io/v1beta1")
    #expect(
      try await found(.externalSecretsVersion, secret: old, more: chart("2.9.0")) == ["ZT422 objects/secret.yaml:1"])
    #expect(try await found(.externalSecretsVersion, secret: old, more: chart("0.16.2")) == [])
    #expect(try await found(.externalSecretsVersion, more: chart("2.9.0")) == [])
    #expect(
      try await found(.externalSecretsVersion, more: chart("0.9.13")) == [
        "ZT422 objects/secret.yaml:1", "ZT422 objects/store.yaml:1",
      ])
  }

  @Test func `a ClusterSecretStore that does not say where its credentials lie is found`() async throws {
    let wrong = Self.store.replacing(", namespace: external-secrets", with: "")
    #expect(try await found(.storeCredentialsWithoutNamespace, store: wrong) == ["ZT423 objects/store.yaml:13"])
    #expect(try await found(.storeCredentialsWithoutNamespace) == [])
    #expect(try await found(.storeCredentialsWithoutNamespace, store: wrong.replacing("Cluster", with: "")) == [])
  }

  @Test func `an empty session token is found`() async throws {
    let token = "\n          sessionTokenSecretRef: {name: access, key: token, namespace: external-secrets}"
    let held = { (value: String) in
      [
        "access.yaml":
          "apiVersion: v1\nkind: Secret\nmetadata: {name: access, namespace: external-secrets}\nstringData: {id: a, token: \"\(value)\"}"
      ]
    }
    #expect(
      try await found(.sessionTokenKeyEmpty, store: Self.store + token, more: held("")) == [
        "ZT424 objects/store.yaml:14"
      ])
    #expect(try await found(.sessionTokenKeyEmpty, store: Self.store + token, more: held("abc")) == [])
    #expect(
      try await found(.sessionTokenKeyEmpty, store: Self.store + token.replacing("key: token", with: "key: \"\"")) == [
        "ZT424 objects/store.yaml:14"
      ])
  }

  @Test func `a store whose credentials come out of itself is found`() async throws {
    let own = Self.secret.replacing("name: db", with: "name: access").replacing(
      "metadata:\n", with: "metadata:\n  namespace: external-secrets\n")
    #expect(try await found(.storeReadsItself, secret: own) == ["ZT425 objects/store.yaml:13"])
    #expect(try await found(.storeReadsItself) == [])
  }

  private func pod(_ key: String) -> [String: String] {
    [
      "pod.yaml":
        "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n    - name: a\n      env:\n        - name: A\n          valueFrom:\n            secretKeyRef:\n              name: db\n              key: \(key)\n"
    ]
  }

  @Test func `a key that the Secret does not get is found where it is read`() async throws {
    #expect(try await found(.keyNotProduced, more: pod("pass")) == ["ZT426 objects/pod.yaml:12"])
    #expect(try await found(.keyNotProduced, more: pod("password")) == [])
    let open = Self.secret.replacing("  data:", with: "  dataFrom: [{extract: {key: /db}}]\n  data:")
    #expect(try await found(.keyNotProduced, secret: open, more: pod("pass")) == [])
  }

  @Test func `a template that uses what is not fetched is found`() async throws {
    func template(_ text: String) -> String {
      Self.secret.replacing(
        "    name: db\n", with: "    name: db\n    template:\n      data:\n        url: \"\(text)\"\n")
    }
    #expect(try await found(.templateFieldUnknown, secret: template("{{ .pass }}")) == ["ZT427 objects/secret.yaml:13"])
    for right in [
      "{{ .password }}", "{{ .password | b64enc }}.x", "{{ (.password | fromJson).user }}",
      "{{ range .a }}{{ .b }}{{ end }}",
    ] {
      #expect(try await found(.templateFieldUnknown, secret: template(right)) == [])
    }
  }

  @Test(arguments: ["db/password", "/db//password", "/db/pass word", "/db/"])
  func `a parameter whose name cannot be one is found`(_ key: String) async throws {
    #expect(
      try await found(.parameterNameMalformed, secret: Self.secret.replacing("/db/password", with: key)) == [
        "ZT428 objects/secret.yaml:14"
      ])
    #expect(try await found(.parameterNameMalformed) == [])
  }

  @Test func `a pull secret that nothing makes is found`() async throws {
    func pod(_ name: String) -> [String: String] {
      [
        "pod.yaml":
          "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  imagePullSecrets:\n    - name: \(name)\n  containers: []\n"
      ]
    }
    #expect(try await found(.pullSecretNeverMade, more: pod("registry")) == ["ZT429 objects/pod.yaml:6"])
    #expect(try await found(.pullSecretNeverMade, more: pod("db")) == [])
  }

  @Test func `a label that Argo CD does not know is found`() async throws {
    func repository(_ type: String) -> [String: String] {
      [
        "a.yaml":
          "apiVersion: v1\nkind: Secret\nmetadata:\n  name: a\n  labels:\n    argocd.argoproj.io/secret-type: \(type)\n"
      ]
    }
    #expect(try await findings(repository("repo-credentials"), .repositoryLabelUnknown) == ["ZT431 a.yaml:6"])
    #expect(try await findings(repository("repo-creds"), .repositoryLabelUnknown) == [])
  }

  @Test func `a Secret of a type without the type's key is found`() async throws {
    let type = "    name: db\n    template:\n      type: kubernetes.io/dockerconfigjson\n"
    let wrong = Self.secret.replacing("    name: db\n", with: type)
    #expect(try await found(.typeWithoutItsKey, secret: wrong) == ["ZT432 objects/secret.yaml:12"])
    #expect(
      try await found(
        .typeWithoutItsKey, secret: wrong.replacing("secretKey: password", with: "secretKey: .dockerconfigjson")) == [])
  }

  @Test func `a Secret with two writers is found`() async throws {
    let second = Self.secret.replacing("metadata:\n  name: db", with: "metadata:\n  name: other")
    #expect(try await found(.twoWriters, more: ["two.yaml": second]) == ["ZT433 objects/two.yaml:10"])
    let merging = second.replacing("    name: db\n", with: "    name: db\n    creationPolicy: Merge\n")
    #expect(try await found(.twoWriters, more: ["two.yaml": merging]) == [])
  }
}
