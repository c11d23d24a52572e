import Testing

@testable import ZeroTouchValidation

/// Machines beside what they are reached by, and beside what is installed on them.
struct MachineNetworkRuleTests {
  private static let machine = """
    version: v1alpha1
    machine:
      type: controlplane
      certSANs: [203.0.113.10]
      install:
        diskSelector: {serial: S4EVNX0R}
        image: ghcr.io/siderolabs/installer:v1.11.6
      nodeLabels:
        topology.kubernetes.io/zone: fsn1
      network:
        hostname: cp01
        interfaces:
          - interface: eno1
            addresses: [10.0.0.10/24]
    cluster:
      clusterName: main
      controlPlane: {endpoint: "https://k8s.example.org:6443"}
      apiServer:
        certSANs: [k8s.example.org]
      network:
        cni: {name: none}
    """

  private func found(_ rule: Rule, _ old: String = "", _ new: String = "", more: [String: String] = [:]) async throws
    -> [String]
  {
    let text = old.isEmpty ? Self.machine : Self.machine.replacing(old, with: new)
    return try await findings(more.merging(["cp01.yaml": text]) { $1 }, rule)
  }

  private func chart(_ name: String, _ version: String = "1.19.6", values: String) -> String {
    let lines = values.split(separator: "\n").map { "      \($0)" }.joined(separator: "\n")
    return application(
      name,
      spec:
        "source:\n  repoURL: https://charts.example.org\n  chart: \(name)\n  targetRevision: \(version)\n  helm:\n    valuesObject:\n\(lines)"
    )
  }

