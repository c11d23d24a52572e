package import ZeroTouchTools

/// Where a gate looks.
package enum Source: Sendable, Hashable {
  /// The objects of one kind, in one place of the cluster; all gates that look there share one watch.
  case watch(WatchedResource)
  /// The answer of a program that is asked again and again.
  case poll(ToolInvocation)

  /// All objects of one kind in one place.
  package static func watch<Object: ClusterObject>(
    _ kind: Object.Type, _ scope: KubernetesScope = .cluster, by kubectl: Kubectl
  ) -> Self {
    .watch(WatchedResource(kind: kind, scope: scope, kubectl: kubectl))
  }
}

/// The objects of one kind in one place of one cluster.
package struct WatchedResource: Sendable, Hashable, CustomStringConvertible {
  package let kind: any ClusterObject.Type
  package let scope: KubernetesScope
  package let kubectl: Kubectl

  package var resource: String { kind.resource }
  package var description: String { "\(resource) in \(scope)" }

  package static func == (left: Self, right: Self) -> Bool {
    left.resource == right.resource && left.scope == right.scope && left.kubectl == right.kubectl
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(resource)
    hasher.combine(scope)
    hasher.combine(kubectl)
  }
}
