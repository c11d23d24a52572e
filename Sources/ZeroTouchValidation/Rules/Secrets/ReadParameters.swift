import ZeroTouchManifests
import ZeroTouchModel

/// The parameters of Parameter Store that ExternalSecrets read.
package struct ReadParameters: Sendable {
  /// One reading of a parameter.
  package struct Parameter: Sendable {
    package let name: String
    /// What its store puts before every name; the first part of the name where it puts nothing.
    package let prefix: String
    /// The ExternalSecret, such as `argocd/platform-repository`.
    package let reader: String
    /// Whether what the store holds is base64 of what the Secret gets.
    package let isDecoded: Bool
    let manifest: Manifest
    let path: [String]
  }

  package private(set) var all: [Parameter] = []
  var prefixes: Set<String> { Set(all.map(\.prefix)) }
  /// Whether something reads more than names.
  package private(set) var isOpen = false

  package init(_ survey: Survey) {
    for cluster in survey.clusters {
      let stores = Dictionary(
        cluster.objects.compactMap { object in SecretStoreName(object).map { ($0, object.manifest) } },
        uniquingKeysWith: { first, _ in first })
      for (object, name) in cluster.externalSecrets {
        guard let store = name.flatMap({ stores[$0] }) else {
          isOpen = true
          continue
        }
        guard let aws = store["spec", "provider", "aws"], aws["service"]?.text == "ParameterStore" else { continue }
        read(object, prefix: aws["prefix"]?.text ?? "")
      }
    }
  }

  private mutating func read(_ object: PlacedObject, prefix: String) {
    let manifest = object.manifest
    for (list, key) in [("data", "remoteRef"), ("dataFrom", "extract")] {
      for (index, item) in (manifest["spec", list]?.items ?? []).enumerated() {
        guard let name = item[key]?["key"]?.text, item["sourceRef"] == nil else {
          isOpen = true
          continue
        }
        let whole = prefix + name
        let common = prefix.isEmpty ? "/" + whole.split(separator: "/").prefix(1).joined() : prefix
        all.append(
          Parameter(
            name: whole, prefix: common + (common.hasSuffix("/") ? "" : "/"),
            reader: "\(object.namespace ?? "")/\(manifest.name)",
            isDecoded: (item[key]?["decodingStrategy"]?.text ?? "None") != "None", manifest: manifest,
            path: ["spec", list, String(index), key, "key"]))
      }
    }
  }
}
