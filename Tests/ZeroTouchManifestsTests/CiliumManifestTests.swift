import Foundation
import TestSupport
import Testing
import ZeroTouchManifests
import ZeroTouchModel

struct CiliumManifestTests {
  private static func problems(_ text: String) throws -> [String] {
    try CiliumManifest(text: text, file: "cilium.yaml").problems().map(\.message)
  }

  @Test func `a rendering that the gates can work with has no problem`() throws {
    #expect(try Self.problems(CiliumRendering.text) == [])
  }

  @Test func `where the Gateway's address comes from is what the spec says`() throws {
    let announcing = CiliumRendering.text.replacing(
      "gateway-api-hostnetwork-enabled: \"true\"",
      with: "gateway-api-hostnetwork-enabled: \"false\"\n  enable-l2-announcements: \"true\"")
    let pool = try #require(AddressPool("192.168.1.224/28"))
    let problems = { (text: String, gateway: Network.Gateway) in
      try CiliumManifest(text: text, file: "cilium.yaml").problems(for: gateway).map(\.remedy)
    }
    #expect(try problems(announcing, .l2(pool: pool)) == [])
    #expect(
      try problems(CiliumRendering.text, .l2(pool: pool)) == [
        "set `gatewayAPI.hostNetwork.enabled: false`, in bootstrap/cilium/values.yaml",
        "set `l2announcements.enabled: true`, in bootstrap/cilium/values.yaml",
      ])
    #expect(
      try problems(announcing, .hostNetwork) == [
        "set `gatewayAPI.hostNetwork.enabled: true`, in bootstrap/cilium/values.yaml",
        "set `l2announcements.enabled: false`, in bootstrap/cilium/values.yaml",
      ])
  }

  /// What is changed in the rendering, and what is said about it.
  @Test(arguments: [
    ("kind: DaemonSet", "kind: Job", "no DaemonSet `kube-system/cilium` is rendered"),
    (
      "template:\n    metadata: {labels: {k8s-app: cilium, ", "template:\n    metadata: {labels: {", "`k8s-app: cilium`"
    ),
    ("{matchLabels: {io.cilium/app: operator, name", "{matchLabels: {name", "`io.cilium/app: operator`"),
    ("name: cilium-agent\n", "name: agent\n", "no container `cilium-agent`"),
    ("value: localhost", "value: 203.0.113.10", "looks for the Kubernetes API at `203.0.113.10:7445`"),
    ("value: \"7445\"", "value: \"6443\"", "`localhost:6443`"),
    ("replicas: 2", "replicas: 1", "has 1 replicas"),
    ("topologyKey: kubernetes.io/hostname", "topologyKey: zone", "may share a node"),
    ("requiredDuringScheduling", "preferredDuringScheduling", "may share a node"),
    ("annotations: {argocd.argoproj.io/ignore-healthcheck: \"true\"}", "annotations: {}", "counts for the health"),
    ("kind: GatewayClass", "kind: Gateway", "no GatewayClass `cilium` is rendered"),
    ("io.cilium/gateway-controller", "example.org/none", "for `example.org/none`"),
    ("kube-proxy-replacement: \"true\"", "kube-proxy-replacement: \"false\"", "`kube-proxy-replacement` is `false`"),
    ("enable-gateway-api: \"true\"", "x: y", "`enable-gateway-api` is ``"),
    ("ipam: kubernetes", "ipam: cluster-pool", "`ipam` is `cluster-pool`"),
    ("kind: Namespace", "kind: Secret", "objects lie in namespace `cilium-secrets`"),
    (
      "kind: ConfigMap",
      "kind: Secret\nmetadata: {name: cilium-ca, namespace: kube-system}\ndata: {ca.key: YQ==}\n---\nkind: ConfigMap",
      "Secret `cilium-ca` holds a generated private key"
    ),
  ])
  func `what a gate, a machine or Argo CD relies on is missed at once`(old: String, new: String, says: String) throws {
    #expect(CiliumRendering.text.contains(old), "the fixture has no `\(old)`")
    let problems = try Self.problems(CiliumRendering.text.replacing(old, with: new))
    #expect(problems.contains { $0.contains(says) }, "\(problems)")
  }

  @Test func `every problem names the value to set`() throws {
    let problems = try CiliumManifest(text: "kind: List\n", file: "cilium.yaml").problems()
    #expect(problems.count == 4)
    #expect(problems.allSatisfy { $0.remedy.hasSuffix("in bootstrap/cilium/values.yaml") })
  }
}

struct GatewayDefinitionTests {
  private static func problems(_ text: String) throws -> [String] {
    try GatewayDefinitions(text: text, file: "crds.yaml").problems(version: SemanticVersion(1, 4, 1)).map(\.message)
  }

  @Test func `the CRDs of the bundle that was asked for are taken`() throws {
    #expect(try Self.problems(CiliumRendering.definitions) == [])
  }

  @Test(.enabled(if: SharedFiles.folder("crds/gateway-api-v1.4.1") != nil, "the shared data is not here"))
  func `upstream's own CRDs are taken`() throws {
    let folder = try #require(SharedFiles.folder("crds/gateway-api-v1.4.1"))
    let names = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".yaml") }.sorted()
    let texts = try names.map { try String(contentsOfFile: "\(folder)/\($0)", encoding: .utf8) }
    #expect(try Self.problems(texts.joined(separator: "\n---\n")) == [])
  }

  @Test(arguments: [
    (
      "httproutes.gateway", "others.gateway",
      "no manifest serves `httproutes.gateway.networking.k8s.io` in version `v1`"
    ),
    ("name: v1beta1, served: true", "name: v1beta1, served: false", "`referencegrants.gateway.networking.k8s.io`"),
    ("bundle-version: v1.4.1", "bundle-version: v1.5.1", "belongs to bundle v1.5.1"),
    ("channel: standard", "channel: experimental", "channel experimental"),
  ])
  func `CRDs that Cilium would not find are refused`(old: String, new: String, says: String) throws {
    let problems = try Self.problems(CiliumRendering.definitions.replacing(old, with: new))
    #expect(problems.contains { $0.contains(says) }, "\(problems)")
  }
}

