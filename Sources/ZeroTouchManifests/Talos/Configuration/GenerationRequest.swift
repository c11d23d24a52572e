package import ZeroTouchModel

/// What `talosctl gen config` makes configurations from.
package struct GenerationRequest: Sendable, Hashable {
  /// The style of a version of Talos: `v1.13`.
  package struct Contract: Sendable, Hashable, Comparable {
    package let major: Int
    package let minor: Int

    /// Reads `v1.13`, `1.13` or `v1.13.9`.
    package init?(_ text: String) {
      let numbers = text.drop { $0 == "v" }.split(separator: ".").map { Int($0.prefix { $0.isNumber }) ?? -1 }
      guard numbers.count >= 2, !numbers.contains(-1) else { return nil }
      (major, minor) = (numbers[0], numbers[1])
    }

    /// The style of a release of Talos.
    package init(of version: SemanticVersion) { (major, minor) = (version.major, version.minor) }

    /// Whether settings beside the first document have documents of their own: HostnameConfig, LinkConfig and others.
    package var hasOwnDocuments: Bool { (major, minor) >= (1, 12) }
    /// Whether `machine.network` is written although nothing stands in it.
    fileprivate var writesEmptyNetwork: Bool { (major, minor) < (1, 13) }

    package static func < (left: Self, right: Self) -> Bool { (left.major, left.minor) < (right.major, right.minor) }
  }

  package var clusterName: String
  package var endpoint: String
  /// The host of the endpoint.
  package var endpointHost: String
  /// The secrets bundle of `talosctl gen secrets`.
  package var secrets: JSONValue
  package var kubernetesVersion: String
  package var installDisk: String
  package var installImage: String
  package var additionalSANs: [String]
  package var contract: Contract

  package init(
    clusterName: String, endpoint: String, endpointHost: String, secrets: JSONValue, kubernetesVersion: String,
    installDisk: String, installImage: String, additionalSANs: [String], contract: Contract
  ) {
    self.clusterName = clusterName
    self.endpoint = endpoint
    self.endpointHost = endpointHost
    self.secrets = secrets
    self.kubernetesVersion = kubernetesVersion
    self.installDisk = installDisk
    self.installImage = installImage
    self.additionalSANs = additionalSANs
    self.contract = contract
  }
}

extension GenerationRequest {
  /// The configuration of a control plane or a worker.
  package func configuration(isControlPlane: Bool) -> MachineConfiguration {
    var documents = [main(isControlPlane)]
    if contract.hasOwnDocuments {
      documents.append(["apiVersion": "v1alpha1", "kind": "HostnameConfig", "auto": "stable"])
    }
    return MachineConfiguration(documents: documents)
  }

  private func main(_ isControlPlane: Bool) -> JSONValue {
    [
      "version": "v1alpha1", "debug": false, "persist": true, "machine": machine(isControlPlane),
      "cluster": cluster(isControlPlane),
    ]
  }

  private func machine(_ isControlPlane: Bool) -> JSONValue {
    var machine: JSONValue = [
      "type": isControlPlane ? "controlplane" : "worker", "token": secret("trustdinfo", "token"),
      "ca": certificate("os", isControlPlane), "certSANs": .array(additionalSANs.map(JSONValue.string)),
      "kubelet": [
        "image": .string("ghcr.io/siderolabs/kubelet:v\(kubernetesVersion)"),
        "defaultRuntimeSeccompProfileEnabled": true, "disableManifestsDirectory": true,
      ],
      "install": ["disk": .string(installDisk), "image": .string(installImage), "wipe": false],
      "features": features,
    ]
    if contract.hasOwnDocuments { machine[path: "install", "grubUseUKICmdline"] = true }
    if contract.writesEmptyNetwork { machine["network"] = [:] }
    if isControlPlane {
      machine["nodeLabels"] = ["node.kubernetes.io/exclude-from-external-load-balancers": ""]
    }
    return machine
  }

  private var features: JSONValue {
    var features: JSONValue = [
      "diskQuotaSupport": true, "kubePrism": ["enabled": true, "port": 7445],
      "hostDNS": ["enabled": true, "forwardKubeDNSToHost": true],
    ]
    if !contract.hasOwnDocuments {
      for name in ["rbac", "stableHostname", "apidCheckExtKeyUsage"] { features[name] = true }
    }
    return features
  }

  private func cluster(_ isControlPlane: Bool) -> JSONValue {
    var cluster: JSONValue = [
      "id": secret("cluster", "id"), "secret": secret("cluster", "secret"),
      "controlPlane": ["endpoint": .string(endpoint)], "clusterName": .string(clusterName),
      "network": [
        "dnsDomain": "cluster.local", "podSubnets": ["10.244.0.0/16"], "serviceSubnets": ["10.96.0.0/12"],
      ],
      "token": secret("secrets", "bootstraptoken"), "ca": certificate("k8s", isControlPlane),
      "discovery": ["enabled": true, "registries": ["kubernetes": ["disabled": true], "service": [:]]],
    ]
    for (key, value) in isControlPlane ? controlPlaneParts : [:] { cluster[key] = value }
    return cluster
  }

  private func secret(_ group: String, _ name: String) -> JSONValue { secrets[path: group, name] ?? "" }

  private func certificate(_ name: String, _ isControlPlane: Bool) -> JSONValue {
    let pair = secrets[path: "certs", name]
    return ["crt": pair?["crt"] ?? "", "key": isControlPlane ? pair?["key"] ?? "" : ""]
  }
}

extension GenerationRequest {
  private var controlPlaneParts: [String: JSONValue] {
    [
      "secretboxEncryptionSecret": secret("secrets", "secretboxencryptionsecret"),
      "aggregatorCA": certificate("k8saggregator", true),
      "serviceAccount": ["key": secrets[path: "certs", "k8sserviceaccount", "key"] ?? ""],
      "apiServer": apiServer, "controllerManager": image("kube-controller-manager"), "proxy": image("kube-proxy"),
      "scheduler": image("kube-scheduler"), "etcd": ["ca": certificate("etcd", true)],
    ]
  }

  private func image(_ name: String) -> JSONValue {
    ["image": .string("registry.k8s.io/\(name):v\(kubernetesVersion)")]
  }

  private var apiServer: JSONValue {
    var server = image("kube-apiserver")
    let own = contract.hasOwnDocuments ? [] : [endpointHost]
    let names = own + additionalSANs
    if !names.isEmpty { server["certSANs"] = .array(names.map(JSONValue.string)) }
    if !contract.hasOwnDocuments { server["disablePodSecurityPolicy"] = true }
    server["admissionControl"] = [["name": "PodSecurity", "configuration": Self.podSecurity]]
    server["auditPolicy"] = ["apiVersion": "audit.k8s.io/v1", "kind": "Policy", "rules": [["level": "Metadata"]]]
    return server
  }

  private static let podSecurity: JSONValue = [
    "apiVersion": "pod-security.admission.config.k8s.io/v1alpha1", "kind": "PodSecurityConfiguration",
    "defaults": [
      "audit": "restricted", "audit-version": "latest", "enforce": "baseline", "enforce-version": "latest",
      "warn": "restricted", "warn-version": "latest",
    ],
    "exemptions": ["namespaces": ["kube-system"], "runtimeClasses": [], "usernames": []],
  ]
}
