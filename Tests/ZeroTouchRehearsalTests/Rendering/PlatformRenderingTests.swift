import Foundation
import TestSupport
import Testing
import ZeroTouchManifests
import ZeroTouchModel
import ZeroTouchTools
import ZeroTouchWorld

@testable import ZeroTouchRehearsal

struct PlatformRenderingTests {
  private static let argoCD = ChartReference(
    repoURL: "https://argoproj.github.io/argo-helm", chart: "argo-cd", version: StandInChart.argoCD.version)
  private static let cilium = ChartReference(
    repoURL: "https://helm.cilium.io", chart: "cilium", version: StandInChart.cilium.version)

  private static let foundation = [
    "external-secrets", "aws-parameter-store", "cert-manager", "crossplane", "cloudnative-pg", "dragonfly-operator",
    "plugin-barman-cloud", "foundation-configuration", "kagent-crds",
  ]

  /// Brings up an overlay and says in which order its Applications appeared.
  private func order(
    of overlay: String, applications count: Int, nodes: Int = 2, isObserved: Bool = false
  ) async throws -> [String] {
    try await withTemporaryFolder { folder in
      try isObserved ? copyRepositoryWithObservability(to: folder) : copyRepository(to: folder)
      let charts = [
        Self.argoCD: try StandInChart.argoCD.write(into: "\(folder)/charts"),
        Self.cilium: try StandInChart.cilium.write(into: "\(folder)/charts"),
      ]
      let tools = RealTools.runner(home: folder)
      let renderer = RepositoryRenderer(
        repository: ServedRepository(root: folder, repoURL: "https://github.com/example/platform.git"), tools: tools,
        charts: charts, catalogue: try ChartCatalogue.embedded())
      let isPreview = overlay.hasPrefix("preview")
      var cluster = try await Self.cluster(folder, charts, tools, nodes: nodes, withCilium: !isPreview)
      let root = try await tools.succeed(Kubectl.kustomize("\(folder)/bootstrap/root/\(overlay)")).text
      for object in try ManifestReader.objects(in: root, file: "root") { cluster.apply(object) }
      var order: [String] = []
      for _ in 0..<900 where cluster.healthy.count < count {
        await cluster.oneSecond(renderer)
        order += cluster.applications.filter { !order.contains($0) }
      }
      #expect(cluster.healthy.sorted() == cluster.applications.sorted())
      return order
    }
  }

  @Test(.enabled(if: RealTools.arePresent, "scripts/tools has not brought kubectl and helm"))
  func `this repository's own platform becomes synced and healthy, wave by wave`() async throws {
    let order = try await order(of: "main-production", applications: 23)
    #expect(
      order == ["platform", "local-path-provisioner", "gateway-api-crds", "cilium"] + Self.foundation + [
        "dns-config", "gateway-config", "kagent", "keda", "nats", "argocd", "intelligence", "platform-apis",
        "tenant-infrastructure", "tenant-example",
      ])
  }

  @Test(
    .enabled(if: RealTools.arePresent, "scripts/tools has not brought kubectl and helm"),
    arguments: [("main-staging", 1, 27), ("main-dev", 3, 27), ("preview-staging", 1, 23)])
  func `with observability switched on the platform comes up too, its stack with the databases`(
    _ overlay: String, _ nodes: Int, _ count: Int
  ) async throws {
    let order = try await order(of: overlay, applications: count, nodes: nodes, isObserved: true)
    #expect(order.count == count)
    let place = { (name: String) in order.firstIndex(of: name) ?? -1 }
    for name in ["alloy", "kube-prometheus-stack", "loki"] {
      #expect(place("crossplane") < place(name) && place(name) < place("foundation-configuration"), "\(name)")
    }
    #expect(place("nats") < place("robusta") && place("robusta") < place("tenant-infrastructure"))
  }

  @Test(.enabled(if: RealTools.arePresent, "scripts/tools has not brought kubectl and helm"))
  func `the preview becomes synced and healthy without what Kind brings`() async throws {
    let order = try await order(of: "preview-dev", applications: 19)
    #expect(
      order == ["platform", "gateway-api-crds"] + Self.foundation + [
        "kagent", "keda", "nats", "argocd", "intelligence", "platform-apis", "tenant-infrastructure", "tenant-example",
      ])
  }

  /// Nodes with a network, Argo CD's chart as the bootstrap applies it, and the injected credentials.
  private static func cluster(
    _ folder: String, _ charts: [ChartReference: String], _ tools: SubprocessToolRunner, nodes: Int, withCilium: Bool
  ) async throws -> PlatformCluster {
    var cluster = PlatformCluster(nodes: nodes)
    try withCilium ? cluster.bringGatewayDefinitions() : cluster.bringKind()
    for namespace in ["argocd", "external-secrets"] {
      cluster.apply(["apiVersion": "v1", "kind": "Namespace", "metadata": ["name": .string(namespace)]])
    }
    cluster.apply([
      "apiVersion": "v1", "kind": "Secret", "metadata": ["name": "aws-access-token", "namespace": "external-secrets"],
      "data": ["AWS_ACCESS_KEY_ID": "YQ==", "AWS_SECRET_ACCESS_KEY": "Yg=="],
    ])
    let installations = [
      (Self.cilium, "cilium", "kube-system", "bootstrap/cilium/values.yaml"),
      (Self.argoCD, "argocd", "argocd", "bootstrap/argocd/values.yaml"),
    ]
    for (chart, release, namespace, values) in installations where withCilium || release != "cilium" {
      let call = Helm.template(
        .path(charts[chart] ?? ""), release: release, namespace: namespace, values: ["\(folder)/\(values)"],
        includeCRDs: true)
      let objects = try ManifestReader.objects(in: try await tools.succeed(call).text, file: release)
      let isDefinition: (JSONValue) -> Bool = { $0["kind"] == "CustomResourceDefinition" }
      for object in objects.filter(isDefinition) { cluster.apply(object) }
      cluster.world.advance(to: cluster.world.now + .seconds(5))
      for object in objects where !isDefinition(object) && object["kind"] != "GatewayClass" {
        cluster.apply(object, in: namespace)
      }
    }
    return cluster
  }
}

