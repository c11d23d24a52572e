import Testing

@testable import ZeroTouchValidation

/// What charts bring or leave out without a manifest that shows it.
struct OperatorRuleTests {
  private func chart(
    _ name: String, _ version: String, from repo: String, helm: String = "", options: String = "CreateNamespace=true"
  ) -> String {
    let source =
      "source:\n  repoURL: \(repo)\n  chart: \(name)\n  targetRevision: \(version)"
      + (helm.isEmpty ? "" : "\n  helm: {valuesObject: \(helm)}")
    return application(name, spec: "\(source)\nsyncPolicy: {automated: {}, syncOptions: [\(options)]}")
  }

  @Test func `the definitions of External Secrets and Argo CD are too large for the client`() async throws {
    func found(_ name: String, _ version: String, _ helm: String = "", _ options: String = "CreateNamespace=true")
      async throws -> [String]
    {
      let text = chart(name, version, from: "https://charts.example.org", helm: helm, options: options)
      return try await findings(["a.yaml": text], .largeDefinition)
    }
    #expect(try await found("external-secrets", "2.9.0") == ["ZT320 a.yaml:11"])
    #expect(try await found("external-secrets", "0.9.13") == [])
    #expect(try await found("external-secrets", "2.9.0", "{installCRDs: false}") == [])
    #expect(try await found("external-secrets", "2.9.0", "", "ServerSideApply=true") == [])
    #expect(try await found("argo-cd", "10.1.1") == ["ZT320 a.yaml:11"])
    #expect(try await found("argo-cd", "7.0.0") == [])
  }

  @Test func `an issuer beside a cert-manager without its definitions is found`() async throws {
    func found(_ helm: String) async throws -> [String] {
      try await findings(
        [
          "a/cert-manager.yaml": chart("cert-manager", "v1.21.1", from: "https://charts.jetstack.io", helm: helm),
          "a/issuers.yaml": application(
            "issuers",
            spec: "source: {repoURL: https://github.com/a/own.git, path: issuers, targetRevision: main}"),
          "issuers/a.yaml":
            "apiVersion: cert-manager.io/v1\nkind: ClusterIssuer\nmetadata: {name: x}\nspec: {selfSigned: {}}\n",
        ], .kindUnknown)
    }
    #expect(try await found("") == ["ZT309 issuers/a.yaml:2"])
    #expect(try await found("{crds: {enabled: true}}") == [])
    #expect(try await found("{crds: {enabled: false}}") == [], "who says so has them from elsewhere")
  }

  @Test func `what tries again without end and passes over missing kinds may share a wave`() async throws {
    let gate =
      "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: argocd-cm}\ndata:\n"
      + "  resource.customizations.health.argoproj.io_Application: |\n"
      + "    if obj.status.sync.status == \"Synced\" then return {status = \"Healthy\"} end\n"
      + "    return {status = \"Progressing\"}\n"
    func found(_ retry: String, _ options: String) async throws -> [String] {
      var pair = TwoApplications(first: TwoApplications.definition, second: TwoApplications.widget).together
      pair.policy = "syncPolicy: {automated: {}, retry: {limit: \(retry)}, syncOptions: [\(options)]}"
      return try await findings(pair.files.merging(["argocd/cm.yaml": gate]) { $1 }, .needBesideItsProvider)
    }
    #expect(try await found("-1", "CreateNamespace=true, SkipDryRunOnMissingResource=true") == [])
    #expect(try await found("5", "CreateNamespace=true, SkipDryRunOnMissingResource=true").count == 1)
    #expect(try await found("-1", "CreateNamespace=true").count == 1)
  }

  @Test func `pods that a provisioner or an unknown chart makes are held against their namespace`() async throws {
    let settings =
      "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: local-path-config}\ndata:\n"
      + "  config.json: '{\"nodePathMap\": []}'\n"
    func found(_ label: String) async throws -> [String] {
      let namespace = "apiVersion: v1\nkind: Namespace\nmetadata: {name: second, labels: {\(label)}}\n"
      let pair = TwoApplications(first: namespace, second: settings)
      let machine = ["machines/patch.yaml": "machine: {sysctls: {a: \"1\"}}\n"]
      return try await findings(pair.files.merging(machine) { $1 }, .privilegedPod)
    }
    #expect(try await found("a: b") == ["ZT323 parts/second/all.yaml:5"])
    #expect(try await found("pod-security.kubernetes.io/enforce: privileged") == [])
    let metal = chart("metallb", "0.16.1", from: "https://metallb.github.io/metallb")
    let patch = ["patch.yaml": "machine: {sysctls: {a: \"1\"}}\n"]
    #expect(try await findings(patch.merging(["a.yaml": metal]) { $1 }, .privilegedPod) == ["ZT323 a.yaml:11"])
  }

  @Test func `our own local-path provisioner needs the label of its namespace`() async throws {
    let repository = try CheckedRepository.ours()
    defer { repository.remove() }
    let path = "platform/01-foundation/local-path-provisioner.yaml"
    #expect(try await repository.findings(.privilegedPod) == [])
    try repository.replace("pod-security.kubernetes.io/enforce: privileged", with: "a: b", in: path)
    let found = try await repository.findings(.privilegedPod)
    #expect(found.count == 1 && found[0].hasPrefix("ZT323 \(path):"), "\(found)")
  }

  @Test func `labels of a namespace without CreateNamespace are told`() async throws {
    let source = "source: {repoURL: https://github.com/a/own.git, path: a, targetRevision: main}"
    let policy = "syncPolicy:\n  managedNamespaceMetadata: {labels: {a: b}}"
    let text = application("a", spec: "\(source)\n\(policy)")
    #expect(try await findings(["a.yaml": text], .namespaceCreatedWithoutName) == ["ZT315 a.yaml:11"])
    let whole = text + "    syncOptions: [CreateNamespace=true]\n"
    #expect(try await findings(["a.yaml": whole], .namespaceCreatedWithoutName) == [])
  }
}
