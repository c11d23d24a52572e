package import ZeroTouchModel

/// A disk as `--disk` names it: `serial=S1`, or `worker01:serial=S1` where there are several machines.
package struct DiskArgument: Sendable, Hashable {
  /// The machine that is meant; nil where there is only one.
  package let node: String?
  package let selector: Node.DiskSelector

  /// Reads one argument; what is wrong with it is said as of a file.
  package init(_ text: String) throws(InvalidInput) {
    let (node, rest) = Self.split(text)
    self.node = node
    var selector = Node.DiskSelector()
    let parts = rest.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2, !parts[1].isEmpty else { throw Self.unclear(text) }
    switch parts[0] {
    case "serial": selector.serial = parts[1]
    case "model": selector.model = parts[1]
    case "wwid": selector.wwid = parts[1]
    case "path" where SpecFormat.diskPath.problem(with: parts[1]) == nil: selector.path = parts[1]
    case "size":
      guard let size = DiskSize(parts[1]) else { throw Self.unclear(text) }
      selector.size = size
    default: throw Self.unclear(text)
    }
    self.selector = selector
  }

  private static func split(_ text: String) -> (String?, Substring) {
    let name = text.prefix { $0 != ":" && $0 != "=" }
    let rest = text.dropFirst(name.count)
    return rest.first == ":" ? (String(name), rest.dropFirst()) : (nil, text[...])
  }

  private static func unclear(_ text: String) -> InvalidInput {
    InvalidInput([
      Diagnostic(
        .error, "`--disk \(text)` names no disk",
        remedy:
          "write serial=S1, wwid=eui.…, model=SAMSUNG*, \"size=>= 500GB\" or path=/dev/nvme0n1, with NAME: before it where there are several machines; `zerotouch disks` lists them"
      )
    ])
  }
}

extension ClusterSpec {
  /// The same cluster with disks for machines whose file names none.
  ///
  /// - Parameter meant: The machines that may be left unnamed where there is one of them; all where nil.
  package func choosing(_ disks: [DiskArgument], among meant: Set<String>? = nil) throws(InvalidInput) -> ClusterSpec {
    var spec = self
    var problems: [Diagnostic] = []
    for disk in disks {
      let open = spec.nodes.indices.filter { index in
        let name = spec.nodes[index].name
        return disk.node.map { $0 == name } ?? meant?.contains(name) ?? true
      }
      guard open.count == 1, let index = open.first else {
        let names = (meant.map(Array.init) ?? spec.nodes.map(\.name)).sorted().joined(separator: ", ")
        problems.append(
          Diagnostic(
            .error,
            disk.node.map { "`--disk` names `\($0)`, which is no machine here" }
              ?? "`--disk` names no machine, and there are several",
            remedy: "write NAME:serial=…, with one of \(names)"))
        continue
      }
      if spec.nodes[index].disk != nil {
        problems.append(
          Diagnostic(
            .error, "the disk of `\(spec.nodes[index].name)` is chosen twice",
            remedy: "choose it once: in zerotouch.yaml or by --disk"))
      }
      spec.nodes[index].disk = disk.selector
    }
    guard problems.isEmpty else { throw InvalidInput(problems) }
    return spec
  }
}
