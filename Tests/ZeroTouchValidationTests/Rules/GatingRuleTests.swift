import Testing
import ZeroTouchModel

@testable import ZeroTouchValidation

struct GatingRuleTests {
  private let pair = TwoApplications(
    first: "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n",
    second: "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n")

  @Test func `waves without a health check for Applications are found where Argo CD is configured`() async throws {
    var files = pair.files
    #expect(try await findings(files, .applicationsWithoutHealth) == [], "configured elsewhere")
    files["argocd/cm.yaml"] =
      "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: argocd-cm}\ndata:\n  url: https://a.example\n"
    #expect(try await findings(files) == ["ZT312 argocd/cm.yaml:4"])
    files["argocd/cm.yaml"]? += "  resource.customizations.health.argoproj.io_Application: |\n    return {}\n"
    #expect(try await findings(files) == [])
  }

  @Test func `waves are found decorative where all of the chart's values lie here and say nothing of argocd-cm`()
    async throws
  {
    var files = pair.files
    func holding(_ helm: String) -> String {
      application(
        "holder", wave: "\"6\"",
        spec: """
          sources:
            - {repoURL: https://argoproj.github.io/argo-helm, chart: argo-cd, targetRevision: 10.1.1, helm: {\(helm)}}
            - {repoURL: https://github.com/a/own.git, targetRevision: main, ref: values}
          """)
    }
    files["apps/holder.yaml"] = holding("valueFiles: [$values/argocd/values.yaml]")
    files["argocd/values.yaml"] = "crds: {keep: true}\n"
    #expect(try await findings(files, .applicationsWithoutHealth) == ["ZT312 argocd/values.yaml:1"])
    files["apps/holder.yaml"] = holding("valueFiles: [$values/elsewhere/values.yaml]")
    #expect(try await findings(files, .applicationsWithoutHealth) == [], "what is not here may say it")
    files["apps/holder.yaml"] = holding("")
    #expect(try await findings(files, .applicationsWithoutHealth) == ["ZT312 apps/holder.yaml:11"])
  }

  @Test(arguments: [
    ("hs.status = obj.status.health.status", ["ZT328 cm.yaml:5"]),
    (
      "local own = obj.status.health.status\nif obj.status.sync.status == 'Synced' then hs.status = own end",
      ["ZT328 cm.yaml:5"]
    ),
    ("if obj.status.operationState.phase == \"Succeeded\" then hs.status = \"Healthy\" end", ["ZT328 cm.yaml:5"]),
    ("if obj.status.sync.status == \"Synced\" then hs.status = \"Healthy\" end", []),
  ])
  func `a health check that says Degraded or does not wait for Synced is found`(
    _ script: String, _ expected: [String]
  ) async throws {
    var files = pair.files
    files["cm.yaml"] = Self.settings(script)
    #expect(try await findings(files) == expected)
  }

  @Test func `a health check that cannot be judged by its text is noted`() async throws {
    var files = pair.files
    files["cm.yaml"] = Self.settings("hs.status = worst(obj.status.sync, obj.status.health)")
    let repository = try CheckedRepository(files)
    defer { repository.remove() }
    let report = try await repository.report()
    #expect(report.open.isEmpty)
    #expect(report.notes.map { "\($0.location.file):\($0.location.line)" } == ["cm.yaml:5"])
  }

  private static func settings(_ script: String) -> String {
    let lines = script.split(separator: "\n").map { "    \($0)\n" }.joined()
    return "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: argocd-cm}\ndata:\n"
      + "  resource.customizations.health.argoproj.io_Application: |\n\(lines)"
  }

  @Test func `a wave in the template of an ApplicationSet is found`() async throws {
    func set(_ annotations: String) -> String {
      """
      apiVersion: argoproj.io/v1alpha1
      kind: ApplicationSet
      metadata: {name: tenants, namespace: argocd}
      spec:
        template:
          metadata:
            name: one
            annotations: {\(annotations)}
      """
    }
    #expect(
      try await findings(["set.yaml": set("argocd.argoproj.io/sync-wave: \"5\"")], .waveInSetTemplate)
        == ["ZT314 set.yaml:8"])
    #expect(try await findings(["set.yaml": set("")], .waveInSetTemplate) == [])
  }

  @Test func `an object that two Applications own is found`() async throws {
    #expect(try await findings(pair.files, .twoOwners) == [])
    var files = pair.files
    files["parts/second/all.yaml"] = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: first}\n"
    #expect(try await findings(files, .twoOwners) == ["ZT319 parts/second/all.yaml:3"])
  }

  @Test func `a definition too large for client-side apply is found`() async throws {
    var files = pair.files
    let text = String(repeating: "a long description ", count: 15_000)
    files["parts/second/all.yaml"] = TwoApplications.definition + "\n  text: \(text)\n"
    #expect(try await findings(files) == ["ZT320 parts/second/all.yaml:3"])
    files["apps/second.yaml"] = files["apps/second.yaml"]?.replacing(
      "[CreateNamespace=true]", with: "[CreateNamespace=true, ServerSideApply=true]")
    #expect(try await findings(files) == [])
  }

  @Test func `exclusions that drop the defaults are found`() async throws {
    func cm(_ kinds: String) -> [String: String] {
      [
        "cm.yaml": """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: argocd-cm}
        data:
          resource.exclusions: |
            - {apiGroups: ["*"], kinds: [\(kinds)], clusters: ["*"]}
        """
      ]
    }
    #expect(try await findings(cm("TaskRun"), .exclusionsWithoutDefaults) == ["ZT322 cm.yaml:5"])
    #expect(
      try await findings(cm("Endpoints, EndpointSlice, Lease, TokenReview, TaskRun"), .exclusionsWithoutDefaults) == [])
  }

  @Test func `a privileged pod in a namespace that enforces less is found`() async throws {
    func parts(_ level: String) -> [String: String] {
      var files = pair.files
      files["parts/second/all.yaml"] = """
        apiVersion: v1
        kind: Namespace
        metadata: {name: second, labels: {pod-security.kubernetes.io/enforce: \(level)}}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: one}
        spec:
          hostNetwork: true
          containers: [{name: main, image: example.org/web:1.0.0}]
        """
      return files
    }
    #expect(try await findings(parts("baseline")) == ["ZT323 parts/second/all.yaml:9"])
    #expect(try await findings(parts("privileged")) == [])
  }

  @Test func `a claim that no pod mounts is found where its class waits for one`() async throws {
    func parts(_ pod: String) -> [String: String] {
      var files = pair.files
      files["parts/first/all.yaml"] = """
        apiVersion: storage.k8s.io/v1
        kind: StorageClass
        metadata: {name: local}
        provisioner: example.org/local
        volumeBindingMode: WaitForFirstConsumer
        """
      files["parts/second/all.yaml"] = """
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata: {name: data}
        spec: {storageClassName: local, accessModes: [ReadWriteOnce]}
        \(pod)
        """
      return files
    }
    #expect(try await findings(parts("")) == ["ZT324 parts/second/all.yaml:3"])
    let pod = """
      ---
      apiVersion: v1
      kind: Pod
      metadata: {name: one}
      spec:
        volumes: [{name: data, persistentVolumeClaim: {claimName: data}}]
        containers: [{name: main, image: example.org/web:1.0.0}]
      """
    #expect(try await findings(parts(pod)) == [])
  }
}
