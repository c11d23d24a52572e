import ZeroTouchManifests
import ZeroTouchModel

/// Names and addresses by which people and machines reach a cluster.
extension Rule {
  static let addressWithoutSAN = Rule(
    "ZT203", .error, "an address that no certificate covers",
    why: "whoever connects to it is told that the certificate is for somebody else, and gives up",
    remedy: "list it in `cluster.apiServer.certSANs` for the Kubernetes API, in `machine.certSANs` for Talos's own",
    example: Example(
      wrong: "machine: {certSANs: [10.0.0.10]}   # and a talosconfig with the endpoint talos.example.org",
      right: "machine: {certSANs: [10.0.0.10, talos.example.org]}"),
    check: { survey in
      let files = survey.talosFiles
      return uncoveredServiceHosts(survey, files) + uncoveredClientAddresses(survey, files)
    })

  /// The names by which Cilium reaches the Kubernetes API and which its certificate does not cover.
  ///
  /// Talos itself adds the endpoint's host, the machines' names and their addresses.
  private static func uncoveredServiceHosts(_ survey: Survey, _ files: [TalosFile]) -> [Violation] {
    let machines = files.filter { $0.isWhole && $0.configuration.isControlPlane && !$0.isEncrypted }
    guard !machines.isEmpty, files.allSatisfy({ $0.isWhole && !$0.deletesDocuments }) else { return [] }
    let covered = Set(machines.flatMap(\.kubernetesNames))
    return CiliumValues.all(in: survey).compactMap { values in
      guard let host = values["k8sServiceHost"]?.text, host.contains("."), IPAddress(host) == nil,
        !SecretText.isReference(host), !covered.contains(host), !host.hasPrefix("kubernetes.default")
      else { return nil }
      return Violation(
        at: values.place("k8sServiceHost"),
        "the host `\(host)` is not among the names of the Kubernetes API's certificate")
    }
  }

  /// What a talosconfig connects to and the machines' own certificates do not cover.
  private static func uncoveredClientAddresses(_ survey: Survey, _ files: [TalosFile]) -> [Violation] {
    let whole = files.filter { $0.isWhole && $0.configuration.isControlPlane && !$0.isEncrypted }
    // A patch may add names, and addresses that DHCP gives are covered without being written.
    guard !whole.isEmpty, whole.count == files.count(where: { $0.configuration.isControlPlane || !$0.isWhole }) else {
      return []
    }
    let covered = Set(whole.flatMap { $0.configuration.certSANs + $0.addresses })
    let givesAll = whole.allSatisfy(\.namesItsAddresses)
    return survey.tree.files.flatMap(\.documents).flatMap { document -> [Violation] in
      guard document["kind"] == nil, let contexts = document["contexts"]?.entries else { return [] }
      return contexts.flatMap { context in
        (context.value["endpoints"]?.items ?? []).enumerated().compactMap { index, item in
          guard let text = item.text, !covered.contains(text), !SecretText.isReference(text),
            IPAddress(text) == nil || givesAll, !["127.0.0.1", "localhost"].contains(text)
          else { return nil }
          return Violation(
            at: context.value.place(at: ["endpoints", String(index)]),
            "the endpoint `\(text)` of the context `\(context.key)` is not among the names of the machines' certificates"
          )
        }
      }
    }
  }

  static let excludedFromLoadBalancers = Rule(
    "ZT212", .error, "the only machine is left out of load balancing",
    why: "who announces addresses passes nodes with this label by: on the only one no address is ever answered for",
    remedy: "take the label away: `node.kubernetes.io/exclude-from-external-load-balancers: {$patch: delete}`",
    example: Example(
      wrong: "nodeLabels: {node.kubernetes.io/exclude-from-external-load-balancers: \"\"}   # and one machine",
      right: "nodeLabels: {topology.kubernetes.io/zone: fsn1}"),
    check: { survey in
      let label = "node.kubernetes.io/exclude-from-external-load-balancers"
      let inventory = MachineInventory(survey)
      guard survey.announcesAddresses else { return [] }
      return survey.eachTalosFile { talos in
        let name = talos.clusterName
        let machines = inventory.clusters[name] ?? inventory.only
        guard machines?.count == 1, talos.node("machine", "nodeLabels")?[label]?.scalar != nil else { return nil }
        return Violation(
          at: talos.place("machine", "nodeLabels", label), "the only machine carries the label `\(label)`")
      }
    })

