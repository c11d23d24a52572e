import Foundation
import Testing
import ZeroTouchModel

@testable import ZeroTouchWorld

/// A world with Argo CD in it whose repository is a table of paths, and the sentences tests speak about it.
struct ArgoCDWorld {
  var world: World
  /// The manifests at each path of the repository; a path that is absent does not exist.
  var repository: [String: [JSONValue]] = [:]
  var commit = "c1"
  /// What a listing of the repository's folders answers.
  var folders: [String] = []

  static let gatingScript = """
    local health = { status = "Progressing" }
    if obj.status.sync.status == "Synced" and obj.status.health.status == "Healthy" then health.status = "Healthy" end
    return health
    """
  static let copyingScript = """
    hs = {}
    hs.status = "Progressing"
    if obj.status ~= nil then hs.status = obj.status.health.status end
    return hs
    """

  init(healthScript: String? = gatingScript, dns: Bool = true) {
    world = World(
      epoch: Date(timeIntervalSince1970: 1_700_000_000), controllers: World.apiControllers + World.platformControllers)
    world.seedCluster()
    for (kind, plural) in [("Application", "applications"), ("AppProject", "appprojects")] {
      var kind = CustomKind(
        group: "argoproj.io", kind: kind, plural: plural, isNamespaced: true, versions: ["v1alpha1"])
      kind.hasStatus = false
      apply(kind.definition)
    }
    for name in ["argocd", "apps", "external-secrets", "crossplane-system"] {
      apply(["apiVersion": "v1", "kind": "Namespace", "metadata": ["name": .string(name)]])
    }
    settings(healthScript)
    after(5)
    if dns { run(.deployments, "coredns", in: "kube-system") }
    for name in ["argocd-server", "argocd-repo-server", "argocd-redis"] { run(.deployments, name, in: "argocd") }
    run(.statefulSets, "argocd-application-controller", in: "argocd")
    world.settle()
  }

  /// Writes `argocd-cm` with or without the health check of Applications.
  mutating func settings(_ healthScript: String?) {
    let key = ObjectKey(.configMaps, "argocd", "argocd-cm")
    let data: JSONValue = healthScript.map { .object([ArgoCDNames.applicationHealth: .string($0)]) } ?? [:]
    let settings: JSONValue = ["apiVersion": "v1", "kind": "ConfigMap", "data": data]
    world.objects[key] == nil
      ? world.objects.insert(settings, at: key, timestamp: world.timestamp)
      : world.objects.update(key) { $0["data"] = data }
    world.settle()
  }

  /// Puts a running workload into the cluster, without pods.
  mutating func run(_ resource: GroupResource, _ name: String, in namespace: String) {
    let kind = resource == .statefulSets ? "StatefulSet" : "Deployment"
    world.objects.insert(
      ["apiVersion": "apps/v1", "kind": .string(kind), "metadata": [:], "status": ["readyReplicas": 1]],
      at: ObjectKey(resource, namespace, name), timestamp: world.timestamp)
    world.settle()
  }

  mutating func apply(_ manifest: JSONValue) {
    if case .failure(let failure) = world.apply(manifest, manager: "test") { Issue.record("\(failure.message)") }
    world.settle()
  }

  /// Lets time pass while the repository answers.
  mutating func after(_ seconds: Int) {
    for _ in 0..<max(seconds, 1) {
      answer()
      world.advance(to: world.now + .seconds(1))
      answer()
    }
  }

  mutating func answer() {
    var errands = world.takeErrands()
    while !errands.isEmpty {
      for errand in errands { world.complete(errand.id, with: result(of: errand.work)) }
      errands = world.takeErrands()
    }
  }

  private func result(of work: Errand.Work) -> ErrandResult {
    switch work {
    case .resolve: .resolved(commit: commit)
    case .list: .listed(folders)
    case .render(let source):
      repository[source.chart ?? source.path].map { .rendered($0, commit: commit) }
        ?? .failed("\(source.path): app path does not exist")
    }
  }

  func application(_ name: String) -> JSONValue { world.objects[ObjectKey(.applications, "argocd", name)] ?? .null }
  func exists(_ name: String) -> Bool { application(name) != .null }

  /// `Synced Healthy`.
  func state(_ name: String) -> String {
    let status = application(name)["status"]
    return
      "\(status?[path: "sync", "status"]?.stringValue ?? "-") \(status?[path: "health", "status"]?.stringValue ?? "-")"
  }

  func operation(_ name: String) -> JSONValue { application(name)[path: "status", "operationState"] ?? .null }
  func phase(_ name: String) -> String { operation(name)["phase"]?.stringValue ?? "-" }
  func message(_ name: String) -> String { operation(name)["message"]?.stringValue ?? "-" }

