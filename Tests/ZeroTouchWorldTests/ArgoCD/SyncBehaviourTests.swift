import Testing
import ZeroTouchModel

@testable import ZeroTouchWorld

struct SyncBehaviourTests {
  private func synced(_ manifests: [JSONValue], _ application: JSONValue = Wanted.application("app")) -> ArgoCDWorld {
    var argo = ArgoCDWorld()
    argo.repository["app"] = manifests
    argo.apply(application)
    argo.after(20)
    return argo
  }

  @Test func `what leaves the repository is pruned`() {
    var argo = synced([Wanted.configMap("stays"), Wanted.configMap("goes")])
    #expect(argo.object(.configMaps, "goes") != nil)
    argo.repository["app"] = [Wanted.configMap("stays")]
    argo.commit = "c2"
    argo.after(150)
    #expect(argo.object(.configMaps, "goes") == nil)
    #expect(argo.state("app") == "Synced Healthy")
  }

  @Test func `without prune what left the repository stays and is reported`() {
    var argo = synced(
      [Wanted.configMap("stays"), Wanted.configMap("goes")],
      Wanted.application("app", automated: ["selfHeal": true]))
    argo.repository["app"] = [Wanted.configMap("stays")]
    argo.commit = "c2"
    argo.after(150)
    #expect(argo.object(.configMaps, "goes") != nil)
    #expect(argo.state("app") == "OutOfSync Healthy")
  }

  @Test func `drift is healed a few seconds later`() {
    var argo = synced([Wanted.configMap("a", "wanted")])
    argo.after(60)
    argo.world.objects.update(ObjectKey(.configMaps, "apps", "a")) { $0[path: "data", "value"] = "changed by hand" }
    argo.world.settle()
    argo.after(10)
    #expect(argo.object(.configMaps, "a")?[path: "data", "value"] == "wanted")
    #expect(argo.state("app") == "Synced Healthy")
  }

  @Test func `drift stays without self-heal`() {
    var argo = synced([Wanted.configMap("a", "wanted")], Wanted.application("app", automated: ["prune": true]))
    argo.world.objects.update(ObjectKey(.configMaps, "apps", "a")) { $0[path: "data", "value"] = "changed by hand" }
    argo.after(300)
    #expect(argo.object(.configMaps, "a")?[path: "data", "value"] == "changed by hand")
    #expect(argo.state("app") == "OutOfSync Healthy")
  }

  @Test func `fields that others added and differences to ignore are no drift`() {
    var application = Wanted.application("app")
    application[path: "spec", "ignoreDifferences"] = [
      ["group": "", "kind": "ConfigMap", "jqPathExpressions": [".data.value"]]
    ]
    var argo = synced([Wanted.configMap("a", "wanted")], application)
    argo.world.objects.update(ObjectKey(.configMaps, "apps", "a")) { object in
      object[path: "data", "value"] = "someone else's"
      object[path: "data", "other"] = "added"
    }
    argo.after(30)
    #expect(argo.state("app") == "Synced Healthy")
    #expect(argo.object(.configMaps, "a")?[path: "data", "value"] == "someone else's")
  }

  @Test func `an application without automation waits to be asked`() {
    var argo = synced([Wanted.configMap("a")], Wanted.application("app", automated: nil))
    #expect(argo.state("app") == "OutOfSync Healthy")
    argo.world.objects.update(ObjectKey(.applications, "argocd", "app")) { $0["operation"] = ["sync": ["prune": true]] }
    argo.after(5)
    #expect(argo.state("app") == "Synced Healthy")
    #expect(argo.application("app")["operation"] == nil)
  }

  @Test func `hooks run before and after what they belong to`() {
    var argo = synced([
      Wanted.job("before", annotations: [ArgoCDNames.helmHook: "pre-install"]), Wanted.configMap("main"),
      Wanted.job("after", annotations: [ArgoCDNames.hook: "PostSync", ArgoCDNames.hookDeletePolicy: "HookSucceeded"]),
      Wanted.job("never", annotations: [ArgoCDNames.hook: "Skip"]),
    ])
    #expect(argo.message("app") == "waiting for completion of hook batch/Job/before")
    #expect(argo.object(.configMaps, "main") == nil)
    argo.finish("before")
    argo.after(10)
    #expect(argo.object(.configMaps, "main") != nil)
    #expect(argo.phase("app") == "Running")
    argo.finish("after")
    argo.after(10)
    #expect(argo.phase("app") == "Succeeded")
    #expect(argo.object(.jobs, "after") == nil)
    #expect(argo.object(.jobs, "before") != nil)
    #expect(argo.object(.jobs, "never") == nil)
    #expect(argo.state("app") == "Synced Healthy")
  }

