import ZeroTouchModel

/// What comes later than something that needs it. Waves gate: the earlier one waits, and the later one never starts.
extension Rule {
  private static func late(
    _ id: String, _ subject: Capability.Subject, _ title: String, why: String, example: Example,
    more: @escaping Check = { _ in [] }
  ) -> Rule {
    Rule(
      id, .error, title, why: why, remedy: "move what is needed to an earlier wave, or what needs it to a later one",
      example: example, check: { ($0.lateness[subject] ?? []) + more($0) })
  }

  private static func example(_ needs: String, _ brings: String) -> Example {
    func two(_ first: Int, _ second: Int) -> String {
      "# \(brings)\nargocd.argoproj.io/sync-wave: \"\(first)\"\n---\n# \(needs)\nargocd.argoproj.io/sync-wave: \"\(second)\""
    }
    return Example(wrong: two(4, 1), right: two(0, 1))
  }

  static let kindTooLate = late(
    "ZT301", .kind, "a custom resource before its definition",
    why:
      "the API server refuses a kind it does not know, the sync fails, and the later wave that defines it never begins",
    example: example("the store of External Secrets", "External Secrets, with its CRDs"))

  static let namespaceTooLate = late(
    "ZT302", .namespace, "an object before its namespace",
    why: "the API server refuses objects in a namespace that does not exist, and the wave that makes it never begins",
    example: example("an Application that deploys to `shop`", "the namespace `shop`"))

  static let secretTooLate = late(
    "ZT303", .secret, "a Secret or ConfigMap that comes after whoever reads it",
    why: "pods wait for it and never start, their Application never becomes healthy, and the later wave never begins",
    example: example("a Deployment that reads the Secret `key`", "the ExternalSecret that makes `key`"))

  static let storageTooLate = late(
    "ZT304", .storage, "a volume before its StorageClass",
    why: "the volume stays Pending, the pod with it, and the wave that brings storage waits for both",
    example: example("a StatefulSet with a volume", "the provisioner with its StorageClass"))

  static let webhookTooLate = late(
    "ZT305", .webhook, "an object before the webhook that is asked about it",
    why: "the API server asks a webhook that does not answer yet and refuses the object",
    example: example("a ScaledObject", "KEDA, whose webhook is asked about ScaledObjects"),
    more: { survey in survey.graphs.flatMap { EarlyWebhooks.violations($0, survey) } })

  static let compositeTooLate = late(
    "ZT306", .composite, "a claim before its API",
    why: "the kind of a claim exists once its XRD is established: before, the API server refuses it",
    example: example("a claim for a database", "the XRD and its Composition"))

  static let packageTooLate = late(
    "ZT307", .package, "a claim or composition before the provider or function it is carried out with",
    why: "nothing is composed until the package is installed and healthy",
    example: example("a claim", "the Function its Composition calls"))

  static let otherTooLate = late(
    "ZT308", .other, "an object that comes after what refers to it",
    why: "what refers to it does not become healthy before it is there, and the later wave waits for that",
    example: example("an ExternalSecret", "the ClusterSecretStore it reads"))
}

extension Rule {
  static let offerTooEarly = Rule(
    "ZT311", .error, "an API that is offered before what it composes",
    why: "claims are accepted from then on, and wait, without a word of why, for an operator of a later wave",
    remedy: "move the operator to an earlier wave, or the Composition to a later one",
    example: example("a Composition that makes ScaledObjects", "KEDA"),
    check: { survey in
      let early = survey.lateness[.offer] ?? []
      guard !survey.argoCDSettings.judgesApplications else { return early }
      // Where waves do not gate, the operator comes all the same, a moment later.
      return early.map { Violation(at: $0.location, $0.what, remedy: $0.remedy, severity: .warning) }
    })

  static let kindUnknown = Rule(
    "ZT309", .error, "a kind that nothing defines",
    why: "the API server refuses it, on every cluster that is made from this repository alone",
    remedy: "add the Application that brings the CRD, or correct the apiVersion and kind",
    example: Example(
      wrong: "apiVersion: exmaple.org/v1\nkind: Widget", right: "apiVersion: example.org/v1\nkind: Widget"),
    check: { survey in
      survey.unmet { unmet, graph in
        guard case .kind(let kind) = unmet.need.capability, survey.isWhollyKnown else { return nil }
        let others = graph.destinationsElsewhere(defining: kind, for: unmet.user)
        if !others.isEmpty,
          !survey.graphs.contains(where: { $0.cluster.entry != graph.cluster.entry && $0.defines(kind) })
        {
          let names = others.map { "`\($0)`" }.joined(separator: ", ")
          return "the kind `\(kind)` is defined on \(names) alone, and this goes to another cluster"
        }
        guard !survey.isDefinedSomewhere(kind) else { return nil }
        let what = "nothing in this repository defines the kind `\(kind)`"
        if let (name, value) = survey.omission(of: kind, in: graph.cluster) {
          return "\(what): `\(name)` installs what acts on it without `\(value)`"
        }
        return survey.mayBeBroughtFromElsewhere(kind) ? nil : what
      }
    })