  @Test func `a host by which Cilium reaches the API and that no certificate covers is found`() async throws {
    func cilium(_ host: String) -> [String: String] {
      ["cilium.yaml": chart("cilium", values: "k8sServiceHost: \(host)")]
    }
    #expect(try await found(.addressWithoutSAN, more: cilium("api.example.org")) == ["ZT203 cilium.yaml:15"])
    #expect(try await found(.addressWithoutSAN, more: cilium("k8s.example.org")) == [])
    #expect(try await found(.addressWithoutSAN, more: cilium("localhost")) == [])
    let none = ["certSANs: [k8s.example.org]", "certSANs: [10.0.0.10]"]
    #expect(
      try await found(.addressWithoutSAN, none[0], none[1], more: cilium("k8s.example.org")) == [],
      "Talos adds the endpoint's host itself")
    let patch = cilium("api.example.org").merging(["patch.yaml": "cluster: {apiServer: {certSANs: [a]}}\n"]) { $1 }
    #expect(try await found(.addressWithoutSAN, more: patch) == [], "a patch may add it")
  }

  @Test func `an address that talosctl is told and the machines do not know is found`() async throws {
    func client(_ endpoint: String) -> [String: String] {
      ["talosconfig.yaml": "context: main\ncontexts:\n  main:\n    endpoints:\n      - \(endpoint)\n"]
    }
    #expect(
      try await found(.addressWithoutSAN, more: client("talos.example.org")) == ["ZT203 talosconfig.yaml:5"])
    #expect(try await found(.addressWithoutSAN, more: client("203.0.113.99")) == ["ZT203 talosconfig.yaml:5"])
    #expect(try await found(.addressWithoutSAN, more: client("203.0.113.10")) == [])
    #expect(try await found(.addressWithoutSAN, more: client("10.0.0.10")) == [])
    let dhcp = "- interface: eno1\n        dhcp: true"
    #expect(
      try await found(.addressWithoutSAN, "- interface: eno1", dhcp, more: client("203.0.113.99")) == [],
      "DHCP may give it")
  }

  @Test func `the only machine left out of load balancing is found where addresses are announced`() async throws {
    let label = "node.kubernetes.io/exclude-from-external-load-balancers: \"\""
    let pool = [
      "lb/pool.yaml":
        "apiVersion: metallb.io/v1beta1\nkind: IPAddressPool\nmetadata: {name: a}\nspec: {addresses: [10.0.0.20/32]}\n",
      "root.yaml": application(
        "lb", spec: "source: {repoURL: https://github.com/a/own.git, path: lb, targetRevision: main}"),
    ]
    let zone = "topology.kubernetes.io/zone: fsn1"
    #expect(try await found(.excludedFromLoadBalancers, zone, label, more: pool) == ["ZT212 cp01.yaml:9"])
    #expect(try await found(.excludedFromLoadBalancers, more: pool) == [])
    #expect(try await found(.excludedFromLoadBalancers, zone, label) == [], "nothing announces addresses")
    let second = Self.machine.replacing("hostname: cp01", with: "hostname: cp02")
    let two = pool.merging(["cp02.yaml": second]) { $1 }
    #expect(try await found(.excludedFromLoadBalancers, zone, label, more: two) == [])
    #expect(
      try await found(.excludedFromLoadBalancers, zone + "\n  network:\n    hostname: cp01", label, more: pool) == [],
      "a file without a host name may be that of many machines")
  }

  @Test func `a cloud controller beside machines that expect none is found`() async throws {
    let controller = ["ccm.yaml": chart("hcloud-cloud-controller-manager", values: "networking: {enabled: true}")]
    #expect(try await found(.externalProviderUnset, more: controller) == ["ZT211 cp01.yaml:15"])
    #expect(
      try await found(
        .externalProviderUnset, "  clusterName: main", "  clusterName: main\n  externalCloudProvider: {enabled: true}",
        more: controller) == [])
    #expect(try await found(.externalProviderUnset) == [])
  }

  @Test(arguments: [
    ("cni: {name: none}", "cni: {name: cilium}", 21),
    ("cni: {name: none}", "cni: {name: none, urls: [https://a.b]}", 21),
    ("    diskSelector: {serial: S4EVNX0R}\n", "", 5), ("version: v1alpha1", "version: v1alpha1\npersist: false", 2),
    ("  nodeLabels:", "  nodeTaints: {dedicated: \"gpu:Never\"}\n  nodeLabels:", 8),
    ("type: controlplane", "type: worker\n  ca: {key: LS0tLS1C}", 4),
  ])
  func `what Talos refuses is found`(_ old: String, _ new: String, _ line: Int) async throws {
    #expect(try await found(.machineRefused, old, new) == ["ZT219 cp01.yaml:\(line)"])
    #expect(try await found(.machineRefused) == [])
  }

  @Test func `a worker with etcd or a shared address is found, and a disk that a patch names is enough`() async throws {
    let etcd = Self.machine.replacing("controlplane", with: "worker").replacing(
      "cluster:", with: "cluster:\n  etcd: {}")
    #expect(try await findings(["w.yaml": etcd], .machineRefused) == ["ZT219 w.yaml:16"])
    let vip = Self.machine.replacing("controlplane", with: "worker").replacing(
      "addresses: [10.0.0.10/24]", with: "vip: {ip: 10.0.0.9}")
    #expect(try await findings(["w.yaml": vip], .machineRefused) == ["ZT219 w.yaml:14"])
    let patch = ["patch.yaml": "machine: {install: {disk: /dev/disk/by-id/ata-1}}\n"]
    #expect(try await found(.machineRefused, "    diskSelector: {serial: S4EVNX0R}\n", "", more: patch) == [])
  }

  @Test func `replicas that require more machines than there are are found`() async throws {
    func cilium(_ values: String) -> [String: String] { ["cilium.yaml": chart("cilium", values: values)] }
    #expect(
      try await found(.replicasWithoutMachines, more: cilium("operator:\n  replicas: 2")) == ["ZT235 cilium.yaml:16"])
    #expect(
      try await found(.replicasWithoutMachines, more: cilium("hubble: {enabled: false}")) == ["ZT235 cilium.yaml:11"])
    #expect(try await found(.replicasWithoutMachines, more: cilium("operator: {replicas: 1}")) == [])
    let ignored = "operator: {replicas: 2, annotations: {argocd.argoproj.io/ignore-healthcheck: \"true\"}}"
    #expect(try await found(.replicasWithoutMachines, more: cilium(ignored)) == [])
    #expect(
      try await findings(cilium("operator: {replicas: 2}"), .replicasWithoutMachines) == [],
      "how many machines is not known")
  }

  @Test func `a workload that wants more machines than there are is found`() async throws {
    func parts(_ term: String) -> [String: String] {
      [
        "root.yaml": application(
          "web", spec: "source: {repoURL: https://github.com/a/own.git, path: web, targetRevision: main}"),
        "web/all.yaml": """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web}
        spec:
          replicas: 2
          template:
            metadata: {labels: {app: web}}
            spec:
              affinity:
                podAntiAffinity:
                  \(term):
                    - topologyKey: kubernetes.io/hostname
                      labelSelector: {matchLabels: {app: web}}
        """,
      ]
    }
    let required = "requiredDuringSchedulingIgnoredDuringExecution"
    #expect(try await found(.replicasWithoutMachines, more: parts(required)) == ["ZT235 web/all.yaml:5"])
    #expect(
      try await found(.replicasWithoutMachines, more: parts("preferredDuringSchedulingIgnoredDuringExecution")) == [])
  }

  @Test func `an inline Cilium of another version than the Application's is found`() async throws {
    func inline(_ version: String) -> String {
      "cluster:\n  inlineManifests:\n    - name: cilium\n      contents: \"image: quay.io/cilium/cilium:v\(version)@sha256:ab\""
    }
    let chart = ["cilium.yaml": chart("cilium", values: "operator: {replicas: 1}")]
    #expect(try await found(.inlineVersionDiffers, "cluster:", inline("1.18.5"), more: chart) == ["ZT239 cp01.yaml:18"])
    #expect(try await found(.inlineVersionDiffers, "cluster:", inline("1.19.6"), more: chart) == [])
  }

  @Test func `a Gateway whose class Cilium does not make is found`() async throws {
    func files(_ values: String, _ more: String = "") -> [String: String] {
      [
        "apps/cilium.yaml": chart("cilium", values: values),
        "apps/edge.yaml": application(
          "edge", spec: "source: {repoURL: https://github.com/a/own.git, path: edge, targetRevision: main}"),
        "edge/gateway.yaml":
          "apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {name: edge}\nspec: {gatewayClassName: cilium}\n"
          + more,
      ]
    }
    #expect(
      try await findings(files("gatewayAPI: {enabled: false}"), .gatewayClassNotRendered) == [
        "ZT240 apps/cilium.yaml:15"
      ])
    let never = "gatewayAPI:\n  enabled: true\n  gatewayClass: {create: \"false\"}"
    #expect(try await findings(files(never), .gatewayClassNotRendered) == ["ZT240 apps/cilium.yaml:17"])
    #expect(try await findings(files("gatewayAPI: {enabled: true}"), .gatewayClassNotRendered) == [])
    let own =
      "---\napiVersion: gateway.networking.k8s.io/v1\nkind: GatewayClass\nmetadata: {name: cilium}\nspec: {controllerName: a}\n"
    #expect(try await findings(files(never, own), .gatewayClassNotRendered) == [])
  }

  @Test func `a cluster mesh whose certificates are new with every rendering is found`() async throws {
    let mesh = "hubble: {enabled: false}\nclustermesh:\n  useAPIServer: true"
    #expect(
      try await findings(["c.yaml": chart("cilium", values: mesh)], .generatedCertificates) == ["ZT233 c.yaml:16"])
    let job = mesh + "\n  apiserver: {tls: {auto: {method: cronJob}}}"
    #expect(try await findings(["c.yaml": chart("cilium", values: job)], .generatedCertificates) == [])
  }
}
