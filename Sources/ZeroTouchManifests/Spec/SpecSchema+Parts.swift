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
          "sshKey", .text(.secretReference), .required, "The private key that opens the rescue system.",
          example: "file:~/.ssh/id_ed25519")
      ]), .optional, "How the rescue system is entered; without it, ssh's own configuration decides."),
  ]

  private static let disk: [SpecField] = [
    SpecField("serial", .text(.plain), .optional, "The serial number, the safest way.", example: "S4XXXX"),
    SpecField("model", .text(.plain), .optional, "The model, with * for anything.", example: "SAMSUNG*"),
    SpecField("wwid", .text(.plain), .optional, "The world-wide name.", example: "eui.0025388b91d1b2a5"),
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
      "podCIDR", .text(.block), .optional, "Pods; every node takes a /24 (IPv6: a /64) of it.",
      standard: .string(Network().podCIDR.description)),
    SpecField(
      "serviceCIDR", .text(.block), .optional, "Services; at most 20 bits of hosts.",
      standard: .string(Network().serviceCIDR.description)),
    SpecField(
      "gateway",
      .object([
        SpecField(
          "mode",
          .choice([
            SpecChoice("hostNetwork"),
            SpecChoice("l2", notYet: "the platform announces no addresses on the local network"),
          ]), .optional, "hostNetwork: the proxy binds the nodes' own ports.", standard: "hostNetwork"),
        SpecField(
          "pool", .text(.block), .optional, "Addresses of mode l2.",
          notYet: "the platform announces no addresses on the local network"),
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
      "recipients", .list(.text(.plain)), .optional, "Recipients of age for the Talos secrets.",
      notYet: "the Talos secrets are kept in a 0600 file without encryption"),
  ]

  private static func reference(_ key: String, _ demand: SpecField.Demand, _ example: JSONValue) -> SpecField {
    SpecField(key, .text(.secretReference), demand, "env:NAME or file:PATH.", example: example)
  }
}
