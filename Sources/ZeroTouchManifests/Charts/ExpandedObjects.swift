import ZeroTouchModel

/// The manifests that the short forms of the catalogue stand for.
enum ExpandedObjects {
  /// A CustomResourceDefinition whose schema lets every field through.
  static func definition(_ part: JSONValue) -> JSONValue {
    let kind = part["kind"]?.stringValue ?? ""
    let plural = part["plural"]?.stringValue ?? ""
    let group = part["group"]?.stringValue ?? ""
    let versions = (part["versions"]?.arrayValue ?? []).compactMap(\.stringValue)
    let unserved = (part["unserved"]?.arrayValue ?? []).compactMap(\.stringValue)
    var names: JSONValue = [
      "kind": .string(kind), "listKind": .string("\(kind)List"), "plural": .string(plural),
      "singular": part["singular"] ?? .string(kind.lowercased()),
    ]
    names["shortNames"] = part["shortNames"]
    names["categories"] = part["categories"]
    var metadata: JSONValue = ["name": .string("\(plural).\(group)")]
    metadata["annotations"] = part["annotations"]
    return [
      "apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition", "metadata": metadata,
      "spec": [
        "group": .string(group), "names": names, "scope": part["scope"] ?? "Namespaced",
        "versions": .array(
          (versions + unserved).enumerated().map { index, version in
            [
              "name": .string(version), "served": .bool(!unserved.contains(version)), "storage": .bool(index == 0),
              "subresources": ["status": [:]],
              "schema": ["openAPIV3Schema": ["type": "object", "x-kubernetes-preserve-unknown-fields": true]],
            ]
          }),
      ],
    ]
  }

  /// A ServiceAccount, with a ClusterRole of the same name bound to it when it has rules.
  static func account(_ part: JSONValue, _ scope: CatalogueScope) -> [JSONValue] {
    let name = part["name"] ?? ""
    let account: JSONValue = [
      "apiVersion": "v1", "kind": "ServiceAccount", "metadata": ["name": name, "namespace": .string(scope.namespace)],
    ]
    guard let role = part["clusterRole"] else { return [account] }
    return [
      account,
      [
        "apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRole", "metadata": ["name": role],
        "rules": part["rules"] ?? [],
      ],
      [
        "apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRoleBinding", "metadata": ["name": role],
        "roleRef": ["apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": role],
        "subjects": [["kind": "ServiceAccount", "name": name, "namespace": .string(scope.namespace)]],
      ],
    ]
  }

  /// A manifest as it stands; labels and annotations are texts, whatever type a value had.
  static func plain(_ part: JSONValue) -> JSONValue {
    var manifest = part["manifest"] ?? part
    for field in ["labels", "annotations"] {
      guard let texts = manifest[path: "metadata", field]?.objectValue else { continue }
      manifest[path: "metadata", field] = .object(texts.mapValues { .string($0.stringValue ?? $0.text()) })
    }
    return manifest
  }

  static func service(_ part: JSONValue, _ scope: CatalogueScope) -> JSONValue {
    let ports = (part["ports"]?.objectValue ?? [:]).sorted { $0.key < $1.key }
    var service: JSONValue = [
      "apiVersion": "v1", "kind": "Service",
      "metadata": ["name": part["name"] ?? "", "namespace": .string(scope.namespace), "labels": part["labels"] ?? [:]],
      "spec": [
        "type": part["type"] ?? "ClusterIP", "selector": part["selector"] ?? [:],
        "ports": .array(
          ports.map { name, port in
            [
              "name": .string(name), "protocol": "TCP", "port": port[path: "port"] ?? port,
              "targetPort": port[path: "targetPort"] ?? port,
            ]
          }),
      ],
    ]
    service[path: "spec", "clusterIP"] = part["clusterIP"]
    return service
  }

  /// A ValidatingWebhookConfiguration or its mutating sibling.
  static func webhooks(_ part: JSONValue, _ scope: CatalogueScope) -> JSONValue {
    let hooks = part["hooks"]?.arrayValue ?? []
    var metadata: JSONValue = ["name": part["name"] ?? "", "labels": part["labels"] ?? [:]]
    metadata["annotations"] = part["annotations"]
    return [
      "apiVersion": "admissionregistration.k8s.io/v1",
      "kind": .string("\(part["type"]?.stringValue ?? "Validating")WebhookConfiguration"),
      "metadata": metadata,
      "webhooks": .array(
        hooks.map { hook in
          [
            "name": hook["name"] ?? "", "admissionReviewVersions": ["v1", "v1beta1"], "sideEffects": "None",
            "timeoutSeconds": 5, "failurePolicy": hook["failurePolicy"] ?? "Fail",
            "clientConfig": [
              "service": [
                "name": part["service"] ?? "", "namespace": .string(scope.namespace), "path": hook["path"] ?? "/",
              ]
            ],
            "rules": [
              [
                "apiGroups": hook["groups"] ?? [hook["group"] ?? ""], "apiVersions": hook["versions"] ?? ["v1"],
                "operations": hook["operations"] ?? ["CREATE", "UPDATE", "DELETE"],
                "resources": hook["resources"] ?? [hook["resource"] ?? ""], "scope": hook["scope"] ?? "Namespaced",
              ]
            ],
          ]
        }),
    ]
  }
}
