import Foundation
import TestSupport
import Testing
import ZeroTouchModel
import ZeroTouchPipeline
import ZeroTouchTools

struct SecretChainTests {
  private static let reference: JSONValue = ["kind": "ClusterSecretStore", "name": "store"]

  private func external(
    _ name: String = "es", synced: Bool = true, refreshed: String = "2026-11-21T10:00:00Z"
  ) -> ObservedExternalSecret? {
    ObservedExternalSecret([
      "kind": "ExternalSecret", "metadata": ["name": .string(name), "namespace": "apps"],
      "spec": [
        "refreshInterval": "1h0m0s", "secretStoreRef": Self.reference, "target": ["name": "made"],
        "data": [["secretKey": "token", "remoteRef": ["key": "/a"]]],
      ],
      "status": [
        "refreshTime": .string(refreshed),
        "conditions": [
          [
            "type": "Ready", "status": synced ? "True" : "False",
            "reason": synced ? "SecretSynced" : "SecretSyncedError",
            "message": synced ? "secret synced" : "could not get secret data from provider",
          ]
        ],
      ],
    ])
  }

  private func secret(_ keys: String...) -> JSONValue {
    let data = Dictionary(uniqueKeysWithValues: keys.map { ($0, JSONValue.string("dg==")) })
    return ["kind": "Secret", "metadata": ["name": "made", "namespace": "apps"], "data": .object(data)]
  }

  private func link(
    _ external: ObservedExternalSecret?, secrets: [JSONValue], pods: [JSONValue] = [], events: [JSONValue] = []
  ) throws -> SecretChain.Link {
    // 10:30 on the same day.
    let now = Date(timeIntervalSince1970: 1_795_257_000)
    let chain = SecretChain(
      stores: [], externals: [external].compactMap(\.self), secrets: secrets, pods: pods, events: events, now: now)
    return try #require(chain.links.first)
  }

  @Test func `a link that holds has no problem, and names who reads it`() throws {
    let pod: JSONValue = [
      "metadata": ["name": "reader", "namespace": "apps"],
      "spec": ["volumes": [["secret": ["secretName": "made"]]]],
    ]
    let link = try link(external(), secrets: [secret("token")], pods: [pod])
    #expect(link.problem == nil)
    #expect(link.readers == ["reader"])
  }

  @Test(arguments: [
    ("ParameterNotFound", "zerotouch secrets push"), ("AccessDeniedException", "ssm:GetParameter"),
    ("ExpiredTokenException", "sign in again"), ("UnrecognizedClientException", "does not know these keys"),
    ("InvalidSignatureException", "does not belong to its id"), ("ThrottlingException", "tried again"),
    ("is not allowed from namespace \"apps\": denied by spec.condition", "`conditions` of the store"),
  ])
  func `a link that fails carries the provider's own reason and what to do`(reason: String, remedy: String) throws {
    let event: JSONValue = [
      "type": "Warning", "message": .string("operation error SSM: \(reason): it was refused"),
      "involvedObject": ["kind": "ExternalSecret", "name": "es", "namespace": "apps"],
    ]
    let problem = try #require(try link(external(synced: false), secrets: [], events: [event]).problem)
    #expect(problem.message.contains(reason) && problem.message.contains("`apps/es` is not synced"))
    #expect(problem.remedy.contains(remedy))
  }

  @Test func `what was not read for twice its interval, a Secret that is gone and a key that is not there are told`()
    throws
  {
    let stale = try link(external(refreshed: "2026-11-21T05:00:00Z"), secrets: [secret("token")])
    #expect(stale.problem?.message.contains("is to be read every 1h") == true, "\(stale)")
    #expect(try link(external(), secrets: []).problem?.message.contains("`apps/made` is not there") == true)
    #expect(try link(external(), secrets: [secret("other")]).problem?.message.contains("no key `token`") == true)
  }

  @Test func `a pod that cannot start for want of a key is told`() throws {
    let pod: JSONValue = [
      "metadata": ["name": "reader", "namespace": "apps"],
      "spec": ["containers": [["env": [["valueFrom": ["secretKeyRef": ["name": "made", "key": "tokens"]]]]]]],
      "status": [
        "containerStatuses": [
          [
            "state": [
              "waiting": [
                "reason": "CreateContainerConfigError", "message": "couldn't find key tokens in Secret apps/made",
              ]
            ]
          ]
        ]
      ],
    ]
    let link = try link(external(), secrets: [secret("token")], pods: [pod])
    #expect(link.problem?.message.contains("couldn't find key tokens") == true)
  }
}
