import Testing
import ZeroTouchModel

@testable import ZeroTouchValidation

/// Objects that wait: for a pod, for an address, for somebody who makes what they name.
struct WaitingObjectTests {
  private static let configMap = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n"
  private static let storage = """
    apiVersion: storage.k8s.io/v1
    kind: StorageClass
    metadata: {name: local}
    provisioner: example.org/local
    volumeBindingMode: WaitForFirstConsumer
    """
  private static let claim = """
    apiVersion: v1
    kind: PersistentVolumeClaim
    metadata: {name: data}
    spec: {storageClassName: local, accessModes: [ReadWriteOnce]}

    """
  private static let machine = ["machines/patch.yaml": "machine: {sysctls: {a: \"1\"}}\n"]

  private func files(_ second: String, first: String = storage, more: [String: String] = [:]) -> [String: String] {
    TwoApplications(first: first, second: second).files.merging(more) { $1 }
  }

  private func report(_ files: [String: String], _ rules: Rule...) async throws -> ValidationReport {
    let repository = try CheckedRepository(files)
    defer { repository.remove() }
    return try await repository.report(rules)
  }

  @Test func `an idle claim in the last wave is a warning, and an error before a later one`() async throws {
    let last = try await report(files(Self.claim), .neverHealthy)
    #expect(last.open.map(\.severity) == [.warning])
    let later =
      "---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: b, annotations: {argocd.argoproj.io/sync-wave: \"1\"}}\n"
    let waited = try await report(files(Self.claim + later), .neverHealthy)
    #expect(waited.open.map(\.severity) == [.error])
  }

