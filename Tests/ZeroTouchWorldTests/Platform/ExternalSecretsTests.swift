import Foundation
import Testing
import ZeroTouchModel

@testable import ZeroTouchWorld

struct ExternalSecretsTests {
  private static let storeKey = ObjectKey(GroupResource("clustersecretstores", "external-secrets.io"), "", "store")
  private static let secretKey = ObjectKey(GroupResource("externalsecrets", "external-secrets.io"), "apps", "es")

  /// A world with the kinds of External Secrets, its operator running if wished.
  func world(operatorRuns: Bool = true) -> ArgoCDWorld {
    var argo = ArgoCDWorld()
    for (kind, plural, isNamespaced) in [
      ("ClusterSecretStore", "clustersecretstores", false), ("SecretStore", "secretstores", true),
      ("ExternalSecret", "externalsecrets", true),
    ] {
      argo.apply(
        CustomKind(
          group: "external-secrets.io", kind: kind, plural: plural, isNamespaced: isNamespaced, versions: ["v1"]
        ).definition)
    }
    argo.after(3)
    if operatorRuns { argo.run(.deployments, "external-secrets", in: "external-secrets") }
    return argo
  }

  static let store: JSONValue = [
    "apiVersion": "external-secrets.io/v1", "kind": "ClusterSecretStore", "metadata": ["name": "store"],
    "spec": [
      "provider": [
        "aws": [
          "service": "ParameterStore", "region": "eu-central-1",
          "auth": [
            "secretRef": [
              "accessKeyIDSecretRef": ["name": "token", "key": "id", "namespace": "external-secrets"],
              "secretAccessKeySecretRef": ["name": "token", "key": "secret", "namespace": "external-secrets"],
            ]
          ],
        ]
      ]
    ],
  ]

  static func secret(_ data: JSONValue) -> JSONValue {
    [
      "apiVersion": "v1", "kind": "Secret", "metadata": ["name": "token", "namespace": "external-secrets"],
      "data": data,
    ]
  }

  static let external: JSONValue = [
    "apiVersion": "external-secrets.io/v1", "kind": "ExternalSecret", "metadata": ["name": "es", "namespace": "apps"],
    "spec": [
      "secretStoreRef": ["kind": "ClusterSecretStore", "name": "store"], "target": ["name": "made"],
      "data": [["secretKey": "key", "remoteRef": ["key": "/prod/key"]]],
    ],
  ]

  private func ready(_ argo: ArgoCDWorld, _ key: ObjectKey) -> String {
    let condition = argo.world.objects[key]?.condition("Ready")
    let texts = ["status", "reason", "message"].map { condition?[$0]?.stringValue ?? "-" }
    return texts.joined(separator: " ")
  }

  @Test func `a store without its credentials says it cannot make a client`() {
    var argo = world()
    argo.apply(Self.store)
    #expect(ready(argo, Self.storeKey) == "False InvalidProviderConfig unable to create client")
    argo.apply(Self.secret(["id": "YQ=="]))
    argo.after(10)
    #expect(ready(argo, Self.storeKey).hasPrefix("False"))
  }

  @Test func `a store is looked at again only after its back-off or when its metadata changes`() {
    var argo = world()
    argo.apply(Self.store)
    // 1 + 2 + 4 + 8 + 16 + 32 s have passed: the next look is 64 s away.
    argo.after(64)
    argo.apply(Self.secret(["id": "YQ==", "secret": "Yg=="]))
    argo.after(30)
    #expect(ready(argo, Self.storeKey).hasPrefix("False"))
    argo.world.objects.update(Self.storeKey) { $0[path: "metadata", "annotations", "force-sync"] = "1" }
    argo.world.settle()
    #expect(ready(argo, Self.storeKey) == "True Valid store validated")
  }