  func conditions(_ name: String) -> [String] {
    (application(name)[path: "status", "conditions"]?.arrayValue ?? []).map {
      "\($0["type"]?.stringValue ?? ""): \($0["message"]?.stringValue ?? "")"
    }
  }

  func object(_ resource: GroupResource, _ name: String, in namespace: String = "apps") -> JSONValue? {
    world.objects[ObjectKey(resource, namespace, name)]
  }

  /// Makes a Deployment's rollout complete, or what else its conditions should say.
  mutating func report(_ name: String, available: Int, condition: JSONValue? = nil) {
    world.objects.update(ObjectKey(.deployments, "apps", name)) { object in
      object["status"] = [
        "observedGeneration": object[path: "metadata", "generation"] ?? 1, "replicas": 1, "updatedReplicas": 1,
        "readyReplicas": JSONValue(available), "availableReplicas": JSONValue(available),
        "conditions": condition.map { [$0] } ?? [],
      ]
    }
    world.settle()
  }
}

extension ArgoCDWorld {
  private static let refusing = ObjectKey(
    GroupResource("validatingwebhookconfigurations", "admissionregistration.k8s.io"), "refusing")

  /// Lets the API refuse to write objects of a resource: a webhook is asked that nobody answers.
  mutating func refuse(_ resource: GroupResource) {
    apply([
      "apiVersion": "admissionregistration.k8s.io/v1", "kind": "ValidatingWebhookConfiguration",
      "metadata": ["name": .string(Self.refusing.name)],
      "webhooks": [
        [
          "name": "refusing.example.org", "sideEffects": "None", "admissionReviewVersions": ["v1"],
          "clientConfig": ["service": ["name": "nobody", "namespace": "apps"]],
          "rules": [
            [
              "apiGroups": [.string(resource.group)], "apiVersions": ["*"],
              "resources": [.string(resource.resource)], "operations": ["CREATE", "UPDATE"],
            ]
          ],
        ]
      ],
    ])
  }

  mutating func acceptAgain() {
    world.delete(Self.refusing)
    world.settle()
  }
}

/// Manifests for Argo CD's tests.
enum Wanted {
  static func application(
    _ name: String, path: String? = nil, wave: Int? = nil, options: [JSONValue] = [], retry: JSONValue? = nil,
    automated: JSONValue? = ["prune": true, "selfHeal": true]
  ) -> JSONValue {
    var manifest: JSONValue = [
      "apiVersion": "argoproj.io/v1alpha1", "kind": "Application",
      "metadata": ["name": .string(name), "namespace": "argocd"],
      "spec": [
        "project": "default",
        "source": ["repoURL": "https://git.example/p.git", "targetRevision": "main", "path": .string(path ?? name)],
        "destination": ["server": "https://kubernetes.default.svc", "namespace": "apps"],
        "syncPolicy": .members(["syncOptions": .array(options), "retry": retry, "automated": automated]),
      ],
    ]
    if let wave { manifest[path: "metadata", "annotations", ArgoCDNames.syncWave] = .string(String(wave)) }
    return manifest
  }

  static func configMap(_ name: String, _ value: String = "1", annotations: [String: String] = [:]) -> JSONValue {
    var manifest: JSONValue = [
      "apiVersion": "v1", "kind": "ConfigMap", "metadata": ["name": .string(name)], "data": ["value": .string(value)],
    ]
    if !annotations.isEmpty { manifest[path: "metadata", "annotations"] = JSONValue(annotations) }
    return manifest
  }

  static func deployment(_ name: String, wave: Int = 0, annotations: [String: String] = [:]) -> JSONValue {
    [
      "apiVersion": "apps/v1", "kind": "Deployment",
      "metadata": [
        "name": .string(name),
        "annotations": JSONValue(annotations.merging([ArgoCDNames.syncWave: String(wave)]) { $1 }),
      ],
      "spec": [
        "replicas": 1, "selector": ["matchLabels": ["app": .string(name)]],
        "template": [
          "metadata": ["labels": ["app": .string(name)]],
          "spec": ["containers": [["name": "app", "image": "example/app:v1"]]],
        ],
      ],
    ]
  }

  static func job(_ name: String, annotations: [String: String]) -> JSONValue {
    [
      "apiVersion": "batch/v1", "kind": "Job",
      "metadata": ["name": .string(name), "annotations": JSONValue(annotations)],
      "spec": [
        "template": [
          "spec": ["restartPolicy": "Never", "containers": [["name": "job", "image": "example/job:v1"]]]
        ]
      ],
    ]
  }

  static let widget: JSONValue = [
    "apiVersion": "example.org/v1", "kind": "Widget", "metadata": ["name": "w"], "spec": ["size": 1],
  ]
  static let widgetDefinition = CustomKind(
    group: "example.org", kind: "Widget", plural: "widgets", isNamespaced: true, versions: ["v1"]
  ).definition
}
