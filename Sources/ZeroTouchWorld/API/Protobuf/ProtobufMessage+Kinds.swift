extension ProtobufMessage {
  /// The kinds that typed clients send, by name.
  static let named: [String: ProtobufMessage] = [
    "Namespace": top([2: ("spec", .message(.init([1: ("finalizers", .list(.text))])))]),
    "Secret": top([
      2: ("data", .map(.base64)), 3: ("type", .text), 4: ("stringData", .map(.text)), 5: ("immutable", .optionalFlag),
    ]),
    "ConfigMap": top([
      2: ("data", .map(.text)), 3: ("binaryData", .map(.base64)), 4: ("immutable", .optionalFlag),
    ]),
    "ServiceAccount": top([
      2: ("secrets", .list(.message(objectReference))), 3: ("imagePullSecrets", .list(.message(nameOnly))),
      4: ("automountServiceAccountToken", .optionalFlag),
    ]),
    "Service": top([2: ("spec", .message(service))]),
    "Role": top([2: ("rules", .list(.message(policyRule)))]),
    "ClusterRole": top([
      2: ("rules", .list(.message(policyRule))),
      3: ("aggregationRule", .message(.init([1: ("clusterRoleSelectors", .list(.message(labelSelector)))]))),
    ]),
    "RoleBinding": top([2: ("subjects", .list(.message(subject))), 3: ("roleRef", .message(roleReference))]),
    "ClusterRoleBinding": top([2: ("subjects", .list(.message(subject))), 3: ("roleRef", .message(roleReference))]),
    "SelfSubjectAccessReview": top([2: ("spec", .message(accessReview))]),
    "SelfSubjectRulesReview": top([2: ("spec", .message(.init([1: ("namespace", .text)])))]),
    "SelfSubjectReview": top([:]),
    "TokenRequest": top([
      2: ("spec", .message(.init([1: ("audiences", .list(.text)), 4: ("expirationSeconds", .optionalInteger)])))
    ]),
    "DeleteOptions": deleteOptions,
    "Eviction": top([2: ("deleteOptions", .message(deleteOptions))]),
    "Scale": top([2: ("spec", .present(.init([1: ("replicas", .optionalInteger)])))]),
    "Binding": top([2: ("target", .message(objectReference))]),
    "Deployment": top([2: ("spec", .message(deployment))]),
    "Job": top([2: ("spec", .message(job))]),
    "CronJob": top([2: ("spec", .message(cronJob))]),
    "Pod": top([2: ("spec", .message(podSpec))]),
    "HorizontalPodAutoscaler": top([2: ("spec", .message(autoscaler))]),
    "Ingress": top([2: ("spec", .message(ingress))]),
    "PriorityClass": top([
      2: ("value", .optionalInteger), 3: ("globalDefault", .flag), 4: ("description", .text),
      5: ("preemptionPolicy", .text),
    ]),
    "PodDisruptionBudget": top([
      2: (
        "spec",
        .message(
          .init([
            1: ("minAvailable", .integerOrText), 2: ("selector", .message(labelSelector)),
            3: ("maxUnavailable", .integerOrText),
          ]))
      )
    ]),
    "ResourceQuota": top([
      2: ("spec", .message(.init([1: ("hard", .map(.quantity)), 2: ("scopes", .list(.text))])))
    ]),
  ]

  /// A kind: metadata and its own fields.
  static func top(_ fields: [Int: (String, Form)]) -> ProtobufMessage {
    ProtobufMessage(fields.merging([1: ("metadata", .message(objectMeta))]) { own, _ in own })
  }

  static let nameOnly = ProtobufMessage([1: ("name", .text)])

  static let objectMeta = ProtobufMessage([
    1: ("name", .text), 2: ("generateName", .text), 3: ("namespace", .text), 5: ("uid", .text),
    6: ("resourceVersion", .text), 7: ("generation", .integer), 8: ("creationTimestamp", .time),
    9: ("deletionTimestamp", .time), 10: ("deletionGracePeriodSeconds", .optionalInteger),
    11: ("labels", .map(.text)), 12: ("annotations", .map(.text)),
    13: ("ownerReferences", .list(.message(ownerReference))), 14: ("finalizers", .list(.text)),
    17: ("managedFields", .list(.message(managedFields))),
  ])

  private static let ownerReference = ProtobufMessage([
    1: ("kind", .text), 3: ("name", .text), 4: ("uid", .text), 5: ("apiVersion", .text),
    6: ("controller", .optionalFlag), 7: ("blockOwnerDeletion", .optionalFlag),
  ])

  private static let managedFields = ProtobufMessage([
    1: ("manager", .text), 2: ("operation", .text), 3: ("apiVersion", .text), 4: ("time", .time),
    6: ("fieldsType", .text), 7: ("fieldsV1", .rawJSON), 8: ("subresource", .text),
  ])

  private static let objectReference = ProtobufMessage([
    1: ("kind", .text), 2: ("namespace", .text), 3: ("name", .text), 4: ("uid", .text), 5: ("apiVersion", .text),
    6: ("resourceVersion", .text), 7: ("fieldPath", .text),
  ])

  private static let policyRule = ProtobufMessage([
    1: ("verbs", .list(.text)), 2: ("apiGroups", .list(.text)), 3: ("resources", .list(.text)),
    4: ("resourceNames", .list(.text)), 5: ("nonResourceURLs", .list(.text)),
  ])

  private static let subject = ProtobufMessage([
    1: ("kind", .text), 2: ("apiGroup", .text), 3: ("name", .text), 4: ("namespace", .text),
  ])

  private static let roleReference = ProtobufMessage([1: ("apiGroup", .text), 2: ("kind", .text), 3: ("name", .text)])

  private static let accessReview = ProtobufMessage([
    1: (
      "resourceAttributes",
      .message(
        .init([
          1: ("namespace", .text), 2: ("verb", .text), 3: ("group", .text), 4: ("version", .text),
          5: ("resource", .text), 6: ("subresource", .text), 7: ("name", .text),
        ]))
    ),
    2: ("nonResourceAttributes", .message(.init([1: ("path", .text), 2: ("verb", .text)]))),
  ])

  private static let deleteOptions = ProtobufMessage([
    1: ("gracePeriodSeconds", .optionalInteger),
    2: ("preconditions", .message(.init([1: ("uid", .text), 2: ("resourceVersion", .text)]))),
    3: ("orphanDependents", .optionalFlag), 4: ("propagationPolicy", .text), 5: ("dryRun", .list(.text)),
  ])
}
