import Foundation
package import ZeroTouchModel

/// A machine configuration: the main document and whatever documents stand beside it.
package struct MachineConfiguration: Sendable, Hashable {
  package var documents: [JSONValue]

  package init(documents: [JSONValue]) { self.documents = documents }

  /// The document with `version: v1alpha1`, which has no kind.
  package var main: JSONValue? {
    get { documents.first { $0["kind"] == nil } }
    set {
      guard let newValue, let index = documents.firstIndex(where: { $0["kind"] == nil }) else { return }
      documents[index] = newValue
    }
  }

  /// Puts a document in the place of the one it is the same as, or behind the others.
  package mutating func replace(_ document: JSONValue) {
    let id = Self.identifier(of: document)
    guard let index = documents.firstIndex(where: { Self.identifier(of: $0) == id }) else {
      return documents.append(document)
    }
    documents[index] = document
  }

  /// The first document of a kind.
  package func document(_ kind: String) -> JSONValue? { documents.first { $0["kind"]?.stringValue == kind } }

  package var machine: JSONValue { main?["machine"] ?? .null }
  package var cluster: JSONValue { main?["cluster"] ?? .null }
}

extension MachineConfiguration {
  /// `controlplane` or `worker`; empty means worker.
  package var type: String {
    let written = machine["type"]?.stringValue ?? ""
    return written.isEmpty ? "worker" : written
  }

  package var isControlPlane: Bool { type == "controlplane" || type == "init" }

  /// The host name the configuration sets; nil leaves it to the machine.
  package var hostname: String? {
    let named =
      document("HostnameConfig")?["hostname"]?.stringValue ?? machine[path: "network", "hostname"]?.stringValue
    return named?.isEmpty == false ? named : nil
  }

  package var clusterName: String { cluster["clusterName"]?.stringValue ?? "" }
  package var endpoint: String { cluster[path: "controlPlane", "endpoint"]?.stringValue ?? "" }

  /// The host of the control plane's endpoint, without brackets.
  package var endpointHost: String? {
    URLComponents(string: endpoint)?.host?.trimmingCharacters(in: CharacterSet(charactersIn: "[]"))
  }

  package var cni: String { cluster[path: "network", "cni", "name"]?.stringValue ?? "flannel" }
  package var isProxyEnabled: Bool { cluster[path: "proxy", "disabled"]?.boolValue != true }
  package var isCoreDNSEnabled: Bool { cluster[path: "coreDNS", "disabled"]?.boolValue != true }
  package var dnsDomain: String { cluster[path: "network", "dnsDomain"]?.stringValue ?? "cluster.local" }
  package var podSubnets: [String] { cluster.strings("network", "podSubnets", otherwise: ["10.244.0.0/16"]) }
  package var serviceSubnets: [String] { cluster.strings("network", "serviceSubnets", otherwise: ["10.96.0.0/12"]) }

  package var inlineManifests: [(name: String, contents: String)] {
    (cluster["inlineManifests"]?.arrayValue ?? []).map {
      (name: $0["name"]?.stringValue ?? "", contents: $0["contents"]?.stringValue ?? "")
    }
  }

  package var nodeLabels: [String: String] { (machine["nodeLabels"] ?? .null).stringMap }
  package var nodeAnnotations: [String: String] { (machine["nodeAnnotations"] ?? .null).stringMap }

  /// The taints by key, as `value:Effect` or `Effect`.
  package var nodeTaints: [String: String] { (machine["nodeTaints"] ?? .null).stringMap }

  package var schedulesOnControlPlanes: Bool { cluster["allowSchedulingOnControlPlanes"]?.boolValue == true }

  /// The port of KubePrism, if it is on.
  package var kubePrismPort: Int? {
    let prism = machine[path: "features", "kubePrism"]
    guard prism?["enabled"]?.boolValue == true else { return nil }
    return prism?["port"]?.intValue ?? 7445
  }

  /// The host names and addresses that Talos's own API certificate is asked to cover.
  package var certSANs: [String] { machine.strings("certSANs") }
  /// What the Kubernetes API's certificate is asked to cover.
  package var kubernetesSANs: [String] { cluster.strings("apiServer", "certSANs") }

  package var kubeletImage: String { machine[path: "kubelet", "image"]?.stringValue ?? "" }
  /// The version of Kubernetes in the tag of the kubelet's image.
  package var kubernetesVersion: String { Self.tag(of: kubeletImage) ?? "v1.36.3" }

  package static func tag(of image: String) -> String? {
    let name = image.split(separator: "@")[safe: 0] ?? ""
    guard let colon = name.lastIndex(of: ":"), !name[colon...].contains("/") else { return nil }
    return String(name[name.index(after: colon)...])
  }
}

extension Collection {
  fileprivate subscript(safe index: Index) -> Element? { indices.contains(index) ? self[index] : nil }
}

extension JSONValue {
  /// The texts of a list behind a path of keys.
  package func strings(_ keys: String..., otherwise fallback: [String] = []) -> [String] {
    let list = keys.reduce(Optional(self)) { $0?[$1] }?.arrayValue?.compactMap(\.stringValue) ?? []
    return list.isEmpty ? fallback : list
  }
}
