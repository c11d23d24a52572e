import ZeroTouchModel

/// What helm keeps in a cluster of a release, as it lies there when helm was killed on the way.
enum HelmRelease {
  /// The namespace, and the Secret `sh.helm.release.v1.NAME.v1` with a status such as `pending-install`.
  static func pending(_ name: String, in namespace: String, _ status: String) -> [JSONValue] {
    let labels: JSONValue = [
      "owner": "helm", "name": .string(name), "status": .string(status), "version": "1", "modifiedAt": "1767225600",
    ]
    let release: JSONValue = [
      "apiVersion": "v1", "kind": "Secret", "type": "helm.sh/release.v1", "data": ["release": "SDRzSUFBQUFBQUFBLw=="],
      "metadata": [
        "name": .string("sh.helm.release.v1.\(name).v1"), "namespace": .string(namespace), "labels": labels,
      ],
    ]
    return [["apiVersion": "v1", "kind": "Namespace", "metadata": ["name": .string(namespace)]], release]
  }
}
