package import ZeroTouchModel

/// What is looked at of an Argo CD Application.
package struct Application: Sendable, Hashable {
  /// One source of manifests.
  package struct Source: Sendable, Hashable {
    package let repoURL: String
    package let revision: String
    package let path: String?
    package let chart: String?
  }

  package let name: String
  package let namespace: String
  /// `argocd.argoproj.io/sync-wave`; 0 where there is none.
  package let wave: Int
  /// Why it stands in its wave, as its author says; empty where nobody does.
  package let reason: String
  package let destinationNamespace: String?
  package let sources: [Source]
  package let syncOptions: [String]
  /// What it brings that takes time.
  package var arrivals: Set<Arrival> = [.containers]

  /// Reads the manifest of an Application; anything else gives nil.
  package init?(_ manifest: JSONValue) {
    guard manifest["kind"]?.stringValue == "Application",
      manifest["apiVersion"]?.stringValue?.hasPrefix("argoproj.io/") == true,
      let name = manifest[path: "metadata", "name"]?.stringValue, let spec = manifest["spec"]
    else { return nil }
    self.name = name
    namespace = manifest[path: "metadata", "namespace"]?.stringValue ?? "argocd"
    let annotations = manifest[path: "metadata", "annotations"]?.stringMap ?? [:]
    wave = annotations["argocd.argoproj.io/sync-wave"].flatMap { Int($0) } ?? 0
    reason = annotations["zerotouch.dev/reason"] ?? ""
    destinationNamespace = spec[path: "destination", "namespace"]?.stringValue
    let sources = spec["sources"]?.arrayValue ?? spec["source"].map { [$0] } ?? []
    self.sources = sources.map(Source.init)
    syncOptions = spec[path: "syncPolicy", "syncOptions"]?.arrayValue?.compactMap(\.stringValue) ?? []
  }
}

extension Application.Source {
  init(_ source: JSONValue) {
    self.init(
      repoURL: source["repoURL"]?.stringValue ?? "", revision: source["targetRevision"]?.stringValue ?? "HEAD",
      path: source["path"]?.stringValue, chart: source["chart"]?.stringValue)
  }
}
