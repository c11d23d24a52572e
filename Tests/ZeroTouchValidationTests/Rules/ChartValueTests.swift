import Testing
import ZeroTouchModel

@testable import ZeroTouchValidation

/// Values that an Application gives its chart, in all the forms there are.
struct ChartValueTests {
  private let pair = TwoApplications(
    first: "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n",
    second: "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: b}\n")

  private func chart(_ name: String, _ helm: String, repository: String = "https://charts.example.org") -> String {
    application(
      name, wave: "\"1\"",
      spec: "source:\n  repoURL: \(repository)\n  chart: \(name)\n  targetRevision: 1.2.3\n  helm:\n\(indented(helm))")
  }

  private func indented(_ text: String) -> String {
    text.split(separator: "\n").map { "    \($0)" }.joined(separator: "\n")
  }

  @Test(arguments: [
    "values: |\n  configs:\n    cm:\n      resource.customizations.health.argoproj.io_Application: |\n        return {}",
    "valuesObject:\n  configs:\n    cm:\n      resource.customizations.health.argoproj.io_Application: return {}",
    "parameters:\n  - name: configs.cm.resource\\.customizations\\.health\\.argoproj\\.io_Application\n    value: return {}",
  ])
  func `a health check is seen in every form of values`(_ helm: String) async throws {
    var files = pair.files
    files["apps/argocd.yaml"] = chart("argo-cd", helm)
    #expect(try await findings(files, .applicationsWithoutHealth) == [])
    files["apps/argocd.yaml"] = chart("argo-cd", "values: |\n  configs:\n    cm:\n      url: https://a.example")
    #expect(try await findings(files, .applicationsWithoutHealth) == ["ZT312 apps/argocd.yaml:17"])
  }

  @Test func `a health check is seen in a patch inside a kustomization`() async throws {
    var files = pair.files
    let head = "resources: [https://raw.githubusercontent.com/argoproj/argo-cd/v3.4.7/manifests/install.yaml]\n"
    files["argocd/kustomization.yaml"] = head
    #expect(try await findings(files, .applicationsWithoutHealth) == ["ZT312 argocd/kustomization.yaml:1"])
    let patch =
      "patches:\n  - patch: |\n      apiVersion: v1\n      kind: ConfigMap\n      metadata: {name: argocd-cm}\n      data:\n        resource.customizations.health.argoproj.io_Application: return {}\n"
    files["argocd/kustomization.yaml"] = head + patch
    #expect(try await findings(files, .applicationsWithoutHealth) == [])
    let operation =
      "patches:\n  - target: {kind: ConfigMap, name: argocd-cm}\n    patch: |\n      - op: add\n        path: /data/resource.customizations.health.argoproj.io_Application\n        value: return {}\n"
    files["argocd/kustomization.yaml"] = head + operation
    #expect(try await findings(files, .applicationsWithoutHealth) == [])
  }

  @Test func `waves without anything that configures Argo CD are noted`() async throws {
    let repository = try CheckedRepository(pair.files)
    defer { repository.remove() }
    let report = try await repository.report()
    #expect(report.open.isEmpty)
    #expect(report.notes.map { "\($0.location.file):\($0.location.line)" } == ["apps/first.yaml:6"])
    #expect(report.notes.first?.text.contains("nothing here configures Argo CD") == true)
  }

  @Test func `a password is found in every form of values, at its line`() async throws {
    let line = { (helm: String) in try await findings(["apps/a.yaml": chart("db", helm)], .passwordInValues) }
    #expect(try await line("values: |\n  auth:\n    password: Kq93hdLw2") == ["ZT405 apps/a.yaml:17"])
    #expect(try await line("valuesObject:\n  auth:\n    password: Kq93hdLw2") == ["ZT405 apps/a.yaml:17"])
    #expect(
      try await line("parameters:\n  - name: auth.password\n    value: Kq93hdLw2") == ["ZT405 apps/a.yaml:16"])
    #expect(try await line("values: |\n  auth:\n    existingSecret: db") == [])
    for right in ["password: db-credentials/DB_PASSWORD", "password: noauth", "secretKey: DB_PASSWORD"] {
      #expect(try await line("values: |\n  auth:\n    \(right)") == [], "\(right)")
    }
    let release =
      "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: db}\nspec:\n  values:\n    password: Kq93hdLw2\n"
    #expect(try await findings(["release.yaml": release], .passwordInValues) == ["ZT405 release.yaml:6"])
    let settings = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  DB_PASSWORD: Kq93hdLw2\n"
    #expect(try await findings(["a.yaml": settings], .passwordInValues) == ["ZT405 a.yaml:5"])
    #expect(
      try await findings(["a.yaml": settings.replacing("Kq93hdLw2", with: "/run/password")], .passwordInValues) == [])
    let pod =
      "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n    - name: a\n      args:\n        - --password=Kq93hdLw2\n"
    #expect(try await findings(["a.yaml": pod], .passwordInValues) == ["ZT405 a.yaml:8"])
    #expect(
      try await findings(["a.yaml": pod.replacing("Kq93hdLw2", with: "$(PASSWORD)")], .passwordInValues) == [])
  }

  @Test func `values in files beside a chart that lies here are read`() async throws {
    let source =
      "source:\n  repoURL: https://github.com/a/own.git\n  path: charts/db\n  targetRevision: main\n  helm: {valueFiles: [prod.yaml]}"
    let files = [
      "apps/db.yaml": application("db", spec: source), "charts/db/Chart.yaml": "name: db\nversion: 1.0.0\n",
      "charts/db/prod.yaml": "auth:\n  password: Kq93hdLw2\n",
    ]
    #expect(try await findings(files, .passwordInValues) == ["ZT405 charts/db/prod.yaml:2"])
    let alone = "auth:\n  password: Kq93hdLw2\n"
    #expect(try await findings(["values/db.yaml": alone], .passwordInValues) == ["ZT405 values/db.yaml:2"])
    #expect(try await findings(["settings/db.yaml": alone], .passwordInValues) == [], "it may be anything")
  }

  @Test func `Cilium is judged by values that are a text`() async throws {
    func found(_ masquerade: Bool) async throws -> [String] {
      var files = pair.files
      files["apps/cilium.yaml"] = chart(
        "cilium", "values: |\n  bpf:\n    masquerade: \(masquerade)", repository: "https://helm.cilium.io/")
      files["machines/patch.yaml"] = "machine:\n  features:\n    hostDNS:\n      forwardKubeDNSToHost: true\n"
      return try await findings(files, .hostDNSBehindBPF)
    }
    #expect(try await found(true) == ["ZT214 machines/patch.yaml:4"])
    #expect(try await found(false) == [])
  }
}