  static let namespaceUnknown = Rule(
    "ZT310", .warning, "a namespace that nothing creates",
    why: "every object in it is refused until somebody makes the namespace by hand",
    remedy: "add `CreateNamespace=true` to the Application's syncOptions, or the Namespace to an earlier wave",
    example: Example(
      wrong: "destination: {namespace: shop}\nsyncPolicy: {automated: {}}",
      right: "destination: {namespace: shop}\nsyncPolicy: {automated: {}, syncOptions: [CreateNamespace=true]}"),
    check: { survey in
      let made = Set(survey.manifests(ofKind: "Namespace").map(\.name))
      return survey.unmet { unmet, graph in
        guard case .object(let kind, nil, let name) = unmet.need.capability, kind.kind == "Namespace",
          survey.isWhollyKnown, !made.contains(name), !survey.graphs.contains(where: { $0.makes(namespace: name) })
        else { return nil }
        return "nothing creates the namespace `\(name)`"
      }
    })
}

extension Survey {
  /// A violation for the first object that needs something nobody provides.
  fileprivate func unmet(_ judge: (ClusterGraph.Unmet, ClusterGraph) -> String?) -> [Rule.Violation] {
    graphs.flatMap { graph -> [Rule.Violation] in
      var told: Set<Capability> = []
      return graph.unmet.compactMap { unmet in
        guard told.insert(unmet.need.capability).inserted, let what = judge(unmet, graph) else { return nil }
        return Rule.Violation(at: place(of: unmet, in: graph), what)
      }
    }
  }

  /// What a chart brings stands where the Application names the chart; its namespace where it says where to.
  private func place(of unmet: ClusterGraph.Unmet, in graph: ClusterGraph) -> SourceLocation {
    guard case .object(let index) = unmet.user, case .chart = graph.cluster.objects[index].manifest.origin else {
      return place(of: graph.manifest(of: unmet.user), at: unmet.need.path)
    }
    let object = graph.cluster.objects[index]
    if case .object(let kind, nil, let name) = unmet.need.capability, kind.kind == "Namespace",
      let application = graph.cluster.application(object.application), application.destinationNamespace == name
    {
      return place(of: application.manifest, at: "spec", "destination", "namespace")
    }
    return place(of: object, in: graph.cluster)
  }

  /// Whether the cluster may have a kind from another repository: a known one, where this one installs no operators.
  fileprivate func mayBeBroughtFromElsewhere(_ kind: GroupKind) -> Bool {
    PublicKinds.contain(kind) && !graphs.contains(where: \.installsOperators)
  }

  /// What the cluster has to have from elsewhere; whether it does was not checked.
  var kindsFromElsewhere: [Note] {
    guard isWhollyKnown else { return [] }
    return graphs.flatMap { graph -> [Note] in
      var told: Set<GroupKind> = []
      return graph.unmet.compactMap { unmet in
        guard case .kind(let kind) = unmet.need.capability, told.insert(kind).inserted, !isDefinedSomewhere(kind),
          mayBeBroughtFromElsewhere(kind), omission(of: kind, in: graph.cluster) == nil
        else { return nil }
        return Note(
          at: place(of: unmet, in: graph),
          "nothing here brings the kind `\(kind)`: whether the cluster has it is unknown"
        )
      }
    }
  }

  /// Whether nothing of the repository is unknown. What one entry point lacks another one may bring.
  fileprivate var isWhollyKnown: Bool { clusters.allSatisfy(\.unknowns.isEmpty) }

  /// Whether a definition of the kind lies anywhere in the tree, whoever applies it.
  fileprivate func isDefinedSomewhere(_ kind: GroupKind) -> Bool {
    let composites = manifests(ofKind: "CompositeResourceDefinition").flatMap(Provisions.composites)
    let definitions = manifests(ofKind: "CustomResourceDefinition").compactMap(Provisions.definition)
    let built = graphs.contains { $0.defines(kind) }
    return built || composites.contains(kind) || definitions.contains(kind)
  }
}
