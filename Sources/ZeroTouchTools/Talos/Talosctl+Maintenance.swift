package import ZeroTouchModel

extension Talosctl {
  /// The command lines for nodes in maintenance mode, which have no certificates yet.
  package enum Maintenance {
    /// Asks for the stage of the machine; the one question that Talos 1.12 and 1.13 both answer in maintenance mode.
    package static func machineStatus(_ node: IPAddress) -> ToolInvocation {
      call(node, ["get", "machinestatus", "-o", "json"], deadline: Talosctl.patience)
    }

    /// Asks for the disks of the machine.
    package static func disks(_ node: IPAddress) -> ToolInvocation {
      call(node, ["get", "disks", "-o", "json"], deadline: .seconds(30))
    }

    /// Asks what lies on the disks of the machine: file systems, partitions, tables of them (Talos 1.8 and later).
    package static func volumes(_ node: IPAddress) -> ToolInvocation {
      call(node, ["get", "discoveredvolumes", "-o", "json"], deadline: .seconds(30))
    }

    /// Gives the machine its first configuration; it returns when the node has accepted it.
    package static func applyConfiguration(_ file: String, to node: IPAddress) -> ToolInvocation {
      call(node, ["apply-config", "-f", file], effect: .mutates, deadline: .seconds(60))
    }

    // With several nodes `--insecure` reaches only one of them, so every call names exactly one.
    private static func call(
      _ node: IPAddress, _ arguments: [String], effect: ToolInvocation.Effect = .reads, deadline: Duration
    ) -> ToolInvocation {
      ToolInvocation(
        "talosctl", arguments + ["--insecure", "-n", "\(node)"], effect: effect, place: .machine, deadline: deadline)
    }
  }
}
