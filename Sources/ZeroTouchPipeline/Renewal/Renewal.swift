package import Foundation
package import ZeroTouchModel

/// A time at which machines are made anew: one rebuild of the cluster, or one replacement of a node.
package struct Renewal: Sendable, Hashable {
  /// The moment at which it was asked for, in UTC; every machine that is configured in it carries this as its mark.
  package let began: String
  /// Whether it came to its end; what is done afterwards is no part of it any more.
  package var isFinished = false

  package init(began: String, isFinished: Bool = false) {
    self.began = began
    self.isFinished = isFinished
  }

  /// Reads what `text` wrote; nil where there is no such file, or it is none.
  package init?(_ data: Data?) {
    guard let value = data.flatMap({ try? JSONValue(parsing: $0) }), let began = value["began"]?.stringValue else {
      return nil
    }
    self.init(began: began, isFinished: value["finished"]?.boolValue ?? false)
  }

  /// The file's contents.
  package var text: String {
    let value: JSONValue = ["began": .string(began), "finished": .bool(isFinished)]
    return "\(value.text())\n"
  }

  /// The same, at its end.
  package var finished: Renewal { Renewal(began: began, isFinished: true) }
}

/// What the state directory remembers of rebuilds and replacements: the last one of each.
package struct Renewals: Sendable, Hashable {
  package var cluster: Renewal?
  /// By the names of the nodes.
  package var nodes: [String: Renewal] = [:]

  package init() {}

  /// Reads what earlier runs left.
  package init(of spec: ClusterSpec, in workspace: Workspace) {
    cluster = Renewal(workspace.contents(of: workspace.renewal))
    for node in spec.nodes { nodes[node.name] = Renewal(workspace.contents(of: workspace.renewal(of: node.name))) }
  }

  /// When each machine was made anew last; moments are compared as they are written.
  func marks(of nodes: [Node]) -> [String: String] {
    let pairs = nodes.compactMap { node in
      [cluster?.began, self.nodes[node.name]?.began].compactMap(\.self).max().map { (node.name, $0) }
    }
    return Dictionary(pairs) { first, _ in first }
  }
}

/// What a run makes anew.
package enum Renewing: Sendable, Hashable {
  case cluster(Renewal)
  case node(String, Renewal)
}

extension Bootstrap {
  /// Whether this run rebuilds the cluster.
  var isRebuilt: Bool { if case .cluster = renewing { true } else { false } }

  /// When each machine was, or is in this run, made anew; the others have no mark.
  var marks: [String: String] {
    var known = renewals
    switch renewing {
    case .cluster(let renewal): known.cluster = renewal
    case .node(let name, let renewal): known.nodes[name] = renewal
    case nil: break
    }
    return known.marks(of: spec.nodes)
  }
}

extension Workspace {
  /// The file that remembers the last rebuild.
  var renewal: String { path("renewals/cluster.json") }

  /// The file that remembers the last replacement of a node.
  func renewal(of node: String) -> String { path("renewals/nodes/\(node).json") }
}
