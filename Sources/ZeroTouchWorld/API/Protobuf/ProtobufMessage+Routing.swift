extension ProtobufMessage {
  /// The wanted state of a HorizontalPodAutoscaler, as `autoscaling/v2` numbers its fields.
  static let autoscaler = ProtobufMessage([
    1: ("scaleTargetRef", .message(.init([1: ("kind", .text), 2: ("name", .text), 3: ("apiVersion", .text)]))),
    2: ("minReplicas", .optionalInteger), 3: ("maxReplicas", .integer), 4: ("metrics", .list(.message(metric))),
  ])

  /// The same as `autoscaling/v1` numbers them.
  static let autoscalerVersion1 = ProtobufMessage([
    1: ("scaleTargetRef", .message(.init([1: ("kind", .text), 2: ("name", .text), 3: ("apiVersion", .text)]))),
    2: ("minReplicas", .optionalInteger), 3: ("maxReplicas", .integer),
    4: ("targetCPUUtilizationPercentage", .optionalInteger),
  ])

  private static let metric = ProtobufMessage([
    1: ("type", .text),
    4: ("resource", .message(.init([1: ("name", .text), 2: ("target", .message(metricTarget))]))),
    7: (
      "containerResource",
      .message(.init([1: ("name", .text), 2: ("target", .message(metricTarget)), 3: ("container", .text)]))
    ),
  ])

  private static let metricTarget = ProtobufMessage([
    1: ("type", .text), 2: ("value", .quantity), 3: ("averageValue", .quantity),
    4: ("averageUtilization", .optionalInteger),
  ])

  static let ingress = ProtobufMessage([
    1: ("defaultBackend", .message(ingressBackend)),
    2: ("tls", .list(.message(.init([1: ("hosts", .list(.text)), 2: ("secretName", .text)])))),
    3: ("rules", .list(.message(.init([1: ("host", .text), 2: ("", .message(ingressPaths))])))),
    4: ("ingressClassName", .text),
  ])

  private static let ingressPaths = ProtobufMessage([
    1: (
      "http",
      .message(
        .init([
          1: (
            "paths",
            .list(
              .message(.init([1: ("path", .text), 2: ("backend", .message(ingressBackend)), 3: ("pathType", .text)])))
          )
        ]))
    )
  ])

  private static let ingressBackend = ProtobufMessage([
    3: ("resource", .message(.init([1: ("apiGroup", .text), 2: ("kind", .text), 3: ("name", .text)]))),
    4: (
      "service",
      .message(
        .init([1: ("name", .text), 2: ("port", .message(.init([1: ("name", .text), 2: ("number", .integer)])))]))
    ),
  ])
}
