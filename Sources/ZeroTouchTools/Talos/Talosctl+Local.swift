package import ZeroTouchModel

extension Talosctl {
  /// Asks the program for its own version.
  package static var clientVersion: ToolInvocation {
    ToolInvocation("talosctl", ["version", "--client"], deadline: .localQuestion)
  }

  /// Makes the secrets of a new cluster; refuses to replace those that exist.
  package static func generateSecrets(to file: String, talos: SemanticVersion) -> ToolInvocation {
    ToolInvocation(
      "talosctl", ["gen", "secrets", "--talos-version", talos.contract, "-o", file], deadline: .seconds(60))
  }

  /// What `talosctl gen config` is asked for.
  package struct Configuration: Sendable, Hashable {
    /// A kind of file that `gen config` writes.
    package enum OutputType: String, Sendable, Hashable, CaseIterable { case controlplane, worker, talosconfig }

    package var cluster: String
    package var endpoint: Endpoint
    package var secrets: String
    package var talos: SemanticVersion
    package var kubernetes: SemanticVersion
    package var installDisk: String?
    package var additionalSANs: [String]
    /// Patch files for every machine, in order.
    package var patches: [String]
    package var controlPlanePatches: [String]
    package var workerPatches: [String]
    package var types: [OutputType]
    /// A file when one type is asked for, otherwise a directory.
    package var output: String

    package init(
      cluster: String, endpoint: Endpoint, secrets: String, talos: SemanticVersion, kubernetes: SemanticVersion,
      installDisk: String? = nil, additionalSANs: [String] = [], patches: [String] = [],
      controlPlanePatches: [String] = [], workerPatches: [String] = [],
      types: [OutputType] = OutputType.allCases, output: String
    ) {
      self.cluster = cluster
      self.endpoint = endpoint
      self.secrets = secrets
      self.talos = talos
      self.kubernetes = kubernetes
      self.installDisk = installDisk
      self.additionalSANs = additionalSANs
      self.patches = patches
      self.controlPlanePatches = controlPlanePatches
      self.workerPatches = workerPatches
      self.types = types
      self.output = output
    }
  }

  /// Renders machine configurations and the talosconfig, replacing earlier ones: they follow from the secrets.
  package static func generateConfiguration(_ wanted: Configuration) -> ToolInvocation {
    var arguments = ["gen", "config", wanted.cluster, "\(wanted.endpoint)", "--with-secrets", wanted.secrets]
    arguments += ["--talos-version", wanted.talos.contract, "--kubernetes-version", "\(wanted.kubernetes)"]
    if let disk = wanted.installDisk { arguments += ["--install-disk", disk] }
    if !wanted.additionalSANs.isEmpty {
      arguments += ["--additional-sans", wanted.additionalSANs.joined(separator: ",")]
    }
    arguments += wanted.patches.flatMap { ["--config-patch", "@\($0)"] }
    arguments += wanted.controlPlanePatches.flatMap { ["--config-patch-control-plane", "@\($0)"] }
    arguments += wanted.workerPatches.flatMap { ["--config-patch-worker", "@\($0)"] }
    arguments += ["--with-docs=false", "--with-examples=false"]
    arguments += ["--output-types", wanted.types.map(\.rawValue).joined(separator: ","), "--force"]
    return ToolInvocation("talosctl", arguments + ["-o", wanted.output], deadline: .seconds(60))
  }

  /// Writes `file` with patches applied, without checking more than its syntax.
  package static func patchConfiguration(_ file: String, patches: [String], to output: String) -> ToolInvocation {
    ToolInvocation(
      "talosctl", ["machineconfig", "patch", file] + patches.flatMap { ["-p", "@\($0)"] } + ["-o", output],
      deadline: .seconds(30))
  }

  /// Checks a machine configuration; warnings are errors.
  package static func validate(_ file: String) -> ToolInvocation {
    ToolInvocation("talosctl", ["validate", "-c", file, "-m", "metal", "--strict"], deadline: .seconds(30))
  }

  /// Writes the node's and the cluster's address into the talosconfig, which `gen config` leaves without any.
  package func setEndpoints(_ addresses: [IPAddress]) -> ToolInvocation {
    ToolInvocation(
      "talosctl", ["--talosconfig", talosconfig, "config", "endpoint"] + addresses.map(\.description),
      deadline: .localQuestion)
  }
}

extension SemanticVersion {
  /// The version contract of Talos, `v1.13`.
  fileprivate var contract: String { "v\(major).\(minor)" }
}
