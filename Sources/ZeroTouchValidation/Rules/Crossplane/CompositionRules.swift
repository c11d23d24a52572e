import ZeroTouchManifests
import ZeroTouchModel

/// Compositions against the definitions they carry out.
extension Rule {
  static let patchFromNowhere = Rule(
    "ZT504", .error, "a patch whose field the schema does not have",
    why: "a field that is not in the schema never reaches the composite: the patch is skipped, always, without a word",
    remedy: "correct the path, or add the field to the XRD",
    example: Example(
      wrong: "fromFieldPath: spec.replica   # and the XRD has `replicas`", right: "fromFieldPath: spec.replicas"),
    check: { survey in survey.offeredAPIs.flatMap(pathsFromNowhere) })

  private static func pathsFromNowhere(_ offered: OfferedAPI) -> [Violation] {
    guard let schema = offered.schema else { return [] }
    return offered.templates.flatMap(\.patches).flatMap { patch -> [Violation] in
      let isBack = ["ToCompositeFieldPath", "CombineToComposite"].contains(patch["type"]?.text)
      let paths = isBack ? [patch["toFieldPath"]].compactMap(\.self) : patch.readsComposite ? patch.sources : []
      return paths.compactMap { node in
        guard let text = node.text, let path = try? FieldPath.parse(text), isOwn(path),
          case .missing = SchemaField(path, in: schema)
        else { return nil }
        return Violation(at: node.location, "the schema of `\(offered.definition.compositeKind)` has no `\(text)`")
      }
    }
  }

  /// Whether a path is one that the XRD has to have; Crossplane itself adds others.
  private static func isOwn(_ path: FieldPath) -> Bool {
    guard path.segments.count > 1, case .field(let top) = path.segments[0], case .field(let next) = path.segments[1]
    else {
      return false
    }
    let machinery: Set = [
      "claimRef", "compositionRef", "compositionSelector", "compositionRevisionRef", "compositionRevisionSelector",
      "compositionUpdatePolicy", "compositeDeletePolicy", "resourceRef", "resourceRefs", "writeConnectionSecretToRef",
      "publishConnectionDetailsTo", "environmentConfigRefs", "crossplane",
    ]
    if top == "status" { return !["conditions", "connectionDetails", "claimConditionTypes"].contains(next) }
    return top == "spec" && !machinery.contains(next)
  }

  static let fieldNeverUsed = Rule(
    "ZT505", .warning, "a field that is accepted and never used",
    why: "whoever sets it believes that it has an effect",
    remedy: "patch it into something, or take it out of the XRD",
    example: Example(wrong: "XRD: spec.timeout; no patch from it", right: "fromFieldPath: spec.timeout"),
    check: { survey in
      survey.offeredAPIs.flatMap { offered -> [Violation] in
        // Where a patch misspells a field, that is the fault, and the field is what it meant.
        guard !offered.isOpen, let spec = offered.schema?["properties"]?["spec"], pathsFromNowhere(offered).isEmpty
        else {
          return []
        }
        let used = offered.compositions.flatMap(readPaths)
        let texts = offered.compositions.flatMap(expressions)
        var found: [Violation] = []
        func walk(_ node: LocatedYAML, _ path: [String]) {
          for entry in node["properties"]?.entries ?? [] {
            let own = path + [entry.key]
            let name = own.joined(separator: ".")
            if used.contains(where: { name == $0 || name.hasPrefix($0 + ".") })
              || texts.contains(where: { $0.contains(".\(entry.key)") })
            {
              continue
            }
            if used.contains(where: { $0.hasPrefix(name + ".") }) {
              walk(entry.value, own)
            } else {
              found.append(
                Violation(at: entry.keyLocation, "nothing reads `\(name)` of `\(offered.definition.claimKind)`"))
            }
          }
        }
        walk(spec, ["spec"])
        return found
      }
    })

  /// The fields that patches read, without the places in lists.
  private static func readPaths(_ composition: Manifest) -> [String] {
    let steps = composition["spec", "pipeline"]?.items ?? []
    let sets = steps.flatMap { $0["input"]?["patchSets"]?.items ?? [] }.flatMap { $0["patches"]?.items ?? [] }
    let environment = steps.flatMap { $0["input"]?["environment"]?["patches"]?.items ?? [] }
    let own = ComposedTemplate.all(in: composition).flatMap(\.patches)
    return (sets + environment + own).filter(\.readsComposite).flatMap(\.sources).compactMap(\.text).map { text in
      text.split(separator: "[").first.map(String.init) ?? text
    }
  }

