import Testing

@testable import ZeroTouchValidation

struct RaceRuleTests {
  /// Argo CD, configured to wait for healthy Applications.
  private let gate =
    "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: argocd-cm}\ndata:\n"
    + "  resource.customizations.health.argoproj.io_Application: |\n"
    + "    if obj.status.sync.status == \"Synced\" then return {status = \"Healthy\"} end\n"
    + "    return {status = \"Progressing\"}\n"

  private func gated(_ files: [String: String]) -> [String: String] {
    files.merging(["argocd/cm.yaml": gate]) { first, _ in first }
  }

  @Test func `a need of the same wave is found where waves gate, and nowhere else`() async throws {
    let pair = TwoApplications(first: TwoApplications.definition, second: TwoApplications.widget)
    #expect(try await findings(gated(pair.together.files)) == ["ZT325 apps/second.yaml:6"])
    #expect(try await findings(gated(pair.files)) == [])
    #expect(try await findings(pair.together.files) == [], "no gates")
    // Without waves on both nobody meant an order.
    var files = gated(pair.together.files)
    files["apps/first.yaml"] = files["apps/first.yaml"]?.replacing("sync-wave", with: "another")
    files["apps/second.yaml"] = files["apps/second.yaml"]?.replacing("\"1\"", with: "\"0\"")
    #expect(try await findings(files) == [])
  }

  @Test func `what is looked for once is found in the same wave, whether or not waves gate`() async throws {
    var pair = TwoApplications(
      first: TwoApplications.definition.replacing("example.org", with: "gateway.networking.k8s.io")
        .replacing("Widget", with: "GatewayClass"),
      second: "")
    pair.waves = ("1", "2")
    func files(_ wave: String) -> [String: String] {
      var files = pair.files
      files["apps/second.yaml"] = application(
        "cilium", wave: "\"\(wave)\"",
        spec: """
          source:
            repoURL: https://helm.cilium.io
            chart: cilium
            targetRevision: 1.19.6
            helm: {valuesObject: {gatewayAPI: {enabled: true}}}
          syncPolicy: {automated: {}, retry: {limit: -1}}
          """)
      return files
    }
    let rules: [Rule] = [.soughtOnceBesideItsProvider, .needBesideItsProvider]
    for rule in rules { #expect(try await findings(files("2"), rule) == []) }
    #expect(try await findings(files("1"), .soughtOnceBesideItsProvider) == ["ZT326 apps/second.yaml:6"])
    #expect(try await findings(gated(files("1")), .needBesideItsProvider) == [], "it is told once")
  }

  @Test func `a ScaledObject before the Service it asks is found`() async throws {
    let service = "apiVersion: v1\nkind: Service\nmetadata: {name: queue-headless, namespace: argocd}\n"
    func scaled(_ address: String) -> String {
      """
      apiVersion: keda.sh/v1alpha1
      kind: ScaledObject
      metadata: {name: worker, namespace: argocd}
      spec:
        triggers: [{type: nats-jetstream, metadata: {natsServerMonitoringEndpoint: "\(address)"}}]
      """
    }
    let pair = TwoApplications(first: service, second: scaled("queue-headless.argocd.svc.cluster.local:8222"))
    #expect(try await findings(pair.files, .otherTooLate) == [])
    #expect(try await findings(pair.inverted.files, .otherTooLate) == ["ZT308 apps/second.yaml:6"])
    let elsewhere = TwoApplications(first: service, second: scaled("https://queue.example.org:8222"))
    #expect(try await findings(elsewhere.inverted.files, .otherTooLate) == [])
  }

  @Test func `a pod before its pull secret is found`() async throws {
    let secret = "apiVersion: v1\nkind: Secret\nmetadata: {name: registry, namespace: argocd}\n"
    let pod = """
      apiVersion: v1
      kind: Pod
      metadata: {name: web, namespace: argocd}
      spec:
        imagePullSecrets: [{name: registry}]
        containers: [{name: main, image: example.org/web:1.0.0}]
      """
    let pair = TwoApplications(first: secret, second: pod)
    #expect(try await findings(pair.files, .secretTooLate) == [])
    #expect(try await findings(pair.inverted.files, .secretTooLate) == ["ZT303 apps/second.yaml:6"])
  }

  @Test func `Argo CD's own Application before what brings kinds is found where waves gate`() async throws {
    var pair = TwoApplications(waves: ("1", "0"), first: TwoApplications.definition, second: "")
    func files(_ namespace: String) -> [String: String] {
      var files = gated(pair.files)
      files["apps/second.yaml"] = application(
        "argocd", wave: "\"\(pair.waves.1)\"",
        spec: """
          source: {repoURL: https://argoproj.github.io/argo-helm, chart: argo-cd, targetRevision: 10.1.1}
          syncPolicy: {automated: {}}
          """
      ).replacing("namespace: argocd}\n  syncPolicy", with: "namespace: \(namespace)}\n  syncPolicy")
      return files
    }
    #expect(try await findings(files("argocd"), .argoCDBeforeThePlatform).map { $0.prefix(5) } == ["ZT327"])
    pair.waves = ("1", "2")
    #expect(try await findings(files("argocd"), .argoCDBeforeThePlatform) == [])
  }
}
