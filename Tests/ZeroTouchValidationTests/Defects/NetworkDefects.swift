extension Defect {
  private static let controlPlane = "machines/cp01.yaml"
  private static let worker = "machines/worker01.yaml"
  private static let values = "bootstrap/cilium/values.yaml"
  private static let cilium = "platform/01-foundation/cilium.yaml"

  /// What goes wrong in machine configurations.
  static let machines: [Defect] = [
    Defect(
      "ZT201", .replace("cni: {name: none}", with: "cni: {name: flannel}", in: controlPlane), at: "cni:", on: .machines),
    Defect(
      "ZT202", .replace("proxy: {disabled: true}", with: "proxy: {disabled: false}", in: controlPlane), at: "proxy:",
      on: .machines),
    Defect(
      "ZT204",
      .replace("type: controlplane\n", with: "type: controlplane\n  token: a1b2c3.d4e5f6g7h8i9\n", in: controlPlane),
      at: "token:", on: .machines),
    Defect(
      "ZT205",
      .add("machines/talosconfig", "context: main\ncontexts:\n  main:\n    endpoints: [10.0.0.1]\n    key: \(key)\n"),
      at: "key:", on: .machines),
    Defect(
      "ZT206", .append("  ca: {crt: \(key)}\n", to: controlPlane),
      .add(
        "more/cp01.yaml",
        "version: v1alpha1\nmachine: {type: worker}\ncluster:\n  clusterName: more\n  ca: {crt: \(key)}\n"),
      at: "ca:", in: "more/cp01.yaml", on: .machines),
    Defect(
      "ZT207", .replace("type: worker\n", with: "type: worker\n  network: {hostname: worker01}\n", in: worker),
      at: "network: {", on: .machines),
    Defect("ZT209", .replace("kubelet:v1.35.4", with: "kubelet:v1.34.1", in: worker), at: "kubelet:v", on: .machines),
    Defect(
      "ZT210", .replace("diskSelector: {serial: S4EVNX0S}", with: "disk: /dev/sda", in: worker), at: "disk:",
      on: .machines),
    Defect("ZT213", .remove(worker), at: "allowScheduling", in: controlPlane, on: .machines),
    Defect(
      "ZT214", .append("bpf: {masquerade: true}\n", to: values), at: "forwardKubeDNSToHost", in: controlPlane,
      on: .machines),
    Defect(
      "ZT216",
      .append(
        "  inlineManifests:\n    - {name: one, contents: \"a: 1\"}\n    - {name: one, contents: \"b: 1\"}\n",
        to: controlPlane),
      at: "contents: \"b", on: .machines),
    Defect(
      "ZT217",
      .append(
        "  inlineManifests:\n    - name: one\n      contents: |\n\(Credentials.privateKey(indent: 8))", to: controlPlane
      ),
      at: "contents:", on: .machines),
    Defect(
      "ZT218", .replace("      enabled: true\n", with: "      enabled: false\n", in: controlPlane),
      at: "forwardKubeDNSToHost", on: .machines),
    Defect(
      "ZT221",
      .replace(
        "install:\n", with: "install:\n    grubUseUKICmdline: true\n    extraKernelArgs: [net.ifnames=0]\n", in: worker),
      at: "extraKernelArgs", on: .machines),
  ]

  /// What goes wrong between machines, the network and the Gateway.
  static let network: [Defect] = [
    Defect("ZT231", .replace("autoMount:", with: "automount:", in: values), at: "automount"),
    Defect("ZT232", .replace("create: \"true\"", with: "create: true", in: values), at: "create: true"),
    Defect("ZT233", .replace("hubble: {enabled: false}", with: "hubble: {enabled: true}", in: values), at: "hubble:"),
    Defect(
      "ZT234", .gatewayAPI(at: "v1.5.1"), .ownGatewayAPI, at: "  cilium:", in: "bootstrap/argocd/versions.yaml"),
    Defect(
      "ZT236", .replace("port: 7445", with: "port: 7446", in: controlPlane), at: "kubePrism:", on: .machines),
    Defect("ZT237", .replace("FOWNER,", with: "FOWNER, SYS_MODULE,", in: values), at: "ciliumAgent", on: .machines),
    Defect(
      "ZT244",
      .add(
        "tenants/applications/shop/login.yaml",
        "apiVersion: platform.bizmatters.io/v1alpha1\nkind: WebService\nmetadata:\n  name: login\nspec:\n"
          + "  image: ghcr.io/example/login:1.0.0\n  http: {hostname: shop.example.org, path: /login}\n"),
      at: "hostname:", in: "tenants/applications/shop/login.yaml", on: .tenant),
    Defect("ZT238", .replace("releaseName: cilium", with: "releaseName: network", in: cilium), at: "releaseName"),
  ]

  /// A key as it lies in files of Talos.
  private static let key = "LS0tLS1CRUdJTiBFRDI1NTE5IFBSSVZBVEUgS0VZLS0tLS0K"
}
