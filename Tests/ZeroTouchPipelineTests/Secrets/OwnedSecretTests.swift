import Foundation
import TestSupport
import Testing
import ZeroTouchManifests
import ZeroTouchModel
import ZeroTouchPipeline
import ZeroTouchTools

struct OwnedSecretTests {
  private static func secret(_ name: String, _ managers: [JSONValue], _ more: JSONValue = [:]) -> JSONValue {
    var metadata = more
    metadata["namespace"] = "apps"
    metadata["name"] = .string(name)
    metadata["creationTimestamp"] = "2026-11-20T10:00:00Z"
    metadata["managedFields"] = .array(managers)
    return ["kind": "Secret", "metadata": metadata, "data": ["key": "aGlkZGVu"]]
  }

  @Test
  func `Secrets of zerotouch and of ExternalSecrets are listed with their ages, others not, missing ones by name`()
    async throws
  {
    let external: JSONValue = ["ownerReferences": [["kind": "ExternalSecret", "name": "grafana"]]]
    let list: JSONValue = [
      "kind": "List",
      "items": [
        Self.secret("by-external", [SecretShelf.managed(by: "external-secrets")], external),
        Self.secret("by-hand", [SecretShelf.managed(by: "kubectl-create")]),
        Self.secret("by-helm", [SecretShelf.managed(by: "helm")]),
        Self.secret("by-zerotouch", [SecretShelf.managed(by: "zerotouch")]),
        Self.secret("zerotouch-smoke-store", [SecretShelf.managed(by: "external-secrets")], external),
      ],
    ]
    let tools = ScriptedToolRunner { invocation in
      invocation.arguments.contains("--show-managed-fields") ? .printing(list.text()) : .failing("unknown")
    }
    let cluster = SecretCluster(tools: tools, kubectl: Kubectl(kubeconfig: "k"), clock: ManualClock(), now: { Date() })
    let wanted = SecretInjection(.others, namespace: "apps", name: "nobody-made", values: [:])
    let present = SecretInjection(.others, namespace: "apps", name: "by-zerotouch", values: [:])
    let owned = try await OwnedSecret.all(in: cluster, wanted: [wanted, present])
    #expect(owned.map(\.name.description) == ["apps/by-external", "apps/by-zerotouch", "apps/nobody-made"])
    #expect(owned.map(\.owner) == ["ExternalSecret/grafana", "zerotouch", "zerotouch"])
    let written = try Date("2026-11-21T10:00:00Z", strategy: .iso8601)
    #expect(owned.map(\.written) == [written, written, nil])
  }
}
