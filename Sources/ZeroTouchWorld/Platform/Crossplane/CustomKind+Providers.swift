/// The kinds that Crossplane's providers bring, by the last part of their package's name.
extension CustomKind {
  static let providers: [String: [CustomKind]] = ["provider-kubernetes": kubernetes]

  private static let kubernetes = [
    CustomKind(
      group: "kubernetes.crossplane.io", kind: "Object", plural: "objects", versions: ["v1alpha2", "v1alpha1"],
      categories: ["crossplane", "managed", "kubernetes"]),
    CustomKind(
      group: "kubernetes.crossplane.io", kind: "ObservedObjectCollection", plural: "observedobjectcollections",
      versions: ["v1alpha1"], categories: ["crossplane", "managed", "kubernetes"]),
    CustomKind(
      group: "kubernetes.crossplane.io", kind: "ProviderConfig", plural: "providerconfigs", versions: ["v1alpha1"],
      categories: ["crossplane", "provider", "kubernetes"]),
    CustomKind(
      group: "kubernetes.m.crossplane.io", kind: "Object", plural: "objects", isNamespaced: true,
      versions: ["v1alpha1"], categories: ["crossplane", "managed", "kubernetes"]),
    CustomKind(
      group: "kubernetes.m.crossplane.io", kind: "ProviderConfig", plural: "providerconfigs", isNamespaced: true,
      versions: ["v1alpha1"], categories: ["crossplane", "provider", "kubernetes"]),
  ]
}
