/// A kind of object as URLs name it, such as `deployments` of `apps`; the core group is empty.
package struct GroupResource: Sendable, Hashable, Comparable, CustomStringConvertible {
  package let group: String
  package let resource: String

  package init(_ resource: String, _ group: String = "") {
    self.group = group
    self.resource = resource
  }

  package var description: String { group.isEmpty ? resource : "\(resource).\(group)" }

  package static func < (left: Self, right: Self) -> Bool {
    (left.group, left.resource) < (right.group, right.resource)
  }
}

/// One object of the cluster; cluster-scoped ones have an empty namespace.
package struct ObjectKey: Sendable, Hashable, Comparable, CustomStringConvertible {
  package let resource: GroupResource
  package let namespace: String
  package let name: String

  package init(_ resource: GroupResource, _ namespace: String, _ name: String) {
    self.resource = resource
    self.namespace = namespace
    self.name = name
  }

  /// A cluster-scoped object.
  package init(_ resource: GroupResource, _ name: String) { self.init(resource, "", name) }

  package var description: String { "\(resource) \(namespace.isEmpty ? "" : namespace + "/")\(name)" }

  package static func < (left: Self, right: Self) -> Bool {
    (left.resource, left.namespace, left.name) < (right.resource, right.namespace, right.name)
  }
}

extension GroupResource {
  package static let namespaces = GroupResource("namespaces")
  package static let nodes = GroupResource("nodes")
  package static let pods = GroupResource("pods")
  package static let secrets = GroupResource("secrets")
  package static let configMaps = GroupResource("configmaps")
  package static let services = GroupResource("services")
  package static let serviceAccounts = GroupResource("serviceaccounts")
  package static let events = GroupResource("events")
  package static let persistentVolumeClaims = GroupResource("persistentvolumeclaims")
  package static let persistentVolumes = GroupResource("persistentvolumes")
  package static let deployments = GroupResource("deployments", "apps")
  package static let replicaSets = GroupResource("replicasets", "apps")
  package static let daemonSets = GroupResource("daemonsets", "apps")
  package static let statefulSets = GroupResource("statefulsets", "apps")
  package static let jobs = GroupResource("jobs", "batch")
  package static let storageClasses = GroupResource("storageclasses", "storage.k8s.io")
  package static let customResourceDefinitions = GroupResource("customresourcedefinitions", "apiextensions.k8s.io")
  package static let applications = GroupResource("applications", "argoproj.io")
}
