/// A command of talosctl that is simulated, with its flags.
struct TalosCommand: Sendable, Hashable {
  /// A flag: its names and whether a value follows.
  struct Flag: Sendable, Hashable {
    let name: String
    let short: Character?
    let takesValue: Bool
    /// The type of the value in the usage text.
    let type: String
  }

  let words: [String]
  let summary: String
  let flags: [Flag]
  /// The fewest and the most positional arguments.
  let arguments: ClosedRange<Int>

  var path: String { (["talosctl"] + words).joined(separator: " ") }

  func flag(_ name: String) -> Flag? { (flags + Self.common).first { $0.name == name } }
  func flag(_ short: Character) -> Flag? { (flags + Self.common).first { $0.short == short } }
}

extension TalosCommand.Flag {
  /// Reads `n/name:type`, where `n/` and, for switches, `:type` may be missing.
  init(_ text: String) {
    let parts = text.split(separator: ":", maxSplits: 1)
    let names = parts[0].split(separator: "/")
    name = String(names[names.count - 1])
    short = names.count == 2 ? names[0].first : nil
    takesValue = parts.count == 2
    type = parts.count == 2 ? String(parts[1]) : ""
  }

  /// How the flag stands in a usage text.
  var usage: String {
    let own = "--\(name)" + (type.isEmpty ? "" : " \(type)")
    return short.map { "  -\($0), \(own)" } ?? "      \(own)"
  }
}

extension TalosCommand {
  /// The flags of every command.
  static let common = [
    "h/help", "n/nodes:strings", "e/endpoints:strings", "talosconfig:string", "context:string", "cluster:string",
  ]
  .map(Flag.init)

  private static let identity = ["i/insecure", "cert-fingerprint:strings"]

  private init(_ words: String, _ summary: String, _ flags: [String] = [], _ arguments: ClosedRange<Int> = 0...0) {
    self.init(
      words: words.split(separator: " ").map(String.init), summary: summary, flags: flags.map(Flag.init),
      arguments: arguments)
  }

  /// Every command that is simulated.
  static let all: [TalosCommand] = [
    TalosCommand("version", "Prints the version", ["short", "client"] + identity),
    TalosCommand(
      "gen secrets", "Generates a secrets bundle file which can later be used to generate a config",
      ["o/output-file:string", "talos-version:string", "f/force"]),
    TalosCommand(
      "gen config", "Generates a set of configuration files for Talos cluster",
      [
        "with-secrets:string", "config-patch:stringArray", "config-patch-control-plane:stringArray",
        "config-patch-worker:stringArray", "additional-sans:strings", "install-disk:string", "install-image:string",
        "kubernetes-version:string", "talos-version:string", "t/output-types:strings", "o/output:string", "force",
        "with-docs", "with-examples", "dns-domain:string",
      ], 2...2),
    TalosCommand("machineconfig patch", "Patch a machine config", ["p/patch:stringArray", "o/output:string"], 1...1),
    TalosCommand("validate", "Validate config", ["c/config:string", "m/mode:string", "strict"]),
    TalosCommand(
      "apply-config", "Apply a new configuration to a node",
      [
        "f/file:string", "m/mode:auto, no-reboot, reboot, staged, try", "p/config-patch:stringArray", "dry-run",
        "timeout:duration",
      ]
        + identity, 0...1),
    TalosCommand(
      "bootstrap", "Bootstrap the etcd cluster on the specified node.",
      ["recover-from:string", "recover-skip-hash-check"]),
    TalosCommand(
      "kubeconfig", "Download the admin kubeconfig from the node",
      ["f/force", "m/merge", "force-context-name:string"], 0...1),
    TalosCommand(
      "health", "Check cluster health",
      [
        "wait-timeout:duration", "server", "control-plane-nodes:strings", "worker-nodes:strings", "init-node:string",
        "k8s-endpoint:string", "run-e2e",
      ]),
    TalosCommand(
      "get",
      "Get a specific resource or list of resources (use 'talosctl get rd' to see all available resource types).",
      ["o/output:string", "w/watch", "namespace:string"] + identity, 1...2),
    TalosCommand(
      "service", "Retrieve the state of a service (or all services), control service state", identity, 0...2),
    TalosCommand("etcd members", "Get the list of etcd cluster members"),
    TalosCommand("etcd remove-member", "Remove the node from etcd cluster", [], 1...1),
    TalosCommand("etcd status", "Get the status of etcd cluster member"),
    TalosCommand("etcd snapshot", "Stream snapshot of the etcd node to the path.", [], 1...1),
    TalosCommand(
      "reset", "Reset a node",
      [
        "graceful", "reboot", "wait", "timeout:duration", "wipe-mode:all, system-disk, user-disks",
        "system-labels-to-wipe:strings", "user-disks-to-wipe:strings", "debug",
      ] + identity),
    TalosCommand("reboot", "Reboot a node", ["wait", "timeout:duration", "m/mode:string", "debug"] + identity),
    TalosCommand("dmesg", "Retrieve kernel logs", ["f/follow", "tail"] + identity),
    TalosCommand("time", "Gets current server time", ["c/check:string"]),
    TalosCommand("config endpoint", "Set the endpoint(s) for the current context", [], 0...1000),
    TalosCommand("config node", "Set the node(s) for the current context", [], 0...1000),
    TalosCommand("config info", "Show information about the current context", ["o/output:string"]),
  ]

  /// Other names of words.
  static let aliases = [
    "apply": "apply-config", "svc": "service", "services": "service", "mc": "machineconfig", "g": "get",
    "endpoints": "endpoint",
    "nodes": "node", "member": "members",
  ]
}
