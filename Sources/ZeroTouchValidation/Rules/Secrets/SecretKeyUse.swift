import ZeroTouchManifests
import ZeroTouchModel

/// A place where an object reads one key of a Secret or ConfigMap.
struct SecretKeyUse {
  let kind: String
  let namespace: String?
  let name: String
  let key: String
  let path: [String]

  static func all(of object: PlacedObject) -> [SecretKeyUse] {
    if let template = PodTemplate(object.manifest) { return uses(template, object.namespace) }
    guard SecretStoreName(object) != nil else { return [] }
    return object.manifest.storeCredentials.compactMap { reference in
      guard let key = reference.node["key"]?.text, !key.isEmpty else { return nil }
      let namespace = reference.node["namespace"]?.text ?? object.namespace
      return SecretKeyUse(
        kind: "Secret", namespace: namespace, name: reference.name, key: key, path: reference.path + ["key"])
    }
  }

  private static func uses(_ template: PodTemplate, _ namespace: String?) -> [SecretKeyUse] {
    var uses: [SecretKeyUse] = []
    for list in ["initContainers", "containers"] {
      for (number, container) in (template.spec[list]?.items ?? []).enumerated() {
        for (index, variable) in (container["env"]?.items ?? []).enumerated() {
          for (field, kind) in [("secretKeyRef", "Secret"), ("configMapKeyRef", "ConfigMap")] {
            guard let reference = variable["valueFrom"]?[field], reference["optional"]?.scalar != .bool(true),
              let name = reference["name"]?.text, let key = reference["key"]?.text
            else { continue }
            let path = template.base + ["spec", list, String(number), "env", String(index), "valueFrom", field, "key"]
            uses.append(SecretKeyUse(kind: kind, namespace: namespace, name: name, key: key, path: path))
          }
        }
      }
    }
    return uses + files(template, namespace)
  }

  /// The keys that volumes take one by one.
  private static func files(_ template: PodTemplate, _ namespace: String?) -> [SecretKeyUse] {
    var uses: [SecretKeyUse] = []
    for (number, volume) in (template.spec["volumes"]?.items ?? []).enumerated() {
      for (field, nameKey, kind) in [("secret", "secretName", "Secret"), ("configMap", "name", "ConfigMap")] {
        guard let source = volume[field], source["optional"]?.scalar != .bool(true), let name = source[nameKey]?.text
        else { continue }
        for (index, item) in (source["items"]?.items ?? []).enumerated() {
          guard let key = item["key"]?.text else { continue }
          let path = template.base + ["spec", "volumes", String(number), field, "items", String(index), "key"]
          uses.append(SecretKeyUse(kind: kind, namespace: namespace, name: name, key: key, path: path))
        }
      }
    }
    return uses + projected(template, namespace)
  }

  /// The keys that volumes of several sources take.
  private static func projected(_ template: PodTemplate, _ namespace: String?) -> [SecretKeyUse] {
    var uses: [SecretKeyUse] = []
    for (number, volume) in (template.spec["volumes"]?.items ?? []).enumerated() {
      for (place, part) in (volume["projected"]?["sources"]?.items ?? []).enumerated() {
        let path = template.base + ["spec", "volumes", String(number), "projected", "sources", String(place)]
        for (field, kind) in [("secret", "Secret"), ("configMap", "ConfigMap")] {
          guard let source = part[field], source["optional"]?.scalar != .bool(true), let name = source["name"]?.text
          else { continue }
          for (index, item) in (source["items"]?.items ?? []).enumerated() {
            guard let key = item["key"]?.text else { continue }
            let path = path + [field, "items", String(index), "key"]
            uses.append(SecretKeyUse(kind: kind, namespace: namespace, name: name, key: key, path: path))
          }
        }
      }
    }
    return uses
  }
}
