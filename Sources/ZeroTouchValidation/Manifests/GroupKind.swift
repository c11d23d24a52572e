/// A kind of objects, whatever its version.
package struct GroupKind: Sendable, Hashable, Comparable, CustomStringConvertible {
  package let group: String
  package let kind: String

  package init(group: String, kind: String) {
    self.group = group
    self.kind = kind
  }

  package var description: String { group.isEmpty ? kind : "\(kind).\(group)" }

  package static func < (left: Self, right: Self) -> Bool { (left.group, left.kind) < (right.group, right.kind) }
}

extension GroupKind {
  /// The groups that every API server has.
  private static let builtInGroups: Set<String> = [
    "", "admissionregistration.k8s.io", "apiextensions.k8s.io", "apiregistration.k8s.io", "apps",
    "authentication.k8s.io", "authorization.k8s.io", "autoscaling", "batch", "certificates.k8s.io",
    "coordination.k8s.io", "discovery.k8s.io", "events.k8s.io", "extensions", "flowcontrol.apiserver.k8s.io",
    "internal.apiserver.k8s.io", "networking.k8s.io", "node.k8s.io", "policy", "rbac.authorization.k8s.io",
    "resource.k8s.io", "scheduling.k8s.io", "storage.k8s.io", "storagemigration.k8s.io",
  ]

  /// The kinds of those groups that belong to no namespace.
  private static let clusterWide: Set<String> = [
    "APIService", "CertificateSigningRequest", "ClusterRole", "ClusterRoleBinding", "ClusterTrustBundle", "CSIDriver",
    "CSINode", "CustomResourceDefinition", "DeviceClass", "FlowSchema", "IngressClass", "IPAddress",
    "MutatingAdmissionPolicy", "MutatingAdmissionPolicyBinding", "MutatingWebhookConfiguration", "Namespace", "Node",
    "PersistentVolume", "PriorityClass", "PriorityLevelConfiguration", "ResourceSlice", "RuntimeClass", "ServiceCIDR",
    "StorageClass", "ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding", "ValidatingWebhookConfiguration",
    "VolumeAttachment", "VolumeAttributesClass",
  ]

  /// Whether every API server knows it.
  package var isBuiltIn: Bool { Self.builtInGroups.contains(group) }
  /// Whether Argo CD itself brings it.
  package var isArgoCDs: Bool {
    group == "argoproj.io" && ["Application", "ApplicationSet", "AppProject"].contains(kind)
  }
  /// Whether its objects lie in namespaces; nil where only its definition says.
  package var isNamespaced: Bool? {
    if isBuiltIn { return !Self.clusterWide.contains(kind) }
    return isArgoCDs ? true : nil
  }
}