  private static func expressions(_ composition: Manifest) -> [String] {
    (composition["spec", "pipeline"]?.items ?? []).flatMap { step in
      (step["input"]?["filters"]?.items ?? []).compactMap { $0["expression"]?.text }
    }
  }

  static let patchOverwritten = Rule(
    "ZT506", .error, "a patch, or a composed object, that a later one always overwrites",
    why: "what it carries over is lost, every time",
    remedy: "give one of the two another `toFieldPath`, or another name, or take the first one away",
    example: Example(
      wrong:
        "- {fromFieldPath: spec.size, toFieldPath: spec.replicas}\n- {fromFieldPath: metadata.name, toFieldPath: spec.replicas}",
      right: "- {fromFieldPath: spec.size, toFieldPath: spec.replicas}"),
    check: { survey in
      survey.offeredAPIs.flatMap { offered -> [Violation] in
        guard let schema = offered.schema else { return [] }
        return offered.templates.flatMap { template -> [Violation] in
          let patches = template.patches
          // What a set says for many may be overwritten for one.
          let own = Set((template.node["patches"]?.items ?? []).map(\.location))
          return patches.enumerated().compactMap { index, patch in
            guard own.contains(patch.location), isReplacing(patch), let field = template.destination(of: patch) else {
              return nil
            }
            let later = patches.dropFirst(index + 1).first {
              isReplacing($0) && template.destination(of: $0) == field && isCertain($0, schema)
            }
            guard later != nil else { return nil }
            return Violation(
              at: patch["toFieldPath"]?.location ?? patch.location,
              "a later patch of `\(template.name)` writes `\(field)` in any case")
          }
        }
      } + survey.compositions.flatMap(overwritten)
    })

  /// Composed objects of a step that another one of the same name replaces.
  private static func overwritten(_ composition: Manifest) -> [Violation] {
    (composition["spec", "pipeline"]?.items ?? []).flatMap { step -> [Violation] in
      guard step["input"]?["apiVersion"]?.text?.hasPrefix("pt.fn.crossplane.io/") == true else { return [] }
      var seen: Set<String> = []
      return (step["input"]?["resources"]?.items ?? []).reversed().compactMap { resource in
        guard let name = resource["name"]?.text, resource["base"] != nil, !seen.insert(name).inserted else {
          return nil
        }
        return Violation(
          at: resource.place(at: ["name"]), "a later object `\(name)` of the same step takes the place of this one")
      }
    }
  }

  private static func isReplacing(_ patch: LocatedYAML) -> Bool {
    let kinds = ["FromCompositeFieldPath", "CombineFromComposite"]
    return kinds.contains(patch["type"]?.text ?? "FromCompositeFieldPath")
      && (patch["policy"]?["toFieldPath"]?.text ?? "Replace") == "Replace"
  }

  /// Whether every field that a patch reads is there in every composite.
  private static func isCertain(_ patch: LocatedYAML, _ schema: LocatedYAML) -> Bool {
    let sources = patch.sources.compactMap(\.text)
    return !sources.isEmpty
      && sources.allSatisfy { text in
        if ["metadata.name", "metadata.uid"].contains(text) { return true }
        guard let path = try? FieldPath.parse(text), isOwn(path),
          case .known(let isCertain) = SchemaField(path, in: schema)
        else {
          return false
        }
        return isCertain
      }
  }

  static let replicasUnderAutoscaler = Rule(
    "ZT507", .error, "replicas beside an autoscaler",
    why: "the autoscaler scales, and the next reconciliation puts the number back: pods come and go without end",
    remedy: "leave `replicas` out: the autoscaler's minimum counts",
    example: Example(
      wrong: "kind: Deployment\nspec: {replicas: 2}   # and a ScaledObject for it", right: "kind: Deployment\nspec: {}"),
    check: { survey in
      let composed = survey.manifests(ofKind: Composition.kind).flatMap { composition -> [Violation] in
        let templates = ComposedTemplate.all(in: composition)
        guard
          templates.contains(where: { ["ScaledObject", "HorizontalPodAutoscaler"].contains($0.object?["kind"]?.text) })
        else { return [] }
        let workloads = templates.filter { ["Deployment", "StatefulSet"].contains($0.object?["kind"]?.text) }
        guard workloads.count == 1, let workload = workloads.first else { return [] }
        let place =
          workload.object?["spec"]?.entry("replicas")?.keyLocation
          ?? workload.patches.first { workload.destination(of: $0) == "spec.replicas" }?.location
        return place.map { [Violation(at: $0, "`\(workload.name)` sets `replicas`, and an autoscaler does too")] } ?? []
      }
      return composed + survey.clusters.flatMap { ScaledWorkloads.violations($0, survey) }
    })

