extension Setting {
  /// This repository with the configuration of its only machine.
  static let oneMachine = Setting("one machine", .add("machines/cp01.yaml", machine))

  private static let machine = """
    version: v1alpha1
    machine:
      type: controlplane
      certSANs: [203.0.113.10]
      install:
        diskSelector: {serial: S4EVNX0R}
        image: factory.talos.dev/metal-installer/376567988ad370138ad8b2698212367b8edcb69b5fd68c80be1f2ec7d603b4ba:v1.13.9
      kubelet:
        image: ghcr.io/siderolabs/kubelet:v1.35.4
      nodeLabels: {topology.kubernetes.io/zone: fsn1}
      network:
        hostname: cp01
      features:
        kubePrism: {enabled: true, port: 7445}
    cluster:
      clusterName: main
      controlPlane: {endpoint: "https://203.0.113.10:6443"}
      allowSchedulingOnControlPlanes: true
      network:
        cni: {name: none}
      proxy: {disabled: true}

    """
}

extension Defect {
  private static let machine = "machines/cp01.yaml"
  private static let values = "bootstrap/cilium/values.yaml"

  /// What goes wrong between the machines and what is installed on them.
  static let besideMachines: [Defect] = [
    Defect(
      "ZT203", .add("machines/client.yaml", "contexts:\n  main:\n    endpoints:\n      - talos.example.org\n"),
      at: "talos.example.org", on: .oneMachine),
    Defect("ZT211", .add("extra/cloud.yaml", cloud), at: "cluster:", in: machine, on: .oneMachine),
    Defect(
      "ZT212", .add("extra/pool.yaml", pool),
      .replace(
        "{topology.kubernetes.io/zone: fsn1}", with: "{node.kubernetes.io/exclude-from-external-load-balancers: \"\"}",
        in: machine), at: "nodeLabels", in: machine, on: .oneMachine),
    Defect("ZT219", .append("persist: false\n", to: machine), at: "persist", on: .oneMachine),
    Defect(
      "ZT235", .replace("ignore-healthcheck: \"true\"", with: "ignore-healthcheck: \"false\"", in: values),
      at: "replicas: 2", on: .oneMachine),
    Defect(
      "ZT239",
      .replace(
        "  proxy:",
        with:
          "  inlineManifests:\n    - {name: 10-cilium, contents: \"image: quay.io/cilium/cilium:v1.18.5\"}\n  proxy:",
        in: machine), at: "v1.18.5", on: .oneMachine),
    Defect(
      "ZT240", .replace("create: \"true\"", with: "create: \"false\"", in: values), at: "create:"),
  ]

  private static let cloud = application(
    "hcloud",
    spec:
      "source: {repoURL: https://charts.hetzner.cloud, chart: hcloud-cloud-controller-manager, targetRevision: 1.26.0}")

  private static let pool =
    application(
      "metallb",
      spec:
        "source: {repoURL: https://metallb.github.io/metallb, chart: metallb, targetRevision: 0.16.1}\nsyncPolicy:\n"
        + "  syncOptions: [CreateNamespace=true]\n"
        + "  managedNamespaceMetadata: {labels: {pod-security.kubernetes.io/enforce: privileged}}")
    + "\n---\napiVersion: metallb.io/v1beta1\nkind: IPAddressPool\nmetadata: {name: main, namespace: metallb}\n"
    + "spec: {addresses: [203.0.113.20/32]}\n"
}