  @Test func `back-offs double up to seven minutes`() {
    #expect(
      [0, 1, 2, 8, 9, 40].map { ExternalSecretsController.backOff(after: $0) }
        == [1, 2, 4, 256, 420, 420].map(Duration.seconds))
  }

  @Test func `nothing is validated while the operator does not run`() {
    var argo = world(operatorRuns: false)
    argo.apply(Self.store)
    argo.after(30)
    #expect(argo.world.objects[Self.storeKey]?["status"] == nil)
    argo.run(.deployments, "external-secrets", in: "external-secrets")
    #expect(ready(argo, Self.storeKey).hasPrefix("False InvalidProviderConfig"))
  }

  @Test func `a parameter becomes a secret that its external secret owns`() {
    var argo = world()
    argo.world.parameters = ["/prod/key": "value"]
    argo.apply(Self.secret(["id": "YQ==", "secret": "Yg=="]))
    argo.apply(Self.store)
    argo.apply(Self.external)
    argo.after(3)
    #expect(ready(argo, Self.secretKey) == "True SecretSynced secret synced")
    let made = argo.object(.secrets, "made")
    #expect(made?[path: "data", "key"] == "dmFsdWU=")
    #expect(made?[path: "metadata", "ownerReferences"]?.arrayValue?.first?["kind"] == "ExternalSecret")
  }

  @Test func `a cluster's store answers only in the namespaces that its conditions name`() {
    var argo = world()
    argo.world.parameters = ["/prod/key": "value"]
    argo.apply(Self.secret(["id": "YQ==", "secret": "Yg=="]))
    var store = Self.store
    store[path: "spec", "conditions"] = [
      ["namespaces": ["argocd"]], ["namespaceSelector": ["matchLabels": ["layer": "tenant"]]],
    ]
    argo.apply(store)
    argo.apply(Self.external)
    argo.after(3)
    #expect(ready(argo, Self.secretKey) == "False SecretSyncedError could not get secret data from provider")
    let events = argo.world.objects.list(.events, namespace: "apps").compactMap { $0.object["message"]?.stringValue }
    let refusal = #"using cluster store "store" is not allowed from namespace "apps": denied by spec.condition"#
    #expect(events.contains(refusal))
    argo.world.objects.update(ObjectKey(.namespaces, "apps")) { $0[path: "metadata", "labels", "layer"] = "tenant" }
    argo.after(30)
    #expect(ready(argo, Self.secretKey) == "True SecretSynced secret synced")
  }

  @Test func `a missing parameter is told by event and condition while its store stays ready`() {
    var argo = world()
    argo.world.missingParameters = ["/prod/key"]
    argo.apply(Self.secret(["id": "YQ==", "secret": "Yg=="]))
    argo.apply(Self.store)
    argo.apply(Self.external)
    argo.after(3)
    #expect(ready(argo, Self.storeKey) == "True Valid store validated")
    #expect(ready(argo, Self.secretKey) == "False SecretSyncedError could not get secret data from provider")
    let events = argo.world.objects.list(.events, namespace: "apps").compactMap { $0.object["message"]?.stringValue }
    #expect(events.contains { $0.contains("ParameterNotFound") })
    #expect(argo.object(.secrets, "made") == nil)
  }

  @Test(arguments: [
    ("other", "known-key", nil, "UnrecognizedClientException: The security token included in the request is invalid"),
    ("known-id", "other", nil, "InvalidSignatureException: "),
    ("known-id", "known-key", ParameterStoreAccount.Fault.accessDenied, "AccessDeniedException: User: arn:aws:iam::"),
    (
      "known-id", "known-key", .throttled,
      "exceeded maximum number of attempts, 3, https response error StatusCode: 400"
    ),
  ])
  func `credentials that AWS refuses leave the store ready, and are told in AWS's words by the external secret`(
    id: String, key: String, fault: ParameterStoreAccount.Fault?, words: String
  ) {
    var argo = world()
    argo.world.parameterAccount.unknown = "other"
    argo.world.parameterAccount.fault = fault
    argo.apply(Self.secret(Self.encoded(["id": id, "secret": key])))
    argo.apply(Self.store)
    argo.apply(Self.external)
    argo.after(3)
    #expect(ready(argo, Self.storeKey) == "True Valid store validated")
    #expect(ready(argo, Self.secretKey) == "False SecretSyncedError could not get secret data from provider")
    let events = argo.world.objects.list(.events, namespace: "apps").compactMap { $0.object["message"]?.stringValue }
    #expect(events.contains { $0.contains("operation error SSM: GetParameter") && $0.contains(words) }, "\(events)")
    argo.world.parameterAccount.fault = nil
    argo.apply(Self.secret(Self.encoded(["id": "known-id", "secret": "known-key"])))
    argo.after(600)
    #expect(ready(argo, Self.secretKey) == "True SecretSynced secret synced")
  }

  @Test func `a session token that has run out is told by the external secret`() {
    var argo = world()
    var store = Self.store
    store[path: "spec", "provider", "aws", "auth", "secretRef", "sessionTokenSecretRef"] = [
      "name": "token", "key": "token", "namespace": "external-secrets",
    ]
    argo.apply(Self.secret(Self.encoded(["id": "a", "secret": "b", "token": "expired-yesterday"])))
    argo.apply(store)
    argo.apply(Self.external)
    argo.after(3)
    let events = argo.world.objects.list(.events, namespace: "apps").compactMap { $0.object["message"]?.stringValue }
    #expect(events.contains { $0.contains("api error ExpiredTokenException") }, "\(events)")
  }

  @Test func `a changed annotation has an external secret read again, and its status says so`() {
    var argo = world()
    argo.world.parameters = ["/prod/key": "value"]
    argo.apply(Self.secret(["id": "YQ==", "secret": "Yg=="]))
    argo.apply(Self.store)
    argo.apply(Self.external)
    argo.after(3)
    let first = argo.world.objects[Self.secretKey]?[path: "status", "syncedResourceVersion"]
    argo.world.parameters = ["/prod/key": "another"]
    argo.world.objects.update(Self.secretKey) { $0[path: "metadata", "annotations", "force-sync"] = "1" }
    argo.after(10)
    #expect(argo.world.objects[Self.secretKey]?[path: "status", "syncedResourceVersion"] != first)
    #expect(argo.object(.secrets, "made")?[path: "data", "key"] == "YW5vdGhlcg==")
  }

  private static func encoded(_ values: [String: String]) -> JSONValue {
    .object(values.mapValues { .string(Data($0.utf8).base64EncodedString()) })
  }

  @Test func `a webhook without a ready pod refuses what it would judge`() {
    var argo = world()
    argo.apply([
      "apiVersion": "v1", "kind": "Service", "metadata": ["name": "hook", "namespace": "external-secrets"],
      "spec": ["selector": ["app": "hook"], "ports": [["port": 443]], "clusterIP": "10.96.3.3"],
    ])
    argo.apply([
      "apiVersion": "admissionregistration.k8s.io/v1", "kind": "ValidatingWebhookConfiguration",
      "metadata": ["name": "secretstore-validate"],
      "webhooks": [
        [
          "name": "validate.clustersecretstore.external-secrets.io", "timeoutSeconds": 5, "sideEffects": "None",
          "admissionReviewVersions": ["v1"],
          "clientConfig": ["service": ["name": "hook", "namespace": "external-secrets", "path": "/validate"]],
          "rules": [
            [
              "apiGroups": ["external-secrets.io"], "apiVersions": ["v1"], "operations": ["CREATE"],
              "resources": ["clustersecretstores"],
            ]
          ],
        ]
      ],
    ])
    let refusal = argo.world.webhookRefusal(of: Self.storeKey.resource, operation: "CREATE")
    #expect(
      refusal?.message == "Internal error occurred: failed calling webhook "
        + "\"validate.clustersecretstore.external-secrets.io\": failed to call webhook: Post "
        + "\"https://hook.external-secrets.svc:443/validate?timeout=5s\": dial tcp 10.96.3.3:443: connect: connection "
        + "refused")
    #expect(argo.world.webhookRefusal(of: .secrets, operation: "CREATE") == nil)
    guard case .failure(let failure) = argo.world.apply(Self.store, manager: "test") else {
      Issue.record("the store was accepted")
      return
    }
    #expect(failure.message.hasPrefix("Internal error occurred: failed calling webhook"))
  }
}
