import ZeroTouchManifests
import ZeroTouchModel

/// A place where an object reads one key of a Secret.
struct SecretKeyUse {
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
      return SecretKeyUse(namespace: namespace, name: reference.name, key: key, path: reference.path + ["key"])
    }
  }

  private static func uses(_ template: PodTemplate, _ namespace: String?) -> [SecretKeyUse] {
    var uses: [SecretKeyUse] = []
    for list in ["initContainers", "containers"] {
      for (number, container) in (template.spec[list]?.items ?? []).enumerated() {
        for (index, variable) in (container["env"]?.items ?? []).enumerated() {
          guard let reference = variable["valueFrom"]?["secretKeyRef"], reference["optional"]?.scalar != .bool(true),
            let name = reference["name"]?.text, let key = reference["key"]?.text
          else { continue }
          let path =
            template.base + ["spec", list, String(number), "env", String(index), "valueFrom", "secretKeyRef", "key"]
          uses.append(SecretKeyUse(namespace: namespace, name: name, key: key, path: path))
        }
      }
    }
    for (number, volume) in (template.spec["volumes"]?.items ?? []).enumerated() {
      guard let secret = volume["secret"], secret["optional"]?.scalar != .bool(true),
        let name = secret["secretName"]?.text
      else { continue }
      for (index, item) in (secret["items"]?.items ?? []).enumerated() {
        guard let key = item["key"]?.text else { continue }
        let path = template.base + ["spec", "volumes", String(number), "secret", "items", String(index), "key"]
        uses.append(SecretKeyUse(namespace: namespace, name: name, key: key, path: path))
      }
    }
    return uses
  }
}
