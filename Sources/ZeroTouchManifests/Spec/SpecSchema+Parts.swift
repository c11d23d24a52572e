import ZeroTouchModel

extension SpecSchema {
  static let node: [SpecField] = [
    SpecField("name", .text(.label), .required, "The host name, and the name of the Node.", example: "cp01"),
    SpecField("role", choice(Node.Role.self), .required, "control-plane or worker.", example: "control-plane"),
    SpecField("address", .text(.address), .required, "IPv4 or IPv6.", example: "203.0.113.10"),
    SpecField(
      "install", .object([SpecField("disk", .object(disk), .required, "By its properties, or by its path.")]),
      .optional,
      "Which disk Talos is installed on."),
    SpecField(
      "patches", .list(.text(.repositoryPath)), .optional,
      "Strategic-merge patches of the machine configuration, relative to the repository.",
      example: ["bootstrap/talos/cp01.yaml"]),
    SpecField(
      "access",
      .object([
        SpecField(
          "sshKey", .text(.secretReference), .optional, "The private key that opens the rescue system.",
          example: "file:~/.ssh/id_ed25519"),
        SpecField(
          "password", .text(.secretReference), .optional, "The password of root there; a key is safer.",
          example: "env:ZEROTOUCH_ROOT_PASSWORD"),
        SpecField("port", .integer(1...65535), .optional, "Where its ssh listens.", standard: 22),
      ]), .optional, "How the rescue system is entered; without it, ssh's agent."),
    SpecField(
      "providerID", .text(.plain), .optional,
      "How a cloud controller knows the machine; merged into the kubelet's other arguments.",
      example: "hrobot://2400000"),
    SpecField(
      "labels", .pairs(.labelKey, .labelValue), .optional, "Labels of the Node.",
      example: ["topology.kubernetes.io/zone": "fsn1"]),
    SpecField(
      "taints", .pairs(.labelKey, .taint), .optional, "Taints of the Node, as VALUE:EFFECT or EFFECT.",
      example: ["dedicated": "gpu:NoSchedule"]),
    SpecField(
      "interfaces", .list(.object(interface)), .optional,
      "Interfaces with addresses of their own; the others ask DHCP.",
      example: [["mac": "a8:a1:59:0f:00:01", "addresses": ["203.0.113.10/26"], "routes": [["via": "203.0.113.1"]]]]),
  ]

  private static let interface: [SpecField] =
    [
      SpecField("name", .text(.interfaceName), .optional, "As Talos names it; not beside mac.", example: "enp1s0"),
      SpecField(
        "mac", .text(.hardwareAddress), .optional, "The card itself, the safest way.", example: "a8:a1:59:0f:00:01"),
    ] + settings + [
      SpecField(
        "vlans", .list(.object([SpecField("id", .integer(1...4094), .required, "The tag.", example: 4000)] + settings)),
        .optional, "Tagged networks on it, such as a vSwitch.",
        example: [["id": 4000, "addresses": ["10.0.0.2/24"], "mtu": 1400]])
    ]

  private static let settings: [SpecField] = [
    SpecField("dhcp", .boolean, .optional, "Whether it asks DHCP as well.", standard: false),
    SpecField(
      "addresses", .list(.text(.interfaceAddress)), .optional, "Static addresses with their prefix.",
      example: ["203.0.113.10/26"]),
    SpecField(
      "routes",
      .list(
        .object([
          SpecField("to", .text(.block), .optional, "Everywhere where it is left out.", example: "10.0.0.0/8"),
          SpecField("via", .text(.address), .optional, "The link itself where it is left out.", example: "203.0.113.1"),
        ])), .optional, "Static routes.", example: [["via": "203.0.113.1"]]),
    SpecField("mtu", .integer(576...9216), .optional, "The largest packet.", example: 1400),
    SpecField(
      "vip", .text(.address), .optional, "An address that the control planes share.", example: "10.0.0.10"),
  ]

  private static let disk: [SpecField] = [
    SpecField("serial", .text(.plain), .optional, "The serial number, the safest way.", example: "S4XXXX"),
    SpecField("model", .text(.plain), .optional, "The model, with * for anything.", example: "SAMSUNG*"),
    SpecField("wwid", .text(.plain), .optional, "The world-wide name.", example: "eui.0025388b91d1b2a5"),
    SpecField("size", .text(.diskSize), .optional, "A bound of its size.", example: ">= 500GB"),
    SpecField(
      "path", .text(.diskPath), .optional, "A device, taken literally; not beside the others.",
      example: "/dev/nvme0n1"),
  ]

  static let versions: [SpecField] = [
    version("talos", VersionSet.default.talos, "The lock pins its image."),
    version("kubernetes", VersionSet.default.kubernetes, "Any patch within the window of Talos and Argo CD."),
    version("cilium", VersionSet.default.cilium, "The lock pins its chart."),
    version("gatewayAPI", VersionSet.default.gatewayAPI, "The lock pins its CRDs."),
    SpecField(
      "argocd", .text(.version), .optional, "The lock pins its chart.",
      notYet: "the chart that `bootstrap/artifacts.lock.yaml` pins decides"),
  ]

  private static func version(_ key: String, _ standard: SemanticVersion, _ summary: String) -> SpecField {
    SpecField(key, .text(.version), .optional, summary, standard: .string(standard.description))
  }

