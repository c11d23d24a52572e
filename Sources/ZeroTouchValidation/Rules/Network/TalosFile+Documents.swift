import Foundation
import ZeroTouchManifests
import ZeroTouchModel

/// What the documents beside the main one say, which take the place of its fields from Talos 1.12 and 1.14 on.
extension TalosFile {
  /// The first document of a kind; one that only deletes another is none.
  func document(_ kind: String) -> LocatedYAML? {
    file.documents.first { $0["kind"]?.text == kind && $0["$patch"] == nil }
  }

  /// Whether Kubernetes has documents of its own: then nothing is on that none of them names.
  var hasKubernetesDocuments: Bool {
    file.documents.contains { document in
      document["kind"]?.text.map { $0.hasPrefix("Kube") && !$0.hasPrefix("KubeSpan") } ?? false
    }
  }

  /// Whether it patches another configuration.
  var deletesDocuments: Bool { file.documents.contains { $0["$patch"] != nil } }

  var clusterName: String {
    configuration.clusterName.isEmpty
      ? document("KubeClusterConfig")?["clusterName"]?.text ?? "" : configuration.clusterName
  }

  /// The host of the control plane's endpoint.
  var endpointHost: String? {
    configuration.endpointHost
      ?? document("KubeClusterConfig")?["endpoint"]?.text.flatMap { URLComponents(string: $0)?.host }
  }

  /// Whether pods run on a control plane.
  var schedulesOnControlPlanes: Bool {
    guard let node = document("KubeNodeConfig") else { return configuration.schedulesOnControlPlanes }
    return node["taints"]?[Self.controlPlaneTaint] == nil
  }

  static let controlPlaneTaint = "node-role.kubernetes.io/control-plane"

  /// The manifests that Talos applies, wherever they are written.
  var inlineManifests: [(name: String, text: String)] {
    configuration.inlineManifests.map { (name: $0.name, text: $0.contents) }
      + file.documents.filter { $0["kind"]?.text == "KubeInlineManifestConfig" }.map {
        (name: $0["name"]?.text ?? "", text: $0["manifest"]?.text ?? "")
      }
  }

  /// The Talos of the installer's image.
  var installed: SemanticVersion? {
    let image =
      node("machine", "install", "image")?.text ?? document("UnattendedInstallConfig")?["installer"]?["image"]?.text
    return image.flatMap(MachineConfiguration.tag).flatMap { SemanticVersion($0) }
  }

  /// The network that Talos installs by itself, with its place; nil where it installs none, or leaves that to a patch.
  func ownNetwork(unless isSetElsewhere: Bool) -> (name: String, place: SourceLocation)? {
    if let flannel = document("KubeFlannelCNIConfig") { return ("flannel", flannel.place(at: ["kind"])) }
    let place = self.place("cluster", "network", "cni", "name")
    if let name = node("cluster", "network", "cni", "name")?.text { return name == "none" ? nil : (name, place) }
    if hasKubernetesDocuments, node("cluster", "network") == nil { return nil }
    return isWhole && configuration.isControlPlane && !isSetElsewhere ? ("flannel", place) : nil
  }

  /// Where kube-proxy is left on; nil where it is off, or where a patch may turn it off.
  func proxyLeftOn(unless isSetElsewhere: Bool) -> SourceLocation? {
    if let proxy = document("KubeProxyConfig") {
      return proxy["enabled"]?.scalar == .bool(false) ? nil : proxy.place(at: ["enabled"])
    }
    let says = node("cluster", "proxy", "disabled")?.scalar
    let isLeft =
      says == nil && isWhole && configuration.isControlPlane && !isSetElsewhere && !hasKubernetesDocuments
    return says == .bool(false) || isLeft ? place("cluster", "proxy", "disabled") : nil
  }
}

extension Survey {
  /// Whether some file takes a document away by a patch.
  func deletesTalosDocument(_ kind: String) -> Bool {
    tree.files.contains { file in
      file.documents.contains { $0["kind"]?.text == kind && $0["$patch"]?.text == "delete" }
    }
  }
}
