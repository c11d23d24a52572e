import Testing

@testable import ZeroTouchValidation

struct TalosRuleTests {
  private static let machine = """
    version: v1alpha1
    machine:
      type: controlplane
      install:
        diskSelector: {serial: S4EVNX0R}
        image: ghcr.io/siderolabs/installer:v1.13.9
      kubelet:
        image: ghcr.io/siderolabs/kubelet:v1.36.3
      features:
        kubePrism: {enabled: true, port: 7445}
        hostDNS:
          enabled: true
          forwardKubeDNSToHost: false
    cluster:
      clusterName: main
      controlPlane: {endpoint: https://10.0.0.1:6443}
      allowSchedulingOnControlPlanes: true
      network:
        cni: {name: none}
      proxy: {disabled: true}
      inlineManifests:
        - name: one
          contents: a
        - name: two
          contents: b
    """

  private func found(_ rule: Rule, _ old: String = "", _ new: String = "", more: [String: String] = [:]) async throws
    -> [String]
  {
    let text = old.isEmpty ? Self.machine : Self.machine.replacing(old, with: new)
    return try await findings(more.merging(["cp01.yaml": text]) { $1 }, rule)
  }

  @Test func `keys of machines in clear are found, and references are not`() async throws {
    #expect(
      try await found(
        .machineSecretsInClear, "  type: controlplane\n", "  type: controlplane\n  token: a1b2c3.d4e5f6g7h8\n") == [
          "ZT204 cp01.yaml:4"
        ])
    #expect(
      try await found(
        .machineSecretsInClear, "  type: controlplane\n", "  type: controlplane\n  token: ${TOKEN_OF_MACHINE}\n") == [])
    let bundle = "cluster: {id: a}\nsecrets: {bootstraptoken: a}\ncerts:\n  os:\n    crt: LS0tLS1C\n    key: LS0tLS1C\n"
    #expect(try await findings(["secrets.yaml": bundle], .machineSecretsInClear) == ["ZT204 secrets.yaml:6"])
    #expect(try await findings(["secrets.yaml": bundle + "sops: {mac: a}\n"], .machineSecretsInClear) == [])
  }

  @Test func `a talosconfig with its key is found`() async throws {
    let text = "context: main\ncontexts:\n  main:\n    endpoints: [10.0.0.1]\n    key: "
    #expect(
      try await findings(["a.yaml": "a: 1", "clusters/talosconfig": text + "LS0tLS1CRUdJTg=="], .talosconfigInClear)
        == ["ZT205 clusters/talosconfig:5"])
    #expect(try await findings(["a.yaml": "a: 1", "clusters/talosconfig": text + "\"\""], .talosconfigInClear) == [])
  }

  @Test func `two clusters with one authority are found`() async throws {
    func cluster(_ name: String, _ ca: String) -> String {
      "version: v1alpha1\nmachine: {type: worker}\ncluster:\n  clusterName: \(name)\n  ca: {crt: \(ca)}\n"
    }
    #expect(
      try await findings(["a.yaml": cluster("dev", "LS0tLS1C"), "b.yaml": cluster("prod", "LS0tLS1C")], .samePKI) == [
        "ZT206 b.yaml:5"
      ])
    #expect(
      try await findings(["a.yaml": cluster("dev", "LS0tLS1C"), "b.yaml": cluster("dev", "LS0tLS1C")], .samePKI) == [])
    #expect(
      try await findings(["a.yaml": cluster("dev", "LS0tLS1C"), "b.yaml": cluster("prod", "LS0tLS1D")], .samePKI) == [])
  }

  @Test func `two environments with one authority are found, in configurations and bundles`() async throws {
    func bundle(_ ca: String) -> String {
      "cluster: {id: a}\nsecrets: {bootstraptoken: a}\ncerts:\n  os: {crt: a}\n  k8s: {crt: \(ca)}\n"
    }
    let same = ["dev/secrets.yaml": bundle("LS0tLS1C"), "production/secrets.yaml": bundle("LS0tLS1C")]
    #expect(try await findings(same, .samePKI) == ["ZT206 production/secrets.yaml:5"])
    let apart = ["dev/secrets.yaml": bundle("LS0tLS1C"), "production/secrets.yaml": bundle("LS0tLS1D")]
    #expect(try await findings(apart, .samePKI) == [])
    let encrypted = ["dev/a.yaml": bundle("\"ENC[AES256_GCM]\""), "prod/a.yaml": bundle("\"ENC[AES256_GCM]\"")]
    #expect(try await findings(encrypted, .samePKI) == [])
  }

  @Test func `an old field beside its document is found`() async throws {
    let document = "\n---\napiVersion: v1alpha1\nkind: HostnameConfig\nhostname: cp01\n"
    let field = "machine:\n  network: {hostname: cp01}\n"
    #expect(try await findings(["a.yaml": field + document.dropFirst()], .oldBesideNew) == ["ZT207 a.yaml:2"])
    #expect(try await findings(["a.yaml": Self.machine + document], .oldBesideNew) == [])
  }

  @Test func `a version that differs between machines, or from the API server beside it, is found`() async throws {
    let other = [
      "worker.yaml": Self.machine.replacing("controlplane", with: "worker").replacing(
        "kubelet:v1.36.3", with: "kubelet:v1.35.4")
    ]
    #expect(try await found(.versionSkew, more: other) == ["ZT209 worker.yaml:8"])
    #expect(try await found(.versionSkew, more: ["worker.yaml": Self.machine]) == [])
    let older = ["worker.yaml": Self.machine.replacing("installer:v1.13.9", with: "installer:v1.13.2")]
    #expect(try await found(.versionSkew, more: older) == ["ZT209 worker.yaml:6"])
    let server = "cluster:\n  apiServer: {image: registry.k8s.io/kube-apiserver:v1.35.1}"
    #expect(try await found(.versionSkew, "cluster:", server) == ["ZT209 cp01.yaml:8"])
  }

  @Test func `a disk by a name that can change is found`() async throws {
    #expect(
      try await found(.unstableDisk, "diskSelector: {serial: S4EVNX0R}", "disk: /dev/sda") == ["ZT210 cp01.yaml:5"])
    #expect(try await found(.unstableDisk, "diskSelector: {serial: S4EVNX0R}", "disk: /dev/disk/by-id/ata-1") == [])
  }

  @Test func `a single machine that runs no pods is found`() async throws {
    let no = "allowSchedulingOnControlPlanes: false"
    #expect(
      try await found(.loneNodeCannotSchedule, "allowSchedulingOnControlPlanes: true", no) == ["ZT213 cp01.yaml:17"])
    #expect(try await found(.loneNodeCannotSchedule) == [])
    let worker = ["worker.yaml": Self.machine.replacing("controlplane", with: "worker")]
    #expect(try await found(.loneNodeCannotSchedule, "allowSchedulingOnControlPlanes: true", no, more: worker) == [])
  }

  @Test func `inline manifests of one name, and those with a private key, are found`() async throws {
    #expect(try await found(.inlineManifestTwice, "name: two", "name: one") == ["ZT216 cp01.yaml:24"])
    #expect(try await found(.inlineManifestTwice) == [])
    #expect(
      try await found(.inlinePrivateKey, "contents: b", "contents: \"ca.key: LS0tLS1CRUdJTiBSU0EgUFJJVkFURSBLRVk\"")
        == ["ZT217 cp01.yaml:25"])
    #expect(try await found(.inlinePrivateKey) == [])
  }

  @Test func `names forwarded to a resolver that is off, and kernel arguments that exclude each other, are found`()
    async throws
  {
    #expect(
      try await found(
        .hostDNSForwardsToNothing, "enabled: true\n      forwardKubeDNSToHost: false",
        "enabled: false\n      forwardKubeDNSToHost: true") == ["ZT218 cp01.yaml:13"])
    #expect(try await found(.hostDNSForwardsToNothing) == [])
    let both = "install:\n    grubUseUKICmdline: true\n    extraKernelArgs: [net.ifnames=0]"
    #expect(try await found(.kernelArgumentsTwice, "install:", both) == ["ZT221 cp01.yaml:6"])
    #expect(try await found(.kernelArgumentsTwice, "install:", "install:\n    grubUseUKICmdline: true") == [])
  }

  private static let values = """
    kubeProxyReplacement: true
    k8sServiceHost: localhost
    k8sServicePort: 7445
    hubble: {enabled: false}
    cgroup: {autoMount: {enabled: false}}
    securityContext: {capabilities: {ciliumAgent: [NET_ADMIN]}}
    gatewayAPI: {enabled: true, gatewayClass: {create: "true"}}
    """

  private func cilium(
    _ rule: Rule, _ old: String = "", _ new: String = "", machine: [String] = [], version: String = "1.19.6",
    gateway: String = "v1.4.1"
  ) async throws -> [String] {
    let values = (old.isEmpty ? Self.values : Self.values.replacing(old, with: new)).split(separator: "\n").map {
      "    \($0)"
    }
    let chart =
      "source:\n  repoURL: https://helm.cilium.io\n  chart: cilium\n  targetRevision: \(version)\n  helm:\n    valuesObject:\n"
    let crds =
      "source: {repoURL: https://github.com/kubernetes-sigs/gateway-api, path: config/crd/standard, targetRevision: \(gateway)}"
    let text = machine.isEmpty ? Self.machine : Self.machine.replacing(machine[0], with: machine[1])
    return try await findings(
      [
        "apps/cilium.yaml": application("cilium", spec: chart + values.map { "  \($0)" }.joined(separator: "\n")),
        "apps/gateway.yaml": application("gateway", spec: crds), "cp01.yaml": text,
      ], rule)
  }

  @Test func `a second network and kube-proxy beside Cilium are found`() async throws {
    #expect(
      try await cilium(.otherCNI, machine: ["cni: {name: none}", "cni: {name: flannel}"]) == ["ZT201 cp01.yaml:19"])
    #expect(
      try await cilium(.otherCNI, machine: ["    cni: {name: none}", "    dnsDomain: a"]) == ["ZT201 cp01.yaml:18"])
    #expect(try await cilium(.otherCNI) == [])
    #expect(
      try await cilium(.kubeProxyLeftOn, machine: ["disabled: true", "disabled: false"]) == ["ZT202 cp01.yaml:20"])
    #expect(try await cilium(.kubeProxyLeftOn) == [])
    #expect(
      try await cilium(
        .kubeProxyLeftOn, "kubeProxyReplacement: true", "kubeProxyReplacement: false",
        machine: ["disabled: true", "disabled: false"]) == [])
  }

  @Test func `what Cilium finds otherwise on the machines than its values say is found`() async throws {
    let forward = ["forwardKubeDNSToHost: false", "forwardKubeDNSToHost: true"]
    #expect(
      try await cilium(.hostDNSBehindBPF, "hubble:", "bpf: {masquerade: true}\nhubble:", machine: forward) == [
        "ZT214 cp01.yaml:13"
      ])
    #expect(try await cilium(.hostDNSBehindBPF, machine: forward) == [])
    #expect(try await cilium(.kubePrismElsewhere, "7445", "6443") == ["ZT236 cp01.yaml:10"])
    #expect(try await cilium(.kubePrismElsewhere) == [])
    #expect(
      try await cilium(.moduleCapability, "[NET_ADMIN]", "[NET_ADMIN, SYS_MODULE]") == ["ZT237 apps/cilium.yaml:20"])
    #expect(try await cilium(.moduleCapability) == [])
  }

  @Test func `values that the chart does not know, refuses or makes anew are found`() async throws {
    #expect(try await cilium(.valueUnknownToChart, "autoMount", "automount") == ["ZT231 apps/cilium.yaml:19"])
    #expect(try await cilium(.valueUnknownToChart) == [])
    #expect(try await cilium(.gatewayClassCreate, "\"true\"", "true") == ["ZT232 apps/cilium.yaml:21"])
    #expect(try await cilium(.gatewayClassCreate) == [])
    #expect(
      try await cilium(.generatedCertificates, "hubble: {enabled: false}", "hubble: {enabled: true}") == [
        "ZT233 apps/cilium.yaml:18"
      ])
    #expect(try await cilium(.generatedCertificates) == [])
    #expect(
      try await cilium(.generatedCertificates, "hubble: {enabled: false}", "hubble: {tls: {auto: {method: cronJob}}}")
        == [])
  }

  @Test(arguments: [("1.19.6", "v1.5.1"), ("1.20.0", "v1.4.1")])
  func `a Cilium and a Gateway API that crash each other are found`(_ cilium: String, _ gateway: String) async throws {
    #expect(try await self.cilium(.gatewayPair, version: cilium, gateway: gateway) == ["ZT234 apps/cilium.yaml:12"])
    #expect(try await self.cilium(.gatewayPair) == [])
    #expect(try await self.cilium(.gatewayPair, version: "1.20.0", gateway: "v1.6.1") == [])
  }
}