  static let connectionKeyWithoutDetail = Rule(
    "ZT508", .error, "a connection key that nothing fills",
    why: "the claim's Secret never has the key that is promised, and whoever reads it waits",
    remedy: "add it to `connectionDetails` of a composed resource, or take it out of `connectionSecretKeys`",
    example: Example(
      wrong: "connectionSecretKeys: [password]   # and no connectionDetails",
      right: "connectionDetails: [{name: password, type: FromConnectionSecretKey, fromConnectionSecretKey: password}]"),
    check: { survey in
      survey.offeredAPIs.flatMap { offered -> [Violation] in
        guard !offered.isOpen else { return [] }
        let made = Set(
          offered.templates.flatMap { $0.node["connectionDetails"]?.items ?? [] }.compactMap { $0["name"]?.text })
        return (offered.manifest["spec", "connectionSecretKeys"]?.items ?? []).compactMap { key in
          guard let name = key.text, !made.contains(name) else { return nil }
          return Violation(
            at: key.location, "no Composition fills the connection key `\(name)` of `\(offered.definition.claimKind)`")
        }
      }
    })

  static let neverReady = Rule(
    "ZT510", .error, "a composed object that never counts as ready",
    why:
      "without checks of their own composed objects are asked for a condition `Ready`, which this kind does not have: the claim waits for ever",
    remedy: "add `readinessChecks`: `type: None`, or `MatchCondition` with `Available` for a Deployment",
    example: Example(
      wrong: "name: service\nbase: {kind: Service}",
      right: "name: service\nbase: {kind: Service}\nreadinessChecks: [{type: None}]"),
    check: { survey in
      let judged = AutoReady.kinds(survey)
      return survey.compositions.flatMap { composition -> [Violation] in
        let isJudged = (composition["spec", "pipeline"]?.items ?? []).contains {
          $0["functionRef"]?["name"]?.text?.hasSuffix(AutoReady.name) == true
        }
        return ComposedTemplate.all(in: composition).compactMap { template in
          guard let base = template.node["base"], let kind = base["kind"]?.text, AutoReady.withoutReady.contains(kind),
            Manifest(base)?.groupKind.isBuiltIn == true, !(isJudged && judged.contains(kind))
          else { return nil }
          let checks = template.node["readinessChecks"]?.items ?? []
          let asksReady = checks.first { $0["matchCondition"]?["type"]?.text == "Ready" }
          guard checks.isEmpty || asksReady != nil else { return nil }
          return Violation(
            at: asksReady?.location ?? template.node.location,
            "`\(template.name)` is a \(kind), which has no condition `Ready`")
        }
      }
    })
}

/// What function-auto-ready makes of objects that no other step judged.
private enum AutoReady {
  static let name = "auto-ready"

  /// Built-in kinds that never have a condition `Ready`.
  static let withoutReady: Set<String> = [
    "Deployment", "StatefulSet", "DaemonSet", "Service", "ServiceAccount", "ConfigMap", "Secret", "Role", "RoleBinding",
    "ClusterRole", "ClusterRoleBinding", "NetworkPolicy", "Namespace", "Ingress", "PersistentVolumeClaim",
    "PodDisruptionBudget", "HorizontalPodAutoscaler", "CronJob", "ResourceQuota", "LimitRange",
  ]

  /// The kinds of those that it judges by themselves, from 0.6 on.
  private static let judged: Set<String> = [
    "ConfigMap", "CronJob", "DaemonSet", "Deployment", "HorizontalPodAutoscaler", "Ingress", "Namespace",
    "PersistentVolumeClaim", "Secret", "Service", "ServiceAccount", "StatefulSet",
  ]

  /// None where an older one is installed.
  static func kinds(_ survey: Survey) -> Set<String> {
    let installed = survey.clusters.flatMap(\.objects).map(\.manifest) + survey.manifests(ofKind: "Function")
    let old = installed.contains { function in
      guard function.kind == "Function", function.name.hasSuffix(name),
        let tag = function["spec", "package"]?.text?.split(separator: ":").last
      else { return false }
      let numbers = tag.drop { $0 == "v" }.split(separator: ".").compactMap { Int($0) }
      return numbers.count >= 2 && numbers[0] == 0 && numbers[1] < 6
    }
    return old ? [] : judged
  }
}