  @Test func `a claim that a CronJob mounts or that values name is not idle`() async throws {
    let job = """
      ---
      apiVersion: batch/v1
      kind: CronJob
      metadata: {name: one}
      spec:
        schedule: "0 0 * * *"
        jobTemplate:
          spec:
            template:
              spec:
                volumes: [{name: data, persistentVolumeClaim: {claimName: data}}]
      """
    #expect(try await findings(files(Self.claim + job), .neverHealthy) == [])
    func chart(_ namespace: String) -> [String: String] {
      let spec = "source: {repoURL: https://charts.example.org, chart: web, targetRevision: 1.0.0}"
      let text = application("web", spec: spec).replacing("namespace: web}", with: "namespace: \(namespace)}")
      return ["apps/web.yaml": text]
    }
    #expect(try await findings(files(Self.claim, more: chart("second")), .neverHealthy) == [], "the chart is unknown")
    #expect(
      try await findings(files(Self.claim, more: chart("third")), .neverHealthy) == ["ZT324 parts/second/all.yaml:3"],
      "pods mount claims of their own namespace only")
  }

  @Test func `a claim whose only pod comes in a later wave is found`() async throws {
    func pod(_ wave: String) -> String {
      """
      ---
      apiVersion: v1
      kind: Pod
      metadata: {name: one, annotations: {argocd.argoproj.io/sync-wave: "\(wave)"}}
      spec:
        volumes: [{name: data, persistentVolumeClaim: {claimName: data}}]
        containers: [{name: main, image: example.org/web:1.0.0}]
      """
    }
    #expect(try await findings(files(Self.claim + pod("3"))) == ["ZT324 parts/second/all.yaml:3"])
    #expect(try await findings(files(Self.claim + pod("0"))) == [])
  }

  @Test func `a Service with a class, or beside kube-vip, has somebody who gives it an address`() async throws {
    let service = "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec:\n  type: LoadBalancer\n"
    func found(_ text: String, first: String = Self.configMap) async throws -> [String] {
      try await findings(files(text, first: first, more: Self.machine), .neverHealthy)
    }
    #expect(try await found(service) == ["ZT324 parts/second/all.yaml:5"])
    #expect(try await found(service + "  loadBalancerClass: tailscale\n") == [])
    let vip = "apiVersion: apps/v1\nkind: DaemonSet\nmetadata: {name: kubevip, namespace: kube-system}\n"
    #expect(try await found(service, first: vip) == [])
  }

  @Test func `what a pod names and nothing makes is found or noted`() async throws {
    func pod(_ fields: String) -> String {
      "apiVersion: v1\nkind: Pod\nmetadata: {name: one}\nspec:\n  \(fields)\n  containers: [{name: main, image: example.org/web:1.0.0}]\n"
    }
    let account = "---\napiVersion: v1\nkind: ServiceAccount\nmetadata: {name: web}\n"
    let named = pod("serviceAccountName: web")
    #expect(try await findings(files(named, first: Self.configMap)) == ["ZT334 parts/second/all.yaml:5"])
    #expect(try await findings(files(named + account, first: Self.configMap)) == [])
    let map = pod("volumes: [{name: a, configMap: {name: settings}}]")
    #expect(try await findings(files(map, first: Self.configMap)) == ["ZT334 parts/second/all.yaml:5"])
    #expect(
      try await findings(files(map.replacing("settings", with: "kube-root-ca.crt"), first: Self.configMap)) == [])
    let secret = try await report(files(pod("volumes: [{name: a, secret: {secretName: key}}]"), first: Self.configMap))
    #expect(secret.open.isEmpty)
    #expect(secret.notes.contains { $0.text.contains("nothing here makes the Secret `second/key`") })
  }

  @Test func `a StorageClass that nothing brings is found on machines and noted elsewhere`() async throws {
    let claim = Self.claim.replacing("local", with: "fast")
    #expect(
      try await findings(files(claim, more: Self.machine), .nothingMakesIt) == ["ZT334 parts/second/all.yaml:4"])
    let elsewhere = try await report(files(claim))
    #expect(elsewhere.open.isEmpty && elsewhere.notes.contains { $0.text.contains("the StorageClass `fast`") })
    #expect(
      try await findings(
        files(claim, first: Self.storage.replacing("local}", with: "fast}"), more: Self.machine), .nothingMakesIt) == []
    )
  }

  @Test func `a key that a ConfigMap does not have is found`() async throws {
    func both(_ key: String) -> [String: String] {
      let pod =
        "apiVersion: v1\nkind: Pod\nmetadata: {name: one}\nspec:\n  containers:\n    - name: a\n      env:\n        - {name: A, valueFrom: {configMapKeyRef: {name: a, key: \(key)}}}\n"
      return files("\(pod)---\n\(Self.configMap)data: {mode: fast}\n", first: Self.configMap)
    }
    #expect(try await findings(both("mode"), .keyNotProduced) == [])
    #expect(try await findings(both("mood"), .keyNotProduced) == ["ZT426 parts/second/all.yaml:8"])
  }

  @Test func `a webhook whose Service comes later is found`() async throws {
    func hook(_ wave: String, policy: String = "Fail") -> String {
      """
      apiVersion: admissionregistration.k8s.io/v1
      kind: ValidatingWebhookConfiguration
      metadata: {name: guard}
      webhooks:
        - name: guard.example.org
          failurePolicy: \(policy)
          clientConfig: {service: {name: guard, namespace: second}}
          rules: [{apiGroups: [""], resources: [configmaps], operations: [CREATE]}]
      ---
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: b, annotations: {argocd.argoproj.io/sync-wave: "1"}}
      ---
      apiVersion: v1
      kind: Service
      metadata: {name: guard, annotations: {argocd.argoproj.io/sync-wave: "\(wave)"}}
      """
    }
    func found(_ second: String) async throws -> [String] {
      try await findings(files(second, first: Self.configMap), .webhookTooLate)
    }
    #expect(try await found(hook("2")) == ["ZT305 parts/second/all.yaml:3"])
    #expect(try await found(hook("0")) == [])
    #expect(try await found(hook("2", policy: "Ignore")) == [])
  }

  @Test func `an object that is replaced although it is applied on the server is found`() async throws {
    func map(_ options: String) -> String {
      "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: b\n  annotations:\n    argocd.argoproj.io/sync-options: \(options)\n"
    }
    #expect(
      try await findings(
        files(map("Replace=true,ServerSideApply=true"), first: Self.configMap), .replaceBesideServerSideApply) == [
          "ZT316 parts/second/all.yaml:6"
        ])
    #expect(
      try await findings(files(map("Replace=true"), first: Self.configMap), .replaceBesideServerSideApply) == [])
  }

  @Test func `a wave behind an own custom object without a health check is found`() async throws {
    let definition = """
      apiVersion: apiextensions.k8s.io/v1
      kind: CustomResourceDefinition
      metadata: {name: widgets.example.org}
      spec:
        group: example.org
        scope: Namespaced
        names: {kind: Widget, plural: widgets}
        versions:
          - name: v1
            served: true
            storage: true
            subresources: {status: {}}
            schema: {openAPIV3Schema: {properties: {status: {properties: {conditions: {type: array}}}}}}
      """
    let later =
      "---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: b, annotations: {argocd.argoproj.io/sync-wave: \"1\"}}\n"
    let settings = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: argocd-cm}\ndata: {url: https://a.example}\n"
    func found(_ first: String) async throws -> [String] {
      try await findings(
        files(TwoApplications.widget + later, first: first, more: ["cm.yaml": settings]), .claimsWithoutHealth)
    }
    #expect(try await found(definition) == ["ZT329 parts/second/all.yaml:2"])
    #expect(try await found(TwoApplications.definition) == [], "its objects have no status")
  }
}
