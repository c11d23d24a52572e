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

  @Test(.enabled(if: RealTools.arePresent, "scripts/tools has not brought kubectl and helm"))
  func `this repository's own platform becomes synced and healthy, wave by wave`() async throws {
    try await withTemporaryFolder { folder in
      try copyRepository(to: folder)
      let charts = [
        Self.argoCD: try StandInChart.argoCD.write(into: "\(folder)/charts"),
        Self.cilium: try StandInChart.cilium.write(into: "\(folder)/charts"),
      ]
      let tools = RealTools.runner(home: folder)
      let renderer = RepositoryRenderer(
        repository: ServedRepository(root: folder, repoURL: "https://github.com/example/platform.git"), tools: tools,
        charts: charts, catalogue: try ChartCatalogue.embedded())
      var cluster = try await Self.cluster(folder, charts, tools)
      let root = try await tools.succeed(Kubectl.kustomize("\(folder)/bootstrap/root/main")).text
      for object in try ManifestReader.objects(in: root, file: "root") { cluster.apply(object) }

      var order: [String] = []
      for _ in 0..<600 where cluster.healthy.count < 8 {
        await cluster.oneSecond(renderer)
        order += cluster.applications.filter { !order.contains($0) }
      }
      #expect(cluster.healthy.sorted() == cluster.applications.sorted())
      #expect(
        order == [
          "platform", "local-path-provisioner", "gateway-api-crds", "cilium", "external-secrets",
          "aws-parameter-store", "crossplane", "argocd",
        ])
    }
  }

  /// Two nodes with a network, Argo CD's chart as the bootstrap applies it, and the injected credentials.
  private static func cluster(
    _ folder: String, _ charts: [ChartReference: String], _ tools: SubprocessToolRunner
  ) async throws -> PlatformCluster {
    var cluster = PlatformCluster()
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
    for (chart, release, namespace, values) in installations {
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

  init() {
    world = World(
      epoch: Date(timeIntervalSince1970: 1_700_000_000),
      controllers: World.apiControllers + World.workloadControllers + World.platformControllers)
    world.seedCluster()
    world.registerNode(name: "cp01", role: .controlPlane, address: "203.0.113.10", taints: [])
    world.registerNode(name: "worker01", role: .worker, address: "203.0.113.20", taints: [])
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
