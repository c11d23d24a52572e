import ZeroTouchManifests
import ZeroTouchModel

/// The machines of clusters, where a repository lists them one by one.
///
/// A configuration without a host name may be that of a hundred machines: it counts for nothing here.
struct MachineInventory {
  struct Machine: Sendable {
    let name: String
    let isControlPlane: Bool
    let address: String?
  }

  /// By the cluster's name.
  private(set) var clusters: [String: [Machine]] = [:]

  init(_ survey: Survey) {
    for document in survey.tree.files.flatMap(\.documents) {
      guard let (name, machines) = Self.listed(document), clusters[name] == nil else { continue }
      clusters[name] = machines
    }
    let files = survey.talosFiles.filter { $0.isWhole && !$0.clusterName.isEmpty }
    for (name, group) in Dictionary(grouping: files, by: \.clusterName) where clusters[name] == nil {
      let machines = group.compactMap(Self.machine)
      guard machines.count == group.count, Set(machines.map(\.name)).count == machines.count else { continue }
      clusters[name] = machines
    }
  }

  /// The machines of the only cluster that is listed: what a chart is installed on.
  var only: [Machine]? { clusters.count == 1 ? clusters.first?.value : nil }

  /// The nodes of a `zerotouch.yaml` or of a `talconfig.yaml`.
  private static func listed(_ document: LocatedYAML) -> (String, [Machine])? {
    if document["kind"]?.text == "Cluster", document["apiVersion"]?.text?.hasPrefix("zerotouch.dev/") == true,
      let nodes = document["spec"]?["nodes"]?.items, let name = document["metadata"]?["name"]?.text
    {
      return (
        name,
        nodes.map {
          Machine(
            name: $0["name"]?.text ?? "", isControlPlane: $0["role"]?.text == "control-plane",
            address: $0["address"]?.text)
        }
      )
    }
    guard document["kind"] == nil, let name = document["clusterName"]?.text, let nodes = document["nodes"]?.items,
      !nodes.isEmpty, nodes.allSatisfy({ $0["hostname"]?.text != nil && $0["ipAddress"] != nil })
    else { return nil }
    return (
      name,
      nodes.map {
        Machine(
          name: $0["hostname"]?.text ?? "", isControlPlane: $0["controlPlane"]?.scalar == .bool(true),
          address: $0["ipAddress"]?.text)
      }
    )
  }

  private static func machine(_ talos: TalosFile) -> Machine? {
    talos.configuration.hostname.map {
      Machine(name: $0, isControlPlane: talos.configuration.isControlPlane, address: nil)
    }
  }
}
