extension TalosResourceKind {
  /// The type under which Talos 1.13 registers the kind (pkg/machinery/resources).
  var type: String {
    switch self {
    case .machineStatus: "MachineStatuses.runtime.talos.dev"
    case .member: "Members.cluster.talos.dev"
    case .disk: "Disks.block.talos.dev"
    case .volume: "DiscoveredVolumes.block.talos.dev"
    case .hostname: "HostnameStatuses.net.talos.dev"
    case .manifest: "Manifests.kubernetes.talos.dev"
    case .nodeAnnotation: "NodeAnnotationSpecs.k8s.talos.dev"
    }
  }

  /// Where its resources are, unless told otherwise.
  var namespace: String {
    switch self {
    case .machineStatus, .disk, .volume: "runtime"
    case .member: "cluster"
    case .hostname: "network"
    case .manifest: "controlplane"
    case .nodeAnnotation: "k8s"
    }
  }

  /// One of them, as the table names it: `MachineStatus`.
  var singular: String { plural.hasSuffix("Statuses") ? String(plural.dropLast(2)) : String(plural.dropLast()) }

  private var plural: String { String(type.prefix { $0 != "." }) }

  /// Finds a kind by its type, its plural or its singular, in letters of any size.
  init?(_ name: String) {
    let wanted = name.lowercased().prefix { $0 != "." }
    guard
      let kind = Self.allCases.first(where: { kind in
        wanted == kind.plural.lowercased() || wanted == kind.singular.lowercased()
          || (kind == .hostname && wanted == "hostname")
      })
    else { return nil }
    self = kind
  }
}
