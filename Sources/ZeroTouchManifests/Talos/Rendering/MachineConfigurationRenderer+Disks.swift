package import ZeroTouchModel

extension MachineConfigurationRenderer {
  /// What is uncertain about the disks of the machines: the kernel numbers devices as it finds them, so a device's name
  /// may be another disk's after the next boot.
  package func diskWarnings() -> [Diagnostic] { diskWarnings(of: spec.nodes) }

  /// The same of some machines alone.
  package func diskWarnings(of nodes: [Node]) -> [Diagnostic] {
    let choices = nodes.sorted { $0.name < $1.name }.map { (node: $0, disk: disk(of: $0)) }
    let open = choices.filter { $0.disk == .leftOpen }.map(\.node)
    let named = choices.compactMap { node, disk in
      if case .device(let path) = disk { Self.warning(of: node, on: path) } else { nil }
    }
    return (open.isEmpty ? [] : [Self.warning(of: open)]) + named
  }

  /// How the disk of a machine is found.
  private enum DiskChoice: Hashable {
    case selected
    case device(String)
    case leftOpen
  }

  private static let remedy =
    "write `install: {disk: {serial: …}}` below its name in zerotouch.yaml; `zerotouch disks` shows the serials"

  private static func warning(of node: Node, on device: String) -> Diagnostic {
    Diagnostic(
      .warning, "`\(node.name)` is installed on `\(device)`, whichever disk has that name when it boots",
      remedy: remedy)
  }

  private static func warning(of nodes: [Node]) -> Diagnostic {
    let names = nodes.prefix(3).map { "`\($0.name)`" }.joined(separator: ", ")
    let rest = nodes.count > 3 ? " and \(nodes.count - 3) more" : ""
    return Diagnostic(
      .warning,
      "nothing says on which disk \(names)\(rest) \(nodes.count == 1 ? "is" : "are") installed: a rescue system takes the only one it has, and Talos `\(Self.usualDisk)`, whichever disk that is",
      remedy: remedy)
  }

  private func disk(of node: Node) -> DiskChoice {
    let install = patchedInstall(of: node)
    if install?["diskSelector"] != nil { return .selected }
    if let path = install?["disk"]?.stringValue ?? node.disk?.path {
      return path == Self.usualDisk && node.disk == nil ? .leftOpen : .device(path)
    }
    return node.disk == nil ? .leftOpen : .selected
  }

  /// How a machine with patches is installed; nil for the others, and where a patch does not fit, which is told elsewhere.
  private func patchedInstall(of node: Node) -> JSONValue? {
    guard !patches.patches(of: node).isEmpty else { return nil }
    return (try? configuration(of: node, secrets: .placeholder, manifests: []))?.machine["install"]
  }
}
