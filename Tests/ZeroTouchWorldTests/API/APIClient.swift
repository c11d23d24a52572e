import Foundation
import ZeroTouchModel
import ZeroTouchWorld

/// Speaks to a world's API as kubectl does, without a transport.
struct APIClient {
  var world: World

  init(controllers: [any Controller] = World.apiControllers) {
    world = World(epoch: Date(timeIntervalSince1970: 1_790_000_000), controllers: controllers)
    world.seedCluster()
  }

  /// An answer of another sort than the test asked for.
  struct Unexpected: Error { let text: String }

  struct Answer {
    let status: Int
    let body: JSONValue
    let headers: [String: String]
    let contentType: String
    let text: String

    var reason: String? { body["reason"]?.stringValue }
    var message: String? { body["message"]?.stringValue }
  }

  /// Sends a request; `target` may carry a query.
  mutating func send(
    _ method: String, _ target: String, _ body: JSONValue? = nil, type: String = "application/json",
    headers: [String: String] = [:]
  ) -> Answer {
    send(method, target, data: body?.encoded() ?? Data(), type: type, headers: headers)
  }

  mutating func send(
    _ method: String, _ target: String, data: Data, type: String = "application/json", headers: [String: String] = [:]
  ) -> Answer {
    guard case .reply(let reply) = world.handle(request(method, target, data, type, headers)) else {
      return Answer(status: 0, body: .null, headers: [:], contentType: "", text: "no reply")
    }
    let body = (try? JSONValue(parsing: reply.body)) ?? .null
    let text = String(decoding: reply.body, as: UTF8.self)
    return Answer(
      status: reply.status, body: body, headers: reply.headers, contentType: reply.contentType, text: text)
  }

  /// Opens a watch.
  mutating func watch(_ target: String, headers: [String: String] = [:]) throws -> WatchStream {
    switch world.handle(request("GET", target, Data(), "", headers)) {
    case .watch(let stream): return stream
    case .reply(let reply): throw Unexpected(text: String(decoding: reply.body, as: UTF8.self))
    case .exec: throw Unexpected(text: "a command")
    }
  }

  /// The events a watch has to send, as `TYPE name`.
  func events(_ stream: inout WatchStream) -> [String] {
    lines(&stream).map {
      let name = $0[path: "object", "metadata", "name"]?.stringValue
      return "\($0["type"]?.stringValue ?? "") \(name ?? "")"
    }
  }

  func lines(_ stream: inout WatchStream) -> [JSONValue] {
    stream.next(in: world)
  }

  mutating func apply(_ target: String, _ manifest: JSONValue, by manager: String, query: String = "") -> Answer {
    send("PATCH", "\(target)?fieldManager=\(manager)\(query)", manifest, type: "application/apply-patch+yaml")
  }

  private func request(
    _ method: String, _ target: String, _ data: Data, _ type: String, _ headers: [String: String]
  ) -> APIRequest {
    let parts = target.split(separator: "?", maxSplits: 1).map(String.init)
    let query = (parts.count > 1 ? parts[1] : "").split(separator: "&").map { item in
      let pair = item.split(separator: "=", maxSplits: 1).map(String.init)
      return APIRequest.QueryItem(name: pair[0], value: pair.count > 1 ? pair[1] : "")
    }
    var all = headers
    if !type.isEmpty { all["content-type"] = type }
    return APIRequest(method, parts[0], query: query, headers: all, body: data)
  }
}

/// Manifests the tests share.
enum Sample {
  static func configMap(_ name: String, _ data: [String: String] = [:], labels: [String: String] = [:]) -> JSONValue {
    [
      "apiVersion": "v1", "kind": "ConfigMap", "metadata": ["name": .string(name), "labels": JSONValue(labels)],
      "data": JSONValue(data),
    ]
  }

  static func deployment(_ name: String, image: String = "nginx:1", replicas: Int? = nil) -> JSONValue {
    var object: JSONValue = [
      "apiVersion": "apps/v1", "kind": "Deployment", "metadata": ["name": .string(name)],
      "spec": [
        "selector": ["matchLabels": ["app": .string(name)]],
        "template": [
          "metadata": ["labels": ["app": .string(name)]],
          "spec": ["containers": [["name": "main", "image": .string(image)]]],
        ],
      ],
    ]
    if let replicas { object[path: "spec", "replicas"] = JSONValue(replicas) }
    return object
  }

  /// A definition of `Widget` in `example.com`, in two versions.
  static let widgetDefinition: JSONValue = [
    "apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
    "metadata": ["name": "widgets.example.com"],
    "spec": [
      "group": "example.com", "scope": "Namespaced",
      "names": ["plural": "widgets", "singular": "widget", "kind": "Widget", "shortNames": ["wd"]],
      "versions": [
        ["name": "v1alpha1", "served": true, "storage": false, "schema": ["openAPIV3Schema": widgetSchema]],
        [
          "name": "v1", "served": true, "storage": true, "schema": ["openAPIV3Schema": widgetSchema],
          "subresources": [
            "status": [:], "scale": ["specReplicasPath": ".spec.count", "statusReplicasPath": ".status.count"],
          ],
          "additionalPrinterColumns": [
            ["name": "Size", "type": "integer", "jsonPath": ".spec.size"],
            ["name": "Ready", "type": "string", "jsonPath": ".status.conditions[?(@.type==\"Ready\")].status"],
          ],
        ],
      ],
    ],
  ]

  private static let widgetSchema: JSONValue = [
    "type": "object", "required": ["spec"],
    "properties": [
      "spec": [
        "type": "object", "required": ["size"],
        "properties": [
          "size": ["type": "integer", "minimum": 1],
          "colour": ["type": "string", "default": "red", "enum": ["red", "blue"]],
          "count": ["type": "integer"],
          "parts": [
            "type": "array", "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["name"],
            "items": [
              "type": "object", "properties": ["name": ["type": "string"], "weight": ["type": "integer"]],
            ],
          ],
        ],
      ], "status": ["type": "object", "x-kubernetes-preserve-unknown-fields": true],
    ],
  ]

  static func widget(_ name: String, size: JSONValue = 3) -> JSONValue {
    [
      "apiVersion": "example.com/v1", "kind": "Widget", "metadata": ["name": .string(name)], "spec": ["size": size],
    ]
  }
}
