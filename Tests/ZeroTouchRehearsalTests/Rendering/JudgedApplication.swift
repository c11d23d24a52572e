import ZeroTouchModel

/// An Application as the API server has it, and the health that its parent is to see.
struct JudgedApplication: Sendable {
  let name: String
  let expected: String
  let application: JSONValue

  /// - Parameters:
  ///   - compared: What differs between the spec and what the verdict was reached at.
  init(
    _ name: String, _ expected: String, spec: JSONValue = one, compared: JSONValue? = one, sync: String = "Synced",
    health: String = "Healthy", phase: String = "Succeeded", operation: JSONValue? = nil, hasStatus: Bool = true
  ) {
    self.name = name
    self.expected = expected
    var status: JSONValue = [
      "sync": ["status": .string(sync)], "health": ["status": .string(health)],
      "operationState": ["phase": .string(phase), "message": "as it was"],
    ]
    if let compared { status[path: "sync", "comparedTo"] = compared }
    var application: JSONValue = ["apiVersion": "argoproj.io/v1alpha1", "kind": "Application", "spec": spec]
    if hasStatus { application["status"] = status }
    if let operation { application["operation"] = operation }
    self.application = application
  }

  private static let destination: JSONValue = ["server": "https://kubernetes.default.svc", "namespace": "shop"]

  /// A spec with one source; what is compared has the same form.
  static let one = single(["repoURL": "https://github.com/a/b", "path": "shop", "targetRevision": "main"])

  private static func single(_ source: JSONValue, ignoring: JSONValue? = nil, to place: JSONValue = destination)
    -> JSONValue
  {
    var spec: JSONValue = ["source": source, "destination": place]
    if let ignoring { spec["ignoreDifferences"] = ignoring }
    return spec
  }

  private static func chart(_ values: JSONValue, revision: String = "1.0.0") -> JSONValue {
    [
      "repoURL": "https://charts.example.org", "chart": "shop", "targetRevision": .string(revision),
      "helm": ["valuesObject": values],
    ]
  }

  private static func several(_ sources: JSONValue..., empty: Bool = false) -> JSONValue {
    var spec: JSONValue = ["sources": .array(sources), "destination": destination]
    // Argo CD writes an empty one beside the several.
    if empty { spec["source"] = ["repoURL": ""] }
    return spec
  }

  private static let values: JSONValue = [
    "repoURL": "https://github.com/a/b", "targetRevision": "main", "ref": "values",
  ]
  private static let ignored: JSONValue = [["group": "apps", "kind": "Deployment", "jsonPointers": ["/spec/replicas"]]]

  static let all: [JudgedApplication] = verdicts + specs + forms

  private static let verdicts: [JudgedApplication] =
    [
      JudgedApplication("Synced and Healthy", "Healthy"),
      JudgedApplication("without a status", "Progressing", hasStatus: false),
      JudgedApplication("a sync is asked for", "Progressing", operation: ["sync": ["revision": "abc"]]),
      JudgedApplication("a sync is running", "Progressing", phase: "Running"),
      JudgedApplication("not Synced", "Progressing", sync: "OutOfSync"),
      JudgedApplication("unknown", "Progressing", sync: "Unknown", health: "Unknown"),
      JudgedApplication("a failed sync, and Synced since", "Healthy", phase: "Failed"),
    ]
    + ["Degraded", "Progressing", "Missing", "Suspended", "Unknown"].map {
      JudgedApplication($0, "Progressing", health: $0)
    }

  private static let specs: [JudgedApplication] = [
    JudgedApplication("never compared", "Progressing", compared: nil),
    JudgedApplication(
      "another revision since", "Progressing",
      compared: single(["repoURL": "https://github.com/a/b", "path": "shop", "targetRevision": "v1"])),
    JudgedApplication(
      "another destination since", "Progressing", compared: single(one["source"] ?? [:], to: ["name": "in-cluster"])),
    JudgedApplication(
      "differences ignored since", "Progressing", spec: single(one["source"] ?? [:], ignoring: ignored)),
    JudgedApplication(
      "differences ignored before", "Progressing", compared: single(one["source"] ?? [:], ignoring: ignored)),
    JudgedApplication("one source instead of several", "Progressing", compared: several(values)),
    JudgedApplication(
      "a source more", "Progressing", spec: several(chart(["a": 1]), values), compared: several(chart(["a": 1]))),
    JudgedApplication(
      "a source less", "Progressing", spec: several(values), compared: several(values, chart(["a": 1]), empty: true)),
    JudgedApplication(
      "another chart version", "Progressing", spec: several(chart(["a": 1], revision: "2.0.0"), values),
      compared: several(chart(["a": 1]), values, empty: true)),
    JudgedApplication(
      "a value switched off by taking it away", "Progressing", spec: single(chart(["a": ["b": 1]])),
      compared: single(chart(["a": ["b": 1, "on": false]]))),
    JudgedApplication(
      "the only value taken away", "Progressing", spec: single(["helm": ["valuesObject": [:]]]),
      compared: single(["helm": ["valuesObject": ["on": false]]])),
    JudgedApplication(
      "another number deep in the values", "Progressing", spec: single(chart(["a": [["b": 2]]])),
      compared: single(chart(["a": [["b": 1]]]))),
  ]

  private static let forms: [JudgedApplication] = [
    JudgedApplication(
      "several sources", "Healthy", spec: several(chart(["a": ["b": [1, "x", false]]]), values),
      compared: several(chart(["a": ["b": [1, "x", false]]]), values, empty: true)),
    JudgedApplication(
      "the same values", "Healthy", spec: single(chart(["on": false])), compared: single(chart(["on": false]))),
    JudgedApplication(
      "the same differences", "Healthy", spec: single(values, ignoring: ignored),
      compared: single(values, ignoring: ignored)),
    JudgedApplication(
      "what is empty is left out", "Healthy",
      spec: single(
        ["repoURL": "https://github.com/a/b", "path": "shop", "directory": ["recurse": false], "kustomize": [:]],
        ignoring: []), compared: single(["repoURL": "https://github.com/a/b", "path": "shop", "targetRevision": ""])),
    JudgedApplication(
      "a folder's defaults are written back", "Healthy",
      spec: single(["repoURL": "https://github.com/a/b", "path": "shop", "directory": ["recurse": true]]),
      compared: single(
        ["repoURL": "https://github.com/a/b", "path": "shop", "directory": ["recurse": true, "jsonnet": [:]]])),
  ]
}
