/// Where in a cluster objects are looked for.
package enum KubernetesScope: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// Objects that live in no namespace.
  case cluster
  case namespace(String)
  case allNamespaces

  /// The arguments that select it.
  package var arguments: [String] {
    switch self {
    case .cluster: []
    case .namespace(let name): ["-n", name]
    case .allNamespaces: ["--all-namespaces"]
    }
  }

  package var description: String {
    switch self {
    case .cluster: "the cluster"
    case .namespace(let name): "namespace `\(name)`"
    case .allNamespaces: "all namespaces"
    }
  }
}
