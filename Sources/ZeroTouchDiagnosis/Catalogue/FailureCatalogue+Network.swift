extension FailureCatalogue {
  /// What keeps nodes from being Ready.
  static let network: [KnownFailure] = [
    KnownFailure(
      "kind-without-network", "the nodes of kind stay NotReady",
      when: [
        [Sign(.node, says: "cni plugin not initialized", "made by kind")],
        [Sign(.node, says: "NetworkReady=false", "made by kind")],
      ],
      cause: "kind was told `disableDefaultCNI: true`, and nothing else brings a network",
      remedy: "install a network plugin, and do not let `kind create cluster` wait for the nodes before that",
      source: "kind's documentation of disableDefaultCNI"),
    KnownFailure(
      "no-network-plugin", "the kubelet says node not ready, and the machine reboots every ten minutes",
      when: [
        [
          Sign(.node, says: "cni plugin not initialized", without: "made by kind"),
          Sign(.workload, says: "does not exist", of: "DaemonSet kube-system/cilium"),
        ],
        [Sign(.said, says: "retrying error: node not ready")],
      ],
      cause: "Talos was told to bring no network plugin, and nobody brought Cilium",
      remedy: "have Cilium in the inline manifests of every control plane; zerotouch renders it there",
      source: "Talos' documentation of Cilium: without a network it reboots after ten minutes"),
    KnownFailure(
      "kubeprism-off", "cilium-agent ends: connection refused, or no such host, at localhost:7445",
      when: [
        [Sign(.log, .pod, .said, says: "7445", "connection refused")],
        [Sign(.log, .pod, .said, says: "7445", "no such host")],
      ],
      cause: "the agent looks for the API at KubePrism, which is off or listens at another port",
      remedy: "set machine.features.kubePrism to enabled, port 7445, or give Cilium the port that is set "
        + "(k8sServiceHost, k8sServicePort)",
      source: "Talos' documentation of KubePrism and Cilium"),
    KnownFailure(
      "capabilities-refused", "cilium-agent: unable to apply caps … operation not permitted",
      when: [
        [Sign(.log, .pod, .event, .said, says: "unable to apply caps")],
        [Sign(.log, .pod, .event, .said, says: "SYS_MODULE", "operation not permitted")],
      ],
      cause: "the chart's usual capabilities hold SYS_MODULE, which Talos gives to nobody",
      remedy: "set securityContext.capabilities of Cilium's agent and clean-up to the lists for Talos, as "
        + "bootstrap/cilium/values.yaml has them",
      source: "Talos' documentation of Cilium"),
    KnownFailure(
      "cilium-definitions-missing", "cilium-agent: Waiting until all Cilium CRDs are available",
      when: [[Sign(.log, .said, says: "Waiting until all Cilium CRDs are available")]],
      cause: "Cilium's operator registers the definitions, and it does not run",
      remedy: "look at the pods of kube-system/cilium-operator: a taint that they do not tolerate, an image that "
        + "cannot be pulled, a crash",
      source: "Cilium, agent start"),
    KnownFailure(
      "second-operator-waits", "one pod of cilium-operator stays Pending: anti-affinity",
      when: [
        [
          Sign(.pod, says: "0/1 nodes are available", "anti-affinity", of: "cilium-operator"),
          Sign(.workload, says: "1 of 2 pods ready", of: "cilium-operator"),
        ],
        // The scheduler may look at ports first, and both operators want the same of the node.
        [
          Sign(.pod, says: "0/1 nodes are available", "free ports", of: "cilium-operator"),
          Sign(.workload, says: "1 of 2 pods ready", of: "cilium-operator"),
        ],
      ],
      cause: "two operators never share a node, and there is one node",
      remedy: "one of two is enough there; the second starts with the next node. Nobody has to scale anything",
      source: "measured: Cilium chart 1.19.6 on one node, kubectl 1.36", nature: .normal),
    KnownFailure(
      "dns-loses-answers", "CoreDNS answers SERVFAIL for names outside",
      when: [
        [Sign(.log, .event, says: "SERVFAIL", of: "coredns")],
        [
          Sign(.configuration, says: "masquerades by BPF"),
          Sign(.application, .said, says: "lookup", "server misbehaving"),
        ],
      ],
      cause: "Cilium masquerades by BPF while CoreDNS asks the host's resolver (forwardKubeDNSToHost): the answers "
        + "get lost",
      remedy: "set machine.features.hostDNS.forwardKubeDNSToHost to false, or bpf.hostLegacyRouting of Cilium to true",
      source: "Talos' documentation of host DNS"),
  ]
}
