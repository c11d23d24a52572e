import ZeroTouchManifests
import ZeroTouchModel

/// What one Application says wrong by itself.
extension Rule {
  static let waveIsNoInteger = Rule(
    "ZT313", .error, "a sync wave that is no quoted integer",
    why: "annotations are texts: a bare number is refused by the API server, anything else counts as wave 0",
    remedy: "write the wave as an integer in quotes, such as `\"-1\"`",
    example: Example(
      wrong: "argocd.argoproj.io/sync-wave: 5", right: "argocd.argoproj.io/sync-wave: \"5\""),
    check: { survey in
      let built = survey.builds.values.flatMap(\.manifests)
      return (survey.manifests + built).compactMap { manifest in
        guard let wave = manifest.body["metadata"]?["annotations"]?[DeployedApplication.waveKey],
          wave.text.flatMap({ Int($0) }) == nil
        else { return nil }
        let path = ["metadata", "annotations", DeployedApplication.waveKey]
        return Violation(
          at: survey.place(of: manifest, at: path),
          "the wave of `\(manifest.title)` is `\(wave.text ?? wave.json.text())`, which is no integer in quotes")
      }
    })

  static let namespaceCreatedWithoutName = Rule(
    "ZT315", .error, "CreateNamespace without a namespace, or labels of one without CreateNamespace",
    why: "there is no name to create, so the option does nothing and every namespaced object fails to apply",
    remedy: "set `spec.destination.namespace`, or take `CreateNamespace=true` away",
    example: Example(
      wrong: "destination: {server: https://kubernetes.default.svc}\nsyncPolicy: {syncOptions: [CreateNamespace=true]}",
      right:
        "destination: {server: https://kubernetes.default.svc, namespace: shop}\nsyncPolicy: {syncOptions: [CreateNamespace=true]}"
    ),
    check: { survey in
      survey.eachApplication { application in
        guard application.has(option: "CreateNamespace=true"), application.destinationNamespace == nil else {
          return nil
        }
        return (
          ["spec", "syncPolicy", "syncOptions"],
          "the Application `\(application.name)` creates a namespace and names none"
        )
      }
        + survey.applications.compactMap { _, application in
          let path = ["spec", "syncPolicy", "managedNamespaceMetadata"]
          guard !application.has(option: "CreateNamespace=true"),
            application.manifest.body.node(at: path)?.entries?.isEmpty == false
          else { return nil }
          return Violation(
            at: survey.place(of: application.manifest, at: path),
            "`\(application.name)` has labels for its namespace, which Argo CD sets with `CreateNamespace=true` alone",
            remedy: "add `CreateNamespace=true` to its syncOptions, or label the Namespace itself", severity: .warning)
        }
    })

  static let replaceBesideServerSideApply = Rule(
    "ZT316", .error, "Replace beside ServerSideApply",
    why:
      "Replace wins: objects are replaced whole, which drops what controllers own and deletes what cannot be changed",
    remedy: "take `Replace=true` away; large CRDs need `ServerSideApply=true` alone",
    example: Example(
      wrong: "syncOptions: [ServerSideApply=true, Replace=true]", right: "syncOptions: [ServerSideApply=true]"),
    check: { survey in
      survey.eachApplication { application in
        guard application.has(option: "Replace=true"), application.has(option: "ServerSideApply=true") else {
          return nil
        }
        let index = application.syncOptions.firstIndex(of: "Replace=true") ?? 0
        return (
          ["spec", "syncPolicy", "syncOptions", String(index)],
          "the Application `\(application.name)` replaces objects although it applies them on the server"
        )
      } + survey.clusters.flatMap { cluster in cluster.objects.compactMap { replaced($0, in: cluster, survey) } }
    })

  /// An object that says by itself that it is to be replaced.
  private static func replaced(_ object: PlacedObject, in cluster: ClusterView, _ survey: Survey) -> Violation? {
    let key = "argocd.argoproj.io/sync-options"
    guard let text = object.manifest.annotation(key) else { return nil }
    let options = Set(text.split(separator: ",").map { $0.filter { !$0.isWhitespace } })
    guard options.contains("Replace=true"),
      options.contains("ServerSideApply=true")
        || cluster.application(object.application)?.has(option: "ServerSideApply=true") == true
    else { return nil }
    return Violation(
      at: survey.place(of: object, in: cluster, at: ["metadata", "annotations", key]),
      "`\(object.manifest.title)` is replaced although it is applied on the server")
  }

  static let valuesGivenTwice = Rule(
    "ZT317", .error, "values and valuesObject both set",
    why: "Argo CD reads `valuesObject` and ignores `values`: what stands there, or is patched there, has no effect",
    remedy: "move everything into `valuesObject` and take `values` away",
    example: Example(
      wrong: "helm:\n  values: |\n    replicas: 3\n  valuesObject:\n    replicas: 1",
      right: "helm:\n  valuesObject:\n    replicas: 3"),
    check: { survey in
      survey.applications.flatMap { _, application in
        application.sources.compactMap { source -> Violation? in
          guard let helm = source.helm, helm["values"]?.text?.isEmpty == false,
            helm["valuesObject"]?.entries?.isEmpty == false
          else { return nil }
          return Violation(
            at: survey.place(of: application.manifest, at: source.path + ["helm", "values"]),
            "the Application `\(application.name)` has `values` and `valuesObject`, and only the latter counts")
        }
      }
    })

  static let floatingChartVersion = Rule(
    "ZT318", .error, "a chart version that floats or cannot be one",
    why: "what is installed changes without a commit, or nothing is installed at all",
    remedy: "write one version, such as `1.2.3`, and let a bot raise it",
    example: Example(
      wrong: "chart: cert-manager\ntargetRevision: \"*\"", right: "chart: cert-manager\ntargetRevision: v1.21.1"),
    check: { survey in
      survey.applications.flatMap { _, application in
        application.sources.compactMap { source -> Violation? in
          guard let chart = source.chart, let problem = ChartVersion.problem(source.revision) else { return nil }
          return Violation(
            at: survey.place(of: application.manifest, at: source.path + ["targetRevision"]),
            "the Application `\(application.name)` takes the chart `\(chart)` at `\(source.revision)`, \(problem)")
        }
      }
    })
}

/// What a chart's `targetRevision` may be.
enum ChartVersion {
  /// Why it is not one version; nil where it is.
  static func problem(_ revision: String) -> String? {
    if revision.isEmpty || revision == "*" { return "which is whatever is newest" }
    let isRange = revision.contains { "<>=~^*|, ".contains($0) } || revision.lowercased().hasSuffix(".x")
    if isRange { return "which is a range of versions" }
    let digits = revision.hasPrefix("v") ? revision.dropFirst() : revision[...]
    guard digits.first?.isNumber == true else { return "which cannot be a chart's version" }
    let core = digits.prefix { $0 != "-" && $0 != "+" }
    return core.split(separator: ".").count < 3 ? "which is a range of versions" : nil
  }
}
