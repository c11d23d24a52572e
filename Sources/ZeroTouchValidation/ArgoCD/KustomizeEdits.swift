import ZeroTouchManifests
import ZeroTouchModel

/// What an Application has Argo CD write into a kustomization before it is built: `source.kustomize`.
struct KustomizeEdits {
  /// Where every object goes that has a namespace.
  let namespace: String?
  /// The fields that change objects and that nobody follows here. Images are looked at where they are named, and labels
  /// decide nothing.
  let unknown: [String]

  private static let followed: Set<String> = [
    "namespace", "images", "commonLabels", "version", "forceCommonLabels", "forceCommonAnnotations",
    "commonAnnotationsEnvsubst", "labelWithoutSelector", "labelIncludeTemplates", "kubeVersion", "apiVersions",
    "ignoreMissingComponents",
  ]

  init(_ source: ApplicationSource) {
    let node = source.node["kustomize"]
    namespace = node?["namespace"]?.text.flatMap { $0.isEmpty ? nil : $0 }
    unknown = (node?.entries ?? []).filter { !Self.followed.contains($0.key) && !Self.isEmpty($0.value) }.map(\.key)
  }

  private static func isEmpty(_ value: LocatedYAML) -> Bool {
    value.text?.isEmpty ?? value.items?.isEmpty ?? value.entries?.isEmpty ?? false
  }
}

extension Manifest {
  /// The object where a kustomization puts everything into one namespace, which renames Namespaces as well.
  func moved(to namespace: String) -> Manifest {
    if kind == "Namespace", group.isEmpty { return Manifest(self, name: namespace, namespace: nil) }
    return groupKind.isNamespaced == false ? self : Manifest(self, name: name, namespace: namespace)
  }
}
