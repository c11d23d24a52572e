import Foundation
package import ZeroTouchManifests
package import ZeroTouchModel

/// An injection with its values in hand: what is sent, and what the cluster's copy is compared with.
package struct ResolvedInjection: Sendable {
  package let injection: SecretInjection
  private let data: [String: Secret]

  /// What each key is to hold.
  package var values: [String: Secret] { data }

  init(injection: SecretInjection, data: [String: Secret]) {
    self.injection = injection
    self.data = data
  }

  /// The values that no text may hold; what stands in the spec in plain words is none.
  package var secrets: [Secret] {
    data.sorted { $0.key < $1.key }.compactMap { key, value in
      injection.values[key]?.reference == nil ? nil : value
    }
  }

  /// The namespace and the Secret, for `kubectl apply` on standard input.
  package var manifest: Secret {
    let namespace: JSONValue = [
      "apiVersion": "v1", "kind": "Namespace", "metadata": ["name": .string(injection.namespace)],
    ]
    let secret: JSONValue = [
      "apiVersion": "v1", "kind": "Secret", "type": .string(injection.type),
      "metadata": [
        "name": .string(injection.name), "namespace": .string(injection.namespace),
        "labels": JSONValue(injection.labels),
      ],
      "data": JSONValue(encoded),
    ]
    let list: JSONValue = ["apiVersion": "v1", "kind": "List", "items": [namespace, secret]]
    return Secret(list.text())
  }

  /// Why the cluster's copy cannot be made what is wanted: only another Secret in its place could; nil where it can.
  package func hindrance(in live: JSONValue) -> String? {
    let type = live["type"]?.stringValue ?? "Opaque"
    if type != injection.type {
      return "has the type `\(type)`, and `\(injection.type)` is wanted: a type cannot be changed"
    }
    let keys = differingKeys(from: live)
    guard live["immutable"]?.boolValue == true, !keys.isEmpty else { return nil }
    return "is immutable, and differs in \(keys.joined(separator: ", "))"
  }

  /// What differs between the cluster's copy and what is wanted: names of keys and labels, never values.
  package func differences(from live: JSONValue) -> [String] {
    let labels = live[path: "metadata", "labels"]?.stringMap ?? [:]
    let marks = injection.labels.filter { labels[$0.key] != $0.value }.map { "label `\($0.key)`" }
    return (differingKeys(from: live) + marks).sorted()
  }

  private func differingKeys(from live: JSONValue) -> [String] {
    let held = live["data"]?.stringMap ?? [:]
    return Set(held.keys).union(encoded.keys).filter { held[$0] != encoded[$0] }.map { "key `\($0)`" }.sorted()
  }

  /// The keys that the cluster's copy has beside those that are wanted, as a patch that takes them away; nil where there
  /// are none. What somebody else once set is not taken away by applying without it.
  package func removal(of live: JSONValue) -> String? {
    let held = live["data"]?.stringMap ?? [:]
    let surplus = held.keys.filter { data[$0] == nil }
    guard !surplus.isEmpty else { return nil }
    let nothing = Dictionary(uniqueKeysWithValues: surplus.map { ($0, JSONValue.null) })
    return JSONValue.object(["data": .object(nothing)]).text()
  }

  private var encoded: [String: String] { data.mapValues { $0.exposed.base64EncodedString() } }
}