  static let network: [SpecField] = [
    SpecField(
      "timeServers", .list(.text(.host)), .optional,
      "Where the machines' clocks come from; Talos's own choice without.",
      example: ["ntp1.hetzner.de"]),
    SpecField(
      "nodeSubnets", .list(.text(.block)), .optional,
      "The networks of the nodes' own traffic, where machines have several; their address in this file without.",
      example: ["10.0.0.0/24"]),
    SpecField(
      "podCIDR", .text(.block), .optional, "Pods; every node takes a /24 (IPv6: a /64) of it.",
      standard: .string(Network().podCIDR.description)),
    SpecField(
      "serviceCIDR", .text(.block), .optional, "Services; at most 20 bits of hosts.",
      standard: .string(Network().serviceCIDR.description)),
    SpecField(
      "gateway",
      .object([
        SpecField(
          "mode", choice(Network.Gateway.Mode.self), .optional,
          "hostNetwork: the proxy binds the nodes' own ports; l2: Cilium announces an address of the pool.",
          standard: "hostNetwork"),
        SpecField(
          "pool", .text(.pool), .optional,
          "Only with l2: free addresses of the machines' own Ethernet segment, as a block or FIRST-LAST; Git names the same.",
          example: "192.168.1.224/28"),
      ]), .optional, "How the Gateway gets an address."),
  ]

  static let gitops: [SpecField] = [
    SpecField(
      "engine",
      .choice([SpecChoice("argocd"), SpecChoice("flux", notYet: "Argo CD is the only engine of this version")]),
      .optional, "Who syncs Git to the cluster.", standard: "argocd"),
    SpecField(
      "repoURL", .text(.repositoryURL), .optional,
      "Must agree with bootstrap/argocd/repository.yaml, which holds where this is silent.",
      example: "https://github.com/you/platform.git"),
    SpecField(
      "revision", .text(.plain), .optional,
      "Branch, tag or commit; must agree with bootstrap/argocd/repository.yaml, which holds where this is silent.",
      example: "main"),
    SpecField(
      "path", .text(.repositoryPath), .optional, "Where the root Application lies.",
      notYet: "the root Application lies in `bootstrap/root/ENVIRONMENT`"),
  ]

  private static let repositoryAccess: [SpecField] = [
    SpecField(
      "url", .text(.repositoryURL), .optional,
      "What a repository's address begins with; the repository that Argo CD follows where nothing is said.",
      example: "https://github.com/you"),
    SpecField("username", .text(.plain), .optional, "Beside a password; any name does for a token.", standard: "git"),
    reference("password", .optional, "env:GIT_TOKEN"),
    reference("sshKey", .optional, "file:~/.ssh/deploy").alternative,
    SpecField(
      "app",
      .object([
        SpecField("id", .integer(1...9_999_999_999), .required, "The App's number.", example: 123456),
        SpecField("installation", .integer(1...9_999_999_999), .required, "Its installation.", example: 654321),
        reference("key", .required, "sops:bootstrap/secrets.yaml#github.key"),
      ]), .optional, "A GitHub App, in the place of a password."
    ).alternative,
  ]

  private static let registryAccess: [SpecField] = [
    SpecField("server", .text(.host), .optional, "The registry.", standard: "ghcr.io"),
    SpecField("username", .text(.plain), .required, "Who pulls.", example: "you"),
    reference("token", .required, "env:GHCR_TOKEN"),
    SpecField(
      "namespaces", .list(.text(.label)), .optional, "Where the pull secret `registry` is put.",
      standard: ["intelligence"]),
  ]

  private static let other: [SpecField] = [
    SpecField("namespace", .text(.label), .required, "Where it is put.", example: "kagent"),
    SpecField("name", .text(.objectName), .required, "The Secret's name.", example: "kagent-openai"),
    SpecField(
      "values", .pairs(.secretKey, .secretReference), .required, "Its keys, each with a reference, never a value.",
      example: ["OPENAI_API_KEY": "env:OPENAI_API_KEY"]),
  ]

  private static func token(_ what: String, _ example: JSONValue, _ key: String) -> SpecField {
    SpecField(key, .object([reference("token", .required, example)]), .optional, what)
  }

  static let secrets: [SpecField] = [
    SpecField(
      "aws",
      .object([
        reference("accessKeyID", .required, "env:AWS_ACCESS_KEY_ID"),
        reference("secretAccessKey", .required, "env:AWS_SECRET_ACCESS_KEY"),
        reference("sessionToken", .optional, "env:AWS_SESSION_TOKEN"),
        SpecField("region", .text(.plain), .required, "The region of the parameters.", example: "eu-central-1"),
        SpecField(
          "prefix", .text(.parameterPath), .required, "Below which the parameters lie.", example: "/zerotouch/prod"),
      ]), .optional, "Credentials of AWS Systems Manager Parameter Store, for External Secrets."),
    SpecField(
      "repository", .object(repositoryAccess), .optional,
      "How Argo CD gets into a private repository before GitOps can tell it: password, sshKey or app."),
    SpecField(
      "registry", .object(registryAccess), .optional,
      "How images are pulled, only without a store: beside one, the parameter `/registry/dockerconfigjson` says so."
    ).alternative,
    SpecField(
      "others", .list(.object(other)), .optional,
      "Only without a store: every further Secret that an ExternalSecret of the platform makes where there is one.",
      example: [
        ["namespace": "kagent", "name": "kagent-openai", "values": ["OPENAI_API_KEY": "env:OPENAI_API_KEY"]]
      ]
    ).alternative,
    token(
      "1Password Connect, for a store of External Secrets.", "op://platform/connect/token", "onePassword"),
    token("OpenBao, for a store of External Secrets.", "bao:kv/platform#token", "openBao"),
    SpecField(
      "recipients", .list(.text(.ageRecipient)), .optional,
      "Who can decrypt the Talos secrets, which then lie encrypted in bootstrap/secrets.age.",
      example: ["age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"]),
  ]

  private static func reference(_ key: String, _ demand: SpecField.Demand, _ example: JSONValue) -> SpecField {
    SpecField(key, .text(.secretReference), demand, "A reference, never a value.", example: example)
  }
}
