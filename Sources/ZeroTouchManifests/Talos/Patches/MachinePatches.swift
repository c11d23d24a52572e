package import ZeroTouchModel

/// The patches of a repository: of the whole cluster, of a role, of single nodes.
package struct MachinePatches: Sendable, Hashable {
  private let all: [MachinePatch]
  private let byNode: [String: [MachinePatch]]

  package init(_ patches: [MachinePatch] = []) {
    all = patches.filter { if case .node = $0.scope { false } else { true } }
    var byNode: [String: [MachinePatch]] = [:]
    for patch in patches { if case .node(let name) = patch.scope { byNode[name, default: []].append(patch) } }
    self.byNode = byNode
  }

  /// Whether a node has patches that no other one has.
  package func hasOwn(_ node: Node) -> Bool { byNode[node.name] != nil }

  /// The patches of a node in the order in which they are applied: cluster, role, node.
  package func patches(of node: Node) -> [MachinePatch] {
    all.filter { $0.scope == .cluster } + all.filter { $0.scope == .role(node.role) } + byNode[node.name, default: []]
  }

  /// Reads the patches that a spec names and those that lie where patches are looked for.
  ///
  /// - Parameter contents: The text of a file; nil where there is none, an error where there is one that cannot be read.
  package static func read(
    for spec: ClusterSpec, _ layout: RepositoryLayout, contents: (String) throws(InvalidInput) -> String?
  ) throws(InvalidInput) -> MachinePatches {
    var patches: [MachinePatch] = []
    var problems: [Diagnostic] = []
    for (path, scope, isNamed) in places(of: spec, layout) {
      do throws(InvalidInput) {
        guard let text = try contents(path) else {
          if isNamed { problems.append(missing(path, scope)) }
          continue
        }
        patches.append(
          try MachinePatch(
            text: text, file: path, scope: scope, contract: GenerationRequest.Contract(of: spec.versions.talos)))
      } catch { problems += error.diagnostics.filter { !problems.contains($0) } }
    }
    guard problems.isEmpty else { throw InvalidInput(problems) }
    return MachinePatches(patches)
  }

  private static func places(
    of spec: ClusterSpec, _ layout: RepositoryLayout
  ) -> [(path: String, scope: MachinePatch.Scope, isNamed: Bool)] {
    let shared: [(String, MachinePatch.Scope, Bool)] =
      [(layout.clusterPatch, .cluster, false)]
      + Node.Role.allCases.map { (layout.patch(of: $0), .role($0), false) }
    return shared
      + spec.nodes.sorted { $0.name < $1.name }.flatMap { node in
        [(layout.patch(of: node), .node(node.name), false)]
          + node.patches.map { (layout.path($0), .node(node.name), true) }
      }
  }

  private static func missing(_ path: String, _ scope: MachinePatch.Scope) -> Diagnostic {
    let name = if case .node(let name) = scope { name } else { "" }
    return Diagnostic(
      at: SourceLocation(file: path, line: 1, column: 1),
      "the patch that zerotouch.yaml names for `\(name)` does not exist",
      remedy: "write it, or take it out of `spec.nodes[].patches`")
  }
}