/// A cluster in which everything runs that a platform needs.
private struct PlatformCluster {
  var world: World

  init(nodes: Int) {
    world = World(
      epoch: Date(timeIntervalSince1970: 1_700_000_000),
      controllers: World.apiControllers + World.workloadControllers + World.platformControllers)
    world.seedCluster()
    // A single control plane takes everything, so Talos gives it no taint.
    world.registerNode(name: "cp01", role: nodes == 1 ? .worker : .controlPlane, address: "203.0.113.10", taints: [])
    for number in 1..<nodes {
      world.registerNode(name: "worker0\(number)", role: .worker, address: "203.0.113.2\(number)", taints: [])
    }
    apply([
      "apiVersion": "apps/v1", "kind": "Deployment", "metadata": ["name": "coredns", "namespace": "kube-system"],
      "spec": [
        "replicas": 2, "selector": ["matchLabels": ["k8s-app": "kube-dns"]],
        "template": [
          "metadata": ["labels": ["k8s-app": "kube-dns"]],
          "spec": ["containers": [["name": "coredns", "image": "registry.k8s.io/coredns/coredns:v1.14.3"]]],
        ],
      ],
    ])
  }

  /// What the machine configuration brings before Cilium, whose operator looks for it once.
  mutating func bringGatewayDefinitions() throws {
    let source = RepositorySource(
      repoURL: "https://github.com/kubernetes-sigs/gateway-api", revision: "v1.4.1", path: "config/crd/standard")
    let entry = try ChartCatalogue.embedded().entry(for: source)
    for definition in try entry.objects(release: "", namespace: "") { apply(definition) }
    world.advance(to: world.now + .seconds(5))
  }

  /// The network, the provisioner and the class that Kind has by itself.
  mutating func bringKind() {
    let network: JSONValue = ["k8s-app": "kindnet"]
    apply([
      "apiVersion": "apps/v1", "kind": "DaemonSet", "metadata": ["name": "kindnet", "namespace": "kube-system"],
      "spec": [
        "selector": ["matchLabels": network],
        "template": [
          "metadata": ["labels": network],
          "spec": [
            "hostNetwork": true, "tolerations": [["operator": "Exists"]],
            "containers": [["name": "kindnet", "image": "docker.io/kindest/kindnetd:v1"]],
          ],
        ],
      ],
    ])
    let labels: JSONValue = ["app": "local-path-provisioner"]
    apply([
      "apiVersion": "v1", "kind": "Namespace",
      "metadata": [
        "name": "local-path-storage", "labels": ["pod-security.kubernetes.io/enforce": "privileged"],
      ],
    ])
    apply([
      "apiVersion": "apps/v1", "kind": "Deployment",
      "metadata": ["name": "local-path-provisioner", "namespace": "local-path-storage"],
      "spec": [
        "selector": ["matchLabels": labels],
        "template": [
          "metadata": ["labels": labels],
          "spec": ["containers": [["name": "provisioner", "image": "rancher/local-path-provisioner:v0.0.37"]]],
        ],
      ],
    ])
    apply([
      "apiVersion": "storage.k8s.io/v1", "kind": "StorageClass",
      "metadata": ["name": "standard", "annotations": ["storageclass.kubernetes.io/is-default-class": "true"]],
      "provisioner": "rancher.io/local-path", "volumeBindingMode": "WaitForFirstConsumer", "reclaimPolicy": "Delete",
    ])
  }

  mutating func apply(_ object: JSONValue, in namespace: String = "argocd") {
    if case .failure(let failure) = world.apply(object, manager: "zerotouch", defaultNamespace: namespace) {
      Issue.record("\(object.kindAndName): \(failure.message)")
    }
  }

  var applications: [String] { world.objects.list(.applications).map(\.key.name) }

  var healthy: [String] {
    world.objects.list(.applications).filter {
      $0.object[path: "status", "sync", "status"] == "Synced"
        && $0.object[path: "status", "health", "status"] == "Healthy"
    }.map(\.key.name)
  }

  mutating func oneSecond(_ runner: any ErrandRunner) async {
    world.advance(to: world.now + .seconds(1))
    var errands = world.takeErrands()
    while !errands.isEmpty {
      for errand in errands { world.complete(errand.id, with: await runner.perform(errand)) }
      errands = world.takeErrands()
    }
  }
}
