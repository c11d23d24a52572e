extension ProtobufMessage {
  static let labelSelector = ProtobufMessage([
    1: ("matchLabels", .map(.text)),
    2: (
      "matchExpressions",
      .list(.message(.init([1: ("key", .text), 2: ("operator", .text), 3: ("values", .list(.text))])))
    ),
  ])

  static let service = ProtobufMessage([
    1: (
      "ports",
      .list(
        .message(
          .init([
            1: ("name", .text), 2: ("protocol", .text), 3: ("port", .integer), 4: ("targetPort", .integerOrText),
            5: ("nodePort", .integer), 6: ("appProtocol", .text),
          ])))
    ),
    2: ("selector", .map(.text)), 3: ("clusterIP", .text), 4: ("type", .text), 5: ("externalIPs", .list(.text)),
    10: ("externalName", .text), 18: ("clusterIPs", .list(.text)),
  ])

  static let deployment = ProtobufMessage([
    1: ("replicas", .optionalInteger), 2: ("selector", .message(labelSelector)), 3: ("template", .message(podTemplate)),
    4: (
      "strategy",
      .message(
        .init([
          1: ("type", .text),
          2: (
            "rollingUpdate",
            .message(.init([1: ("maxUnavailable", .integerOrText), 2: ("maxSurge", .integerOrText)]))
          ),
        ]))
    ),
    5: ("minReadySeconds", .integer), 6: ("revisionHistoryLimit", .optionalInteger), 7: ("paused", .flag),
    9: ("progressDeadlineSeconds", .optionalInteger),
  ])

  static let job = ProtobufMessage([
    1: ("parallelism", .optionalInteger), 2: ("completions", .optionalInteger),
    3: ("activeDeadlineSeconds", .optionalInteger), 4: ("selector", .message(labelSelector)),
    5: ("manualSelector", .optionalFlag), 6: ("template", .message(podTemplate)), 7: ("backoffLimit", .optionalInteger),
    8: ("ttlSecondsAfterFinished", .optionalInteger),
  ])

  static let cronJob = ProtobufMessage([
    1: ("schedule", .text), 2: ("startingDeadlineSeconds", .optionalInteger), 3: ("concurrencyPolicy", .text),
    4: ("suspend", .optionalFlag),
    5: ("jobTemplate", .message(.init([1: ("metadata", .message(objectMeta)), 2: ("spec", .message(job))]))),
    6: ("successfulJobsHistoryLimit", .optionalInteger), 7: ("failedJobsHistoryLimit", .optionalInteger),
  ])

  private static let podTemplate = ProtobufMessage([
    1: ("metadata", .message(objectMeta)), 2: ("spec", .message(podSpec)),
  ])

  static let podSpec = ProtobufMessage([
    1: ("volumes", .list(.message(volume))), 2: ("containers", .list(.message(container))), 3: ("restartPolicy", .text),
    4: ("terminationGracePeriodSeconds", .optionalInteger), 5: ("activeDeadlineSeconds", .optionalInteger),
    6: ("dnsPolicy", .text), 7: ("nodeSelector", .map(.text)), 8: ("serviceAccountName", .text),
    9: ("serviceAccount", .text), 10: ("nodeName", .text), 11: ("hostNetwork", .flag), 12: ("hostPID", .flag),
    13: ("hostIPC", .flag), 15: ("imagePullSecrets", .list(.message(nameOnly))), 16: ("hostname", .text),
    17: ("subdomain", .text), 19: ("schedulerName", .text), 20: ("initContainers", .list(.message(container))),
    21: ("automountServiceAccountToken", .optionalFlag), 22: ("tolerations", .list(.message(toleration))),
    24: ("priorityClassName", .text),
  ])

  private static let toleration = ProtobufMessage([
    1: ("key", .text), 2: ("operator", .text), 3: ("value", .text), 4: ("effect", .text),
    5: ("tolerationSeconds", .optionalInteger),
  ])

  private static let volume = ProtobufMessage([1: ("name", .text), 2: ("", .message(volumeSource))])

  private static let volumeSource = ProtobufMessage([
    1: ("hostPath", .message(.init([1: ("path", .text), 2: ("type", .text)]))),
    2: ("emptyDir", .present(.init([1: ("medium", .text)]))),
    6: ("secret", .message(.init([1: ("secretName", .text)]))),
    19: ("configMap", .message(.init([1: ("", .message(nameOnly))]))),
  ])

  private static let container = ProtobufMessage([
    1: ("name", .text), 2: ("image", .text), 3: ("command", .list(.text)), 4: ("args", .list(.text)),
    5: ("workingDir", .text),
    6: (
      "ports",
      .list(
        .message(
          .init([
            1: ("name", .text), 2: ("hostPort", .integer), 3: ("containerPort", .integer), 4: ("protocol", .text),
            5: ("hostIP", .text),
          ])))
    ),
    7: ("env", .list(.message(.init([1: ("name", .text), 2: ("value", .text)])))),
    8: ("resources", .message(.init([1: ("limits", .map(.quantity)), 2: ("requests", .map(.quantity))]))),
    9: (
      "volumeMounts",
      .list(
        .message(.init([1: ("name", .text), 2: ("readOnly", .flag), 3: ("mountPath", .text), 4: ("subPath", .text)])))
    ),
    13: ("terminationMessagePath", .text), 14: ("imagePullPolicy", .text), 16: ("stdin", .flag),
    17: ("stdinOnce", .flag),
    18: ("tty", .flag), 20: ("terminationMessagePolicy", .text),
  ])
}
