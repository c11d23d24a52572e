import Testing
import ZeroTouchModel

@testable import ZeroTouchWorld

struct SyncFailureTests {
  private static let missing =
    "one or more synchronization tasks are not valid: the server could not find the requested resource"

  @Test func `a custom resource without its definition fails before anything is applied`() {
    var argo = ArgoCDWorld()
    argo.repository["app"] = [Wanted.configMap("first"), Wanted.widget]
    argo.apply(Wanted.application("app", retry: ["limit": 0]))
    argo.after(10)
    #expect(argo.phase("app") == "Failed")
    #expect(argo.message("app").hasPrefix(Self.missing))
    #expect(argo.message("app").contains("Make sure the \"Widget\" CRD is installed on the destination cluster."))
    #expect(argo.object(.configMaps, "first") == nil)
    let lines = argo.operation("app")[path: "syncResult", "resources"]?.arrayValue ?? []
    #expect(lines.map { $0["status"] } == ["SyncFailed"])
  }

  /// A project that allows objects of the namespace `apps`, but no Deployment.
  private static let project: JSONValue = [
    "apiVersion": "argoproj.io/v1alpha1", "kind": "AppProject", "metadata": ["name": "tenants", "namespace": "argocd"],
    "spec": [
      "sourceRepos": ["*"], "destinations": [["server": "https://kubernetes.default.svc", "namespace": "app*"]],
      "namespaceResourceBlacklist": [["group": "apps", "kind": "*"]],
    ],
  ]

  private static let elsewhere: JSONValue = [
    "apiVersion": "v1", "kind": "ConfigMap", "metadata": ["name": "a", "namespace": "kube-system"], "data": ["k": "v"],
  ]
  private static let brought: [(JSONValue, String?)] = [
    (Wanted.configMap("a"), nil), (Wanted.deployment("a"), "resource apps:Deployment is not permitted in"),
    (Wanted.widgetDefinition, "resource apiextensions.k8s.io:CustomResourceDefinition is not permitted in"),
    (elsewhere, "namespace kube-system is not permitted in"),
  ]

  @Test(arguments: brought)
  func `an Application brings only what its project allows`(wanted: JSONValue, refusal: String?) {
    var argo = ArgoCDWorld()
    argo.apply(Self.project)
    argo.repository["app"] = [wanted]
    var application = Wanted.application("app", retry: ["limit": 0])
    application[path: "spec", "project"] = "tenants"
    argo.apply(application)
    argo.after(10)
    if let refusal {
      #expect(argo.message("app").contains(refusal))
    } else {
      #expect(argo.phase("app") == "Succeeded")
    }
  }