  private static let providers: Set<String> = [
    "hcloud-cloud-controller-manager", "hetzner-cloud-controller-manager", "aws-cloud-controller-manager",
    "openstack-cloud-controller-manager", "digitalocean-cloud-controller-manager", "vsphere-cpi",
    "cloud-provider-azure", "proxmox-cloud-controller-manager", "oci-cloud-controller-manager",
    "scaleway-cloud-controller-manager", "vultr-cloud-controller-manager", "ccm-linode",
  ]

  static let externalProviderUnset = Rule(
    "ZT211", .error, "a cloud controller beside machines that do not expect one",
    why:
      "kubelets that are not told to wait for it register without a provider's id: no addresses, zones or load balancers",
    remedy: "set `cluster.externalCloudProvider.enabled: true`",
    example: Example(
      wrong: "cluster: {clusterName: main}   # and Argo CD installs hcloud-cloud-controller-manager",
      right: "cluster: {clusterName: main, externalCloudProvider: {enabled: true}}"),
    check: { survey in
      guard let controller = survey.cloudController(of: providers) else { return [] }
      let files = survey.talosFiles
      let isExpected = files.contains {
        $0.node("cluster", "externalCloudProvider", "enabled")?.scalar == .bool(true)
          || $0.node("machine", "kubelet", "extraArgs", "cloud-provider")?.text == "external"
      }
      guard !isExpected else { return [] }
      return files.compactMap { talos in
        let says = talos.node("cluster", "externalCloudProvider", "enabled")?.scalar
        guard says == .bool(false) || (says == nil && talos.isWhole && talos.configuration.isControlPlane) else {
          return nil
        }
        return Violation(
          at: talos.place("cluster", "externalCloudProvider", "enabled"),
          "`\(controller)` is installed, and the machines expect no cloud provider")
      }
    })
}

extension TalosFile {
  /// The names that the certificate of the Kubernetes API covers.
  fileprivate var kubernetesNames: [String] {
    let extra = document("KubeAPIServerConfig")?["certExtraSANs"]?.items ?? []
    return configuration.kubernetesSANs + extra.compactMap(\.text)
      + [endpointHost, configuration.hostname].compactMap(\.self)
  }

  private var interfaces: [LocatedYAML] { node("machine", "network", "interfaces")?.items ?? [] }

  /// The addresses it gives the machine, without their prefixes.
  fileprivate var addresses: [String] {
    let documents = file.documents
    let links = documents.filter { $0["kind"]?.text == "LinkConfig" }.flatMap { $0["addresses"]?.items ?? [] }
    let shared = documents.filter { $0["kind"]?.text == "Layer2VIPConfig" }.map { $0["name"] }
    var texts = interfaces.flatMap { $0["addresses"]?.items ?? [] }.map(\.text)
    texts += interfaces.map { $0["vip"]?["ip"]?.text } + links.map { $0["address"]?.text } + shared.map { $0?.text }
    return texts.compactMap { $0?.split(separator: "/").first.map(String.init) }
  }

  /// Whether it gives every address itself and leaves none to DHCP.
  fileprivate var namesItsAddresses: Bool {
    !addresses.isEmpty && !interfaces.contains { $0["dhcp"]?.scalar == .bool(true) }
      && !file.documents.contains { $0["kind"]?.text?.hasPrefix("DHCP") == true }
  }
}

extension Survey {
  /// Whether something here gives Services addresses of the nodes' network.
  fileprivate var announcesAddresses: Bool {
    let kinds: Set = [
      "CiliumLoadBalancerIPPool", "CiliumL2AnnouncementPolicy", "IPAddressPool", "L2Advertisement",
    ]
    let isTold = settings(of: ["metallb"]).contains { $0["speaker", "ignoreExcludeLB"]?.scalar == .bool(true) }
    return !isTold && clusters.contains { $0.objects.contains { kinds.contains($0.manifest.kind) } }
  }

  /// The cloud controller that some Application installs, if one does.
  fileprivate func cloudController(of known: Set<String>) -> String? {
    let charts = applications.flatMap(\.application.sources).compactMap(\.chart)
    let workloads = placed(["Deployment", "DaemonSet"]).map(\.object.manifest.name)
    return (charts + workloads).sorted().first(where: known.contains)
  }
}
