import ZeroTouchManifests
import ZeroTouchModel

/// What a Crossplane of the installed version refuses, and what no function carries out.
extension Rule {
  static let definitionMisnamed = Rule(
    "ZT516", .error, "an XRD that is refused: by its name, its scope, or a default that breaks its own schema",
    why: "the API never comes into being, and every claim of it is refused",
    remedy: "call it `<spec.names.plural>.<spec.group>`",
    example: Example(
      wrong: "metadata: {name: xshop.example.org}\nspec: {group: example.org, names: {plural: xshops}}",
      right: "metadata: {name: xshops.example.org}\nspec: {group: example.org, names: {plural: xshops}}"),
    check: { survey in
      survey.manifests(ofKind: CompositeDefinition.kind).compactMap { definition in
        guard definition.group == "apiextensions.crossplane.io", let group = definition["spec", "group"]?.text,
          let plural = definition["spec", "names", "plural"]?.text, definition.name != "\(plural).\(group)",
          !survey.illustrations.contains(definition.file)
        else { return nil }
        return Violation(
          at: definition.body.place(at: ["metadata", "name"]),
          "the XRD `\(definition.name)` would have to be called `\(plural).\(group)`")
      } + survey.offeredAPIs.filter { !survey.illustrations.contains($0.manifest.file) }.flatMap(brokenDefaults)
        + survey.manifests(ofKind: CompositeDefinition.kind).compactMap(offeredOutOfScope)
    })

  /// What only definitions of the scope `LegacyCluster` have; that scope is the default of `v1` alone (the CRD of
  /// Crossplane 2.3.4).
  private static func offeredOutOfScope(_ definition: Manifest) -> Violation? {
    let scope =
      definition["spec", "scope"]?.text
      ?? (definition.apiVersion == "apiextensions.crossplane.io/v2" ? "Namespaced" : "LegacyCluster")
    guard definition.group == "apiextensions.crossplane.io", scope != "LegacyCluster",
      let field = ["claimNames", "connectionSecretKeys"].first(where: { definition["spec", $0] != nil })
    else { return nil }
    return Violation(
      at: definition.body.place(at: ["spec", field]),
      "the XRD `\(definition.name)` has `\(field)`, and its scope is `\(scope)`: only `LegacyCluster` has them",
      remedy: "write `scope: LegacyCluster`, or take `\(field)` away and use the composites themselves")
  }

  /// The defaults that the schema around them does not take: the API server refuses the definition.
  private static func brokenDefaults(_ offered: OfferedAPI) -> [Violation] {
    var found: [Violation] = []
    func walk(_ node: LocatedYAML) {
      if let initial = node["default"] {
        let schema = ObjectSchema(node.json)
        if let problem = schema.problems(of: schema.defaulted(initial.json)).first(where: { !$0.isUnknown }) {
          found.append(
            Violation(
              at: initial.location,
              "a default in the schema of `\(offered.definition.claimKind)` breaks it: it \(problem.rule)",
              remedy: "write a default that the schema takes"))
        }
      }
      for entry in node["properties"]?.entries ?? [] { walk(entry.value) }
      for key in ["items", "additionalProperties"] { if let inner = node[key], inner.entries != nil { walk(inner) } }
    }
    for version in offered.manifest["spec", "versions"]?.items ?? [] {
      if let schema = version["schema"]?["openAPIV3Schema"] { walk(schema) }
    }
    return found
  }

  static let functionMissing = Rule(
    "ZT517", .error, "a Composition with a function that nothing installs",
    why: "the pipeline stops at the step, and claims of the API wait without anything composed",
    remedy: "add the Function, or write the name that its object has",
    example: Example(
      wrong: "functionRef: {name: patch-and-transform}   # and the Function is function-patch-and-transform",
      right: "functionRef: {name: function-patch-and-transform}"),
    check: { survey in
      survey.clusters.flatMap { cluster -> [Violation] in
        let packages = cluster.objects.map(\.manifest).filter { $0.group == "pkg.crossplane.io" }
        let functions = Set(packages.filter { $0.kind == "Function" }.map(\.name))
        // A Configuration brings functions of its own, and where there are none at all they come from elsewhere.
        guard cluster.unknowns.isEmpty, !functions.isEmpty, !packages.contains(where: { $0.kind == "Configuration" })
        else { return [] }
        return cluster.objects.map(\.manifest).filter { $0.kind == Composition.kind }.flatMap { composition in
          (composition["spec", "pipeline"]?.items ?? []).enumerated().compactMap { index, step in
            guard let name = step["functionRef"]?["name"]?.text, !functions.contains(name) else { return nil }
            return Violation(
              at: survey.place(of: composition, at: "spec", "pipeline", String(index), "functionRef"),
              "nothing installs the function `\(name)` of the Composition `\(composition.name)`")
          }
        }
      }
    })

