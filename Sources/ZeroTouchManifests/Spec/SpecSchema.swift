import ZeroTouchModel

/// The one definition of `zerotouch.yaml`.
///
/// The strict loader, the JSON Schema and the template of `zerotouch init` are all made from it.
package enum SpecSchema {
  package static let apiVersion = "zerotouch.dev/v1alpha1"
  package static let kind = "Cluster"

  /// The whole document.
  static let document: [SpecField] = [
    SpecField(
      "apiVersion", .choice([SpecChoice(apiVersion)]), .required, "The version of this format.",
      example: .string(apiVersion)),
    SpecField("kind", .choice([SpecChoice(kind)]), .required, "What the file describes.", example: .string(kind)),
    SpecField(
      "metadata",
      .object([
        SpecField(
          "name", .text(.label), .required, "The cluster's name; its state lies in .zerotouch/NAME.",
          example: "production")
      ]), .required, "What the cluster is called."),
    SpecField("spec", .object(spec), .required, "The cluster that is wanted."),
  ]

  private static let spec: [SpecField] = [
    SpecField(
      "environment", choice(ClusterSpec.Environment.self), .optional,
      "Which overlay of platform/ is synced: main, or the small preview.", standard: "main"),
    SpecField(
      "stage", choice(ClusterSpec.Stage.self), .optional,
      "How much is at stake; every machine carries it as the node label zerotouch.dev/stage.", standard: "production"),
    SpecField(
      "provider",
      choice(ClusterSpec.Provider.self), .optional,
      "Who makes the cluster: zerotouch with Talos, or kind on this laptop, or it exists and a kubeconfig is given.",
      standard: "talos"),
    SpecField(
      "endpoint", .text(.endpoint), .ofMachines,
      "Where the Kubernetes API answers: a control plane's address, or a DNS name (zerotouch puts it into the certificates).",
      example: "https://203.0.113.10:6443"),
    SpecField(
      "nodes", .list(.object(node)), .ofMachines,
      "The machines; an odd number of control planes, the first by name bootstraps etcd."),
    SpecField(
      "versions", .object(versions), .optional,
      "Only what differs from the default set; the pairs must fit each other.",
      isAboutMachines: true
    ),
    SpecField(
      "network", .object(network), .optional, "Address ranges, and the way traffic comes in.",
      isAboutMachines: true),
    SpecField(
      "timeouts", .map(keys: gates, .text(.duration)), .optional,
      "Bounds of gates, where the defaults do not fit.", example: ["kubernetes-api": "15m"]),
    SpecField("gitops", .object(gitops), .optional, "What Argo CD follows."),
    SpecField("secrets", .object(secrets), .optional, "References to secrets, never values."),
    SpecField(
      "costLabels", .list(.text(.labelKey)), .optional,
      "Labels that `zerotouch validate` asks of every namespace and pod template, so that costs can be told apart.",
      example: ["team", "project", "environment", "cost-center"]),
  ]

  private static let gates = GateName.allCases.sorted { $0.rawValue < $1.rawValue }.map { gate in
    SpecChoice(gate.rawValue, notYet: gate.providers.isEmpty ? "no step of a bootstrap waits for this gate" : nil)
  }

  static func choice<Word: RawRepresentable & CaseIterable>(_: Word.Type) -> SpecType where Word.RawValue == String {
    .choice(Word.allCases.map { SpecChoice($0.rawValue) })
  }
}
