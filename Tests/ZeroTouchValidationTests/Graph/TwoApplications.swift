/// A root with two child Applications, `first` and `second`, each with one file of manifests.
struct TwoApplications {
  var waves = ("0", "1")
  var first: String
  var second: String
  /// What the second Application says of its sync.
  var policy = "syncPolicy: {automated: {}, syncOptions: [CreateNamespace=true]}"

  var files: [String: String] {
    func child(_ name: String, _ wave: String, _ policy: String) -> String {
      let source = "source: {repoURL: https://github.com/a/own.git, path: parts/\(name), targetRevision: main}"
      return application(name, wave: "\"\(wave)\"", spec: "\(source)\n\(policy)")
    }
    let usual = "syncPolicy: {automated: {}, syncOptions: [CreateNamespace=true]}"
    return [
      "root.yaml": application(
        "root", spec: "source: {repoURL: https://github.com/a/own.git, path: apps, targetRevision: main}"),
      "apps/first.yaml": child("first", waves.0, usual), "apps/second.yaml": child("second", waves.1, policy),
      "parts/first/all.yaml": first, "parts/second/all.yaml": second,
    ]
  }

  /// The two in the other order.
  var inverted: TwoApplications {
    var copy = self
    copy.waves = ("2", "1")
    return copy
  }

  /// Both in one wave.
  var together: TwoApplications {
    var copy = self
    copy.waves = ("1", "1")
    return copy
  }

  static let definition = """
    apiVersion: apiextensions.k8s.io/v1
    kind: CustomResourceDefinition
    metadata: {name: widgets.example.org}
    spec:
      group: example.org
      scope: Namespaced
      names: {kind: Widget, plural: widgets}
      versions: [{name: v1, served: true, storage: true}]
    """
  static let widget = "apiVersion: example.org/v1\nkind: Widget\nmetadata: {name: one}\n"
}