  static let resourcesMode = Rule(
    "ZT518", .error, "something that Crossplane 2 takes no more",
    why: "`mode: Resources` and a registry for packages that name none are gone since Crossplane 2: it is refused",
    remedy: "turn it into a pipeline with function-patch-and-transform: `crossplane beta convert pipeline-composition`",
    example: Example(
      wrong: "spec: {mode: Resources, resources: […]}   # and the chart crossplane at 2.3.4",
      right: "spec: {mode: Pipeline, pipeline: […]}"),
    check: { survey in
      survey.clusters.flatMap { cluster -> [Violation] in
        let revisions = cluster.applications.flatMap(\.sources).filter { $0.chart == "crossplane" }.map(\.revision)
        guard let first = revisions.first, isSecond(first), revisions.allSatisfy(isSecond) else { return [] }
        let packages = cluster.objects.map(\.manifest).compactMap { unqualified($0, first, survey) }
        return packages
          + cluster.objects.map(\.manifest).filter {
            $0.kind == Composition.kind && $0.group == "apiextensions.crossplane.io"
          }.compactMap { composition in
            guard composition["spec", "mode"]?.text == "Resources" || composition["spec", "resources"] != nil else {
              return nil
            }
            let key = composition["spec", "mode"]?.text == "Resources" ? "mode" : "resources"
            return Violation(
              at: survey.place(of: composition, at: "spec", key),
              "the Composition `\(composition.name)` has no pipeline, and Crossplane \(first) knows no other mode")
          }
      }
    })

  /// A package without the registry that it lies in.
  private static func unqualified(_ manifest: Manifest, _ version: String, _ survey: Survey) -> Violation? {
    guard manifest.group == "pkg.crossplane.io", let package = manifest["spec", "package"]?.text,
      !SecretText.isReference(package), let host = package.split(separator: "/").first,
      !package.contains("/") || !(host.contains(".") || host.contains(":") || host == "localhost")
    else { return nil }
    return Violation(
      at: survey.place(of: manifest, at: "spec", "package"),
      "`\(manifest.title)` takes `\(package)` of no registry, and Crossplane \(version) assumes none",
      remedy: "write the registry too, such as `xpkg.crossplane.io/\(package)`")
  }

  private static func isSecond(_ revision: String) -> Bool {
    let major = revision.drop { $0 == "v" }.prefix { $0 != "." }
    return Int(major).map { $0 >= 2 } ?? false
  }

  static let optionalAlwaysMade = Rule(
    "ZT519", .warning, "a composed object that is made although nobody asked for it",
    why: "all that it is patched with is optional: without it the object is made half empty, and fails or costs money",
    remedy:
      "leave it out with function-cel-filter, or require what it needs: `policy: {fromFieldPath: Required}`",
    example: Example(
      wrong:
        "name: route\nbase: {kind: HTTPRoute}\npatches: [{fromFieldPath: spec.http.host, …}]   # and `http` is optional",
      right:
        "step: optional\nfunctionRef: {name: function-cel-filter}\ninput: {filters: [{name: route, expression: has(…http)}]}"
    ),
    check: { survey in
      survey.offeredAPIs.flatMap { offered -> [Violation] in
        guard let schema = offered.schema, !offered.isOpen else { return [] }
        return offered.compositions.flatMap { composition -> [Violation] in
          let filters = (composition["spec", "pipeline"]?.items ?? []).flatMap { $0["input"]?["filters"]?.items ?? [] }
          let names = filters.compactMap { $0["name"]?.text }.compactMap { try? SearchPattern("^\($0)$") }
          return ComposedTemplate.all(in: composition).compactMap { template in
            guard !names.contains(where: { $0.matches(template.name) }),
              let field = OptionalPart.whole(of: template, in: schema)
            else { return nil }
            return Violation(
              at: template.node.location,
              "`\(template.name)` is made of `\(field)` alone, and is made where a claim does not want it")
          }
        }
      }
    })
}

/// The part of a claim that may be left out and that a composed object is made of.
private enum OptionalPart {
  /// The one optional object, or flag, of the schema that every patch reads from; nil where one reads something else, or asks for it.
  static func whole(of template: ComposedTemplate, in schema: LocatedYAML) -> String? {
    let reading = template.patches.filter(\.readsComposite)
    let sources = reading.flatMap(\.sources).compactMap(\.text).filter { !$0.hasPrefix("metadata.") }
      .filter { !$0.hasPrefix("spec.claimRef") }
    guard !sources.isEmpty, !reading.contains(where: { $0["policy"]?["fromFieldPath"]?.text == "Required" }) else {
      return nil
    }
    let fields = Set(sources.map { $0.split(separator: ".").prefix(2).joined(separator: ".") })
    guard fields.count == 1, let field = fields.first, field.hasPrefix("spec.") else { return nil }
    let name = String(field.dropFirst("spec.".count))
    guard let spec = schema["properties"]?["spec"], let part = spec["properties"]?[name] else { return nil }
    // Nobody makes an object of a flag alone: it says whether the object is wanted.
    if part["type"]?.text == "boolean" { return field }
    guard part["type"]?.text == "object", part["properties"] != nil, part["default"] == nil,
      spec["required"]?.items?.contains(where: { $0.text == name }) != true
    else { return nil }
    return field
  }
}
