import Testing
import ZeroTouchModel

@testable import ZeroTouchWorld

struct SyncOptionTests {
  private func synced(_ manifests: [JSONValue], _ options: [JSONValue]) -> ArgoCDWorld {
    var argo = ArgoCDWorld()
    argo.repository["app"] = manifests
    argo.apply(Wanted.application("app", options: options, retry: ["limit": 0]))
    argo.after(20)
    return argo
  }

  private func change(_ argo: inout ArgoCDWorld, to manifests: [JSONValue]) {
    argo.repository["app"] = manifests
    argo.commit = "c2"
    argo.after(150)
  }

  @Test func `replacing removes what others added and applying keeps it`() {
    for (options, expected) in [(["Replace=true"], nil), ([], "added")] as [([JSONValue], JSONValue?)] {
      var argo = synced([Wanted.configMap("a", "1")], options)
      argo.world.objects.update(ObjectKey(.configMaps, "apps", "a")) { $0[path: "data", "other"] = "added" }
      change(&argo, to: [Wanted.configMap("a", "2")])
      #expect(argo.object(.configMaps, "a")?[path: "data", "value"] == "2")
      #expect(argo.object(.configMaps, "a")?[path: "data", "other"] == expected)
    }
  }

  @Test func `a manifest too big for an annotation needs server-side apply`() {
    let big = Wanted.configMap("big", String(repeating: "x", count: 300_000))
    let client = synced([big], [])
    #expect(
      client.message("app") == "one or more objects failed to apply, reason: ConfigMap \"big\" is invalid: "
        + "metadata.annotations: Too long: may not be more than 262144 bytes")
    #expect(synced([big], ["ServerSideApply=true"]).state("app") == "Synced Healthy")
  }

  @Test func `only what is out of sync is applied when so wished`() {
    var argo = synced([Wanted.configMap("a"), Wanted.configMap("b")], ["ApplyOutOfSyncOnly=true"])
    change(&argo, to: [Wanted.configMap("a"), Wanted.configMap("b", "2")])
    let lines = argo.operation("app")[path: "syncResult", "resources"]?.arrayValue ?? []
    #expect(lines.map { $0["name"] } == ["b"])
    #expect(argo.state("app") == "Synced Healthy")
  }

  @Test func `an object of another application is warned of, or refused`() {
    var argo = synced([Wanted.configMap("a")], [])
    argo.repository["other"] = [Wanted.configMap("a")]
    argo.apply(Wanted.application("other", options: ["FailOnSharedResource=true"], retry: ["limit": 0]))
    argo.after(10)
    #expect(argo.message("other").contains("Shared resource found: ConfigMap/a is part of applications"))
    #expect(argo.conditions("other").contains { $0.hasPrefix("SharedResourceWarning") })
    #expect(argo.state("app") == "Synced Healthy")
  }

  @Test func `a degraded resource fails the sync only when its sibling is done`() {
    var argo = synced(
      [Wanted.deployment("broken", wave: 1), Wanted.deployment("slow", wave: 1), Wanted.deployment("later", wave: 2)],
      [])
    argo.report(
      "broken", available: 0, condition: ["type": "Progressing", "reason": "ProgressDeadlineExceeded"])
    argo.after(5)
    #expect(argo.message("app") == "waiting for healthy state of apps/Deployment/slow")
    // Degraded once is degraded for this attempt, whatever becomes of it.
    argo.report("broken", available: 1)
    argo.report("slow", available: 1)
    argo.after(2)
    #expect(argo.phase("app") == "Failed")
    #expect(argo.object(.deployments, "later") == nil)
  }

  @Test func `a fault that is injected into a healthy application is seen at once and passes`() {
    var argo = synced([Wanted.configMap("a")], [])
    argo.world.inject(.degraded(message: "m", until: argo.world.now + .seconds(30)), into: "app")
    #expect(argo.state("app") == "Synced Degraded")
    argo.after(31)
    #expect(argo.state("app") == "Synced Healthy")
  }

  @Test func `what is pruned goes in the reverse order of its waves`() {
    func map(_ name: String, _ wave: Int) -> JSONValue {
      Wanted.configMap(name, annotations: [ArgoCDNames.syncWave: String(wave)])
    }
    var argo = synced([map("keep", 0), map("first", 1), map("last", 2)], [])
    argo.repository["app"] = [map("keep", 0)]
    argo.commit = "c2"
    while argo.object(.configMaps, "last") != nil { argo.after(1) }
    #expect(argo.object(.configMaps, "first") != nil)
    argo.after(5)
    #expect(argo.object(.configMaps, "first") == nil)
  }
}

struct LateKindTests {
  @Test func `an object of a kind that comes during the sync is healthy where the server put it`() {
    var argo = ArgoCDWorld()
    argo.repository["packages"] = [
      [
        "apiVersion": "pkg.crossplane.io/v1", "kind": "Function", "metadata": ["name": "function-auto-ready"],
        "spec": ["package": "xpkg.crossplane.io/crossplane-contrib/function-auto-ready:v0.7.0"],
      ]
    ]
    let retry: JSONValue = ["limit": -1, "backoff": ["duration": "5s", "factor": 1, "maxDuration": "5s"]]
    argo.apply(
      Wanted.application("packages", options: ["SkipDryRunOnMissingResource=true"], retry: retry))
    argo.after(20)
    #expect(argo.state("packages").hasPrefix("OutOfSync"))
    argo.run(.deployments, "crossplane", in: "crossplane-system")
    argo.after(120)
    #expect(argo.state("packages") == "Synced Healthy")
    let key = ObjectKey(GroupResource("functions", "pkg.crossplane.io"), "", "function-auto-ready")
    #expect(argo.world.objects[key]?[path: "metadata", "namespace"] == nil)
  }

  /// A kind whose definition fills in a field inside a list that has no keys, as that of Gateways does.
  private static var references: JSONValue {
    var definition = Wanted.widgetDefinition
    let reference: JSONValue = [
      "type": "object",
      "properties": ["name": ["type": "string"], "kind": ["type": "string", "default": "Secret"]],
    ]
    definition[path: "spec", "versions"] = [
      [
        "name": "v1", "served": true, "storage": true,
        "schema": [
          "openAPIV3Schema": [
            "type": "object",
            "properties": [
              "spec": ["type": "object", "properties": ["references": ["type": "array", "items": reference]]]
            ],
          ]
        ],
      ]
    ]
    return definition
  }

  @Test(arguments: [("false", "OutOfSync"), ("true", "Synced")])
  func `what a definition fills in inside a list is a difference for ever, unless the server is asked`(
    asked: String, sync: String
  ) {
    var argo = ArgoCDWorld()
    argo.apply([
      "apiVersion": "v1", "kind": "ConfigMap", "metadata": ["name": "argocd-cmd-params-cm", "namespace": "argocd"],
      "data": ["controller.diff.server.side": .string(asked)],
    ])
    argo.apply(Self.references)
    argo.after(3)
    var widget = Wanted.widget
    widget["spec"] = ["references": [["name": "tls"]]]
    argo.repository["app"] = [widget]
    argo.apply(Wanted.application("app", options: ["ServerSideApply=true"]))
    argo.after(60)
    #expect(argo.phase("app") == "Succeeded")
    #expect(argo.state("app").hasPrefix(sync))
    widget["spec"] = ["references": [["name": "tls", "kind": "Secret"]]]
    argo.repository["app"] = [widget]
    argo.commit = "c2"
    argo.after(300)
    #expect(argo.state("app").hasPrefix("Synced"))
  }
}