  @Test func `a failed hook fails the sync`() {
    var argo = synced([Wanted.job("before", annotations: [ArgoCDNames.hook: "PreSync"]), Wanted.configMap("main")])
    argo.finish("before", condition: "Failed")
    argo.after(1)
    #expect(argo.message("app").hasPrefix("one or more synchronization tasks completed unsuccessfully"))
    #expect(argo.object(.configMaps, "main") == nil)
  }

  @Test func `a namespace is made with its metadata before anything lives in it`() {
    var application = Wanted.application("app", options: ["CreateNamespace=true"])
    application[path: "spec", "destination", "namespace"] = "fresh"
    application[path: "spec", "syncPolicy", "managedNamespaceMetadata"] = ["labels": ["level": "privileged"]]
    let argo = synced([Wanted.configMap("a")], application)
    let namespace = argo.world.objects[ObjectKey(.namespaces, "", "fresh")]
    #expect(namespace?[path: "metadata", "labels", "level"] == "privileged")
    #expect(argo.object(.configMaps, "a", in: "fresh") != nil)
    #expect(argo.state("app") == "Synced Healthy")
  }

  @Test func `a missing namespace fails the sync in the API's words`() {
    var application = Wanted.application("app", retry: ["limit": 0])
    application[path: "spec", "destination", "namespace"] = "nowhere"
    let argo = synced([Wanted.configMap("a")], application)
    #expect(argo.message("app") == "one or more objects failed to apply, reason: namespaces \"nowhere\" not found")
  }

  @Test func `deleting an application with the finalizer takes its resources along`() {
    var application = Wanted.application("app")
    application[path: "metadata", "finalizers"] = ["resources-finalizer.argocd.argoproj.io"]
    var argo = synced([Wanted.configMap("a")], application)
    #expect(argo.object(.configMaps, "a") != nil)
    argo.world.delete(ObjectKey(.applications, "argocd", "app"))
    argo.after(5)
    #expect(!argo.exists("app"))
    #expect(argo.object(.configMaps, "a") == nil)
  }

  @Test func `a refresh looks at the repository at once and takes its annotation away`() {
    var argo = synced([Wanted.configMap("a", "old")])
    argo.repository["app"] = [Wanted.configMap("a", "new")]
    argo.commit = "c2"
    argo.world.objects.update(ObjectKey(.applications, "argocd", "app")) {
      $0[path: "metadata", "annotations", ArgoCDNames.refresh] = "hard"
    }
    argo.after(3)
    #expect(argo.object(.configMaps, "a")?[path: "data", "value"] == "new")
    #expect(argo.application("app").annotation(ArgoCDNames.refresh) == nil)
    #expect(argo.application("app")[path: "status", "sync", "revision"] == "c2")
  }

  @Test func `several sources are one wanted state and the lending one only lends`() {
    var application = Wanted.application("app")
    application[path: "spec", "source"] = nil
    application[path: "spec", "sources"] = [
      ["repoURL": "https://charts.example", "chart": "thing", "targetRevision": "1.0.0"],
      ["repoURL": "https://git.example/p.git", "targetRevision": "main", "ref": "values"],
    ]
    var argo = ArgoCDWorld()
    argo.repository["thing"] = [Wanted.configMap("charted")]
    argo.apply(application)
    argo.after(20)
    #expect(argo.state("app") == "Synced Healthy")
    #expect(argo.application("app")[path: "status", "sync", "revisions"] == ["c1", "c1"])
  }

  @Test func `objects carry the annotation by which their application knows them`() {
    let argo = synced([Wanted.configMap("a")])
    #expect(argo.object(.configMaps, "a")?.annotation(ArgoCDNames.trackingID) == "app:/ConfigMap:apps/a")
  }

  @Test func `the server makes its project and its password when it starts`() {
    let argo = ArgoCDWorld()
    #expect(argo.object(ArgoCDNames.projects, "default", in: "argocd") != nil)
    #expect(argo.object(.secrets, "argocd-initial-admin-secret", in: "argocd")?[path: "data", "password"] != nil)
  }

  @Test func `a quiet world writes nothing`() {
    var argo = synced([Wanted.configMap("a")])
    argo.after(60)
    let revision = argo.world.objects.revision
    argo.after(600)
    #expect(argo.world.objects.revision == revision)
  }
}

extension ArgoCDWorld {
  /// Ends a Job.
  mutating func finish(_ name: String, condition: String = "Complete") {
    world.objects.update(ObjectKey(.jobs, "apps", name)) {
      $0[path: "status", "conditions"] = [["type": .string(condition), "status": "True", "message": "done"]]
    }
    world.settle()
  }
}