  @Test func `an Application with a destination outside of its project is not followed`() {
    var argo = ArgoCDWorld()
    argo.apply(Self.project)
    argo.repository["app"] = [Wanted.configMap("a")]
    var application = Wanted.application("app")
    application[path: "spec", "project"] = "tenants"
    application[path: "spec", "destination", "namespace"] = "kube-system"
    argo.apply(application)
    argo.after(10)
    #expect(
      argo.conditions("app").first?.contains(
        "namespace 'kube-system' do not match any of the allowed destinations in project 'tenants'") == true)
    #expect(argo.object(.configMaps, "a", in: "kube-system") == nil)
  }

  @Test func `a definition in the same sync is enough and is waited for`() {
    var argo = ArgoCDWorld()
    argo.repository["app"] = [Wanted.widget, Wanted.widgetDefinition]
    argo.apply(Wanted.application("app"))
    argo.after(15)
    #expect(argo.phase("app") == "Succeeded")
    #expect(argo.state("app") == "Synced Healthy")
    #expect(argo.object(GroupResource("widgets", "example.org"), "w") != nil)
  }

  @Test func `skipping the dry run applies the rest and fails on the resource itself`() {
    var argo = ArgoCDWorld()
    argo.repository["app"] = [Wanted.configMap("first"), Wanted.widget]
    argo.apply(
      Wanted.application("app", options: ["SkipDryRunOnMissingResource=true"], retry: ["limit": 0]))
    argo.after(10)
    #expect(argo.object(.configMaps, "first") != nil)
    #expect(argo.phase("app") == "Failed")
    #expect(
      argo.message("app").hasPrefix("one or more objects failed to apply, reason: no matches for kind \"Widget\""))
    // Partly applied: out of sync, and yet not unhealthy.
    #expect(argo.state("app") == "OutOfSync Healthy")
  }

  @Test func `without a retry block a sync is tried five times more and then never again`() {
    var argo = ArgoCDWorld()
    argo.repository["app"] = [Wanted.widget]
    argo.apply(Wanted.application("app"))
    argo.after(6)
    #expect(argo.message("app").contains("Retrying attempt #1 at 10:13PM."))
    argo.after(4 + 10 + 20 + 40 + 80)
    #expect(argo.phase("app") == "Failed")
    #expect(argo.message("app").hasSuffix("(retried 5 times)."))
    argo.apply(Wanted.widgetDefinition)
    argo.after(600)
    #expect(argo.phase("app") == "Failed")
    #expect(argo.conditions("app").first?.hasPrefix("SyncError: Failed last sync attempt to [c1]") == true)
    argo.commit = "c2"
    argo.after(150)
    #expect(argo.state("app") == "Synced Healthy")
  }

  @Test func `a retry block without a limit means no retry`() {
    var argo = ArgoCDWorld()
    argo.repository["app"] = [Wanted.widget]
    argo.apply(Wanted.application("app", retry: ["backoff": ["duration": "1s"]]))
    argo.after(10)
    #expect(argo.phase("app") == "Failed")
    #expect(!argo.message("app").contains("retried"))
  }

  @Test func `a retry for ever that refreshes takes up what the repository says by then`() {
    var argo = ArgoCDWorld()
    argo.repository["app"] = [Wanted.widget]
    argo.apply(Wanted.application("app", retry: ["limit": -1, "refresh": true, "backoff": ["maxDuration": "3m"]]))
    argo.after(60)
    #expect(argo.phase("app") == "Running")
    argo.repository["app"] = [Wanted.configMap("instead")]
    argo.commit = "c2"
    argo.after(400)
    #expect(argo.object(.configMaps, "instead") != nil)
    #expect(argo.state("app") == "Synced Healthy")
  }

  @Test func `a missing path is a comparison error until the repository has it`() {
    var argo = ArgoCDWorld()
    argo.apply(Wanted.application("app"))
    argo.after(10)
    #expect(argo.state("app") == "Unknown Unknown")
    #expect(
      argo.conditions("app") == [
        "ComparisonError: Failed to load target state: failed to generate manifest for source 1 of 1: rpc error: "
          + "code = Unknown desc = app: app path does not exist"
      ])
    argo.repository["app"] = [Wanted.configMap("now")]
    argo.after(150)
    #expect(argo.state("app") == "Synced Healthy")
  }

  @Test func `without cluster DNS no repository is found`() {
    var argo = ArgoCDWorld(dns: false)
    argo.repository["app"] = [Wanted.configMap("a")]
    argo.apply(Wanted.application("app"))
    argo.after(10)
    #expect(
      argo.conditions("app").first?.hasSuffix("dial tcp: lookup git.example on 10.96.0.10:53: no such host") == true)
    argo.run(.deployments, "coredns", in: "kube-system")
    argo.after(150)
    #expect(argo.state("app") == "Synced Healthy")
  }

  @Test func `nothing happens while the repository server does not run`() {
    var argo = ArgoCDWorld()
    argo.world.objects.update(ObjectKey(.deployments, "argocd", "argocd-repo-server")) { $0["status"] = [:] }
    argo.repository["app"] = [Wanted.configMap("a")]
    argo.apply(Wanted.application("app"))
    argo.after(60)
    #expect(argo.application("app")["status"] == nil)
    argo.world.objects.update(ObjectKey(.deployments, "argocd", "argocd-repo-server")) {
      $0["status"] = ["readyReplicas": 1]
    }
    argo.after(20)
    #expect(argo.state("app") == "Synced Healthy")
  }

  @Test func `an unknown project or cluster is said`() {
    var argo = ArgoCDWorld()
    var stray = Wanted.application("stray")
    stray[path: "spec", "project"] = "nowhere"
    argo.apply(stray)
    argo.after(10)
    #expect(
      argo.conditions("stray") == ["InvalidSpecError: Application referencing project nowhere which does not exist"])
  }

  @Test func `faults make an application degraded, failing or stuck for as long as they last`() {
    var argo = ArgoCDWorld()
    for name in ["sick", "broken", "stuck"] { argo.repository[name] = [Wanted.configMap(name)] }
    argo.world.applicationFaults = [
      "sick": .degraded(message: "out of order", until: .seconds(60)),
      "broken": .syncError(message: "refused by a fault", until: nil), "stuck": .hang(until: .seconds(90)),
    ]
    for name in ["sick", "broken", "stuck"] { argo.apply(Wanted.application(name)) }
    argo.after(20)
    #expect(argo.state("sick") == "Synced Degraded")
    #expect(argo.message("broken").contains("refused by a fault"))
    #expect(argo.phase("stuck") == "Running")
    argo.after(100)
    #expect(argo.state("sick") == "Synced Healthy")
    #expect(argo.state("stuck") == "Synced Healthy")
    #expect(argo.state("broken").hasPrefix("OutOfSync"))
  }
}