struct ChartValuesTests {
  private static let chart =
    "operator: {replicas: 2, annotations: {}, image: {tag: x}}\nhubble: {enabled: true}\nlist: []\n"

  @Test func `a key that the chart does not know is told with its place and the nearest one`() throws {
    let values = "operator:\n  replica: 2\nhubbel: {enabled: false}\n"
    let problems = try ChartValues.unknownKeys(
      in: values, file: "values.yaml", chart: Self.chart, named: "cilium 1.19.6")
    #expect(
      problems.map(\.description) == [
        """
        values.yaml:2:3: error: the chart `cilium 1.19.6` knows no value `operator.replica`, and would ignore it
          did you mean `replicas`?
        """,
        """
        values.yaml:3:1: error: the chart `cilium 1.19.6` knows no value `hubbel`, and would ignore it
          did you mean `hubble`?
        """,
      ])
  }

  @Test func `a mapping that the chart leaves empty is the user's to fill`() throws {
    let values = "operator: {annotations: {any/thing: x}}\nlist: [{a: b}]\n"
    #expect(try ChartValues.unknownKeys(in: values, file: "v", chart: Self.chart, named: "cilium").isEmpty)
  }
}

struct CiliumAdoptionTests {
  private static let application = """
    apiVersion: argoproj.io/v1alpha1
    kind: Application
    metadata: {name: cilium}
    spec:
      sources:
        - repoURL: https://helm.cilium.io
          chart: cilium
          targetRevision: 1.19.6
          helm:
            releaseName: cilium
            valueFiles: [$values/bootstrap/cilium/values.yaml]
        - {repoURL: repository, targetRevision: revision, ref: values}
      destination: {namespace: kube-system}
    """

  private static func problems(_ text: String, gateway: Network.Gateway? = nil) throws -> [String] {
    let pinned = ArtifactLock.Artifact(
      name: "cilium", version: "1.19.6", url: "https://helm.cilium.io/cilium-1.19.6.tgz", sha256: nil, size: nil,
      purpose: "")
    let adoption = ChartAdoption.cilium(ArtifactLock(artifacts: [pinned]), gateway: gateway)
    return try adoption.problems(in: text, file: "a.yaml").map {
      "\($0.location.map(\.description) ?? "") \($0.message)"
    }
  }

  @Test func `the values of announced addresses come second, and exactly where the spec asks for them`() throws {
    let announced = Self.application.replacing(
      "cilium/values.yaml]", with: "cilium/values.yaml, $values/bootstrap/cilium/gateway-l2.yaml]")
    let pool = try #require(AddressPool("192.168.1.224/28"))
    #expect(try Self.problems(announced) == [])
    #expect(try Self.problems(announced, gateway: .l2(pool: pool)) == [])
    #expect(try Self.problems(Self.application, gateway: .hostNetwork) == [])
    #expect(try Self.problems(announced, gateway: .hostNetwork).count == 1)
    #expect(
      try Self.problems(Self.application, gateway: .l2(pool: pool)) == [
        "a.yaml:11:21 the Application `cilium` takes its values from `$values/bootstrap/cilium/values.yaml` (`helm.valueFiles`), and Talos applies those of `bootstrap/cilium/values.yaml`, `bootstrap/cilium/gateway-l2.yaml`"
      ])
    let swapped = Self.application.replacing(
      "$values/bootstrap/cilium/values.yaml]",
      with: "$values/bootstrap/cilium/gateway-l2.yaml, $values/bootstrap/cilium/values.yaml]")
    #expect(try Self.problems(swapped).count == 1)
  }

  @Test func `an Application with the same chart, version and values adopts what Talos applied`() throws {
    #expect(try Self.problems(Self.application) == [])
    #expect(try Self.problems(Self.application.replacing("1.19.6", with: "versions")) == [])
    #expect(try Self.problems(Self.application.replacing("          releaseName: cilium\n", with: "")) == [])
  }

  @Test(arguments: [
    ("https://helm.cilium.io", "https://example.org", "a.yaml:6:16 the Application `cilium` takes the chart from"),
    ("1.19.6", "1.20.0", "a.yaml:8:23 the Application `cilium` takes version `1.20.0` (`targetRevision`)"),
    ("releaseName: cilium", "releaseName: net", "a.yaml:10:22 the Application `cilium` has `releaseName` `net`"),
    ("cilium/values.yaml", "cilium/other.yaml", "a.yaml:11:21 the Application `cilium` takes its values from"),
    (
      "        valueFiles: [$values/bootstrap/cilium/values.yaml]\n", "",
      "a.yaml:10:9 the Application `cilium` takes its values from nowhere"
    ),
    (
      "releaseName: cilium", "valuesObject: {a: b}",
      "a.yaml:10:9 the Application `cilium` has values of its own in `helm.valuesObject`"
    ),
    (
      "namespace: kube-system", "namespace: cilium",
      "a.yaml:13:28 the Application `cilium` has `destination.namespace` `cilium`"
    ),
  ])
  func `where the adopting Application differs is told by file and key`(old: String, new: String, says: String) throws {
    let problems = try Self.problems(Self.application.replacing(old, with: new))
    #expect(problems.contains { $0.hasPrefix(says) }, "\(problems)")
  }
}
