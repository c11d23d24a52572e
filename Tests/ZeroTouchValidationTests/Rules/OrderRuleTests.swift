import Testing

@testable import ZeroTouchValidation

struct OrderRuleTests {
  private func check(_ pair: TwoApplications, _ rule: Rule, inverted: [String] = ["apps/second.yaml:6"]) async throws {
    #expect(try await findings(pair.files, rule) == [], "in order")
    #expect(try await findings(pair.together.files, rule) == [], "in one wave")
    #expect(try await findings(pair.inverted.files, rule) == inverted.map { "\(rule.id) \($0)" }, "inverted")
    // Whatever else a pair is checked for, nothing is found in it.
    #expect(try await findings(pair.inverted.files) == inverted.map { "\(rule.id) \($0)" }, "alone")
  }

  @Test func `a custom resource before its definition is found at its Application's wave`() async throws {
    try await check(TwoApplications(first: TwoApplications.definition, second: TwoApplications.widget), .kindTooLate)
  }

  @Test func `an object before its namespace is found`() async throws {
    let pair = TwoApplications(
      first: "apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n",
      second: "apiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: shop}\n")
    try await check(pair, .namespaceTooLate)
  }

  @Test func `a pod before the Secret it reads is found, an optional one is not`() async throws {
    let secret = "apiVersion: v1\nkind: Secret\nmetadata: {name: key, namespace: shared}\n"
    func pod(_ optional: Bool) -> String {
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: web, namespace: shared}
      spec:
        containers:
          - name: main
            image: example.org/web:1.0.0
            envFrom: [{secretRef: {name: key, optional: \(optional)}}]
      """
    }
    let first = "apiVersion: v1\nkind: Namespace\nmetadata: {name: shared}\n"
    var files = TwoApplications(waves: ("0", "1"), first: first + "---\n" + secret, second: pod(false)).inverted.files
    #expect(try await findings(files, .secretTooLate).isEmpty, "the namespace weighs more")
    files["root.yaml"] = files["root.yaml"]?.replacing("namespace: argocd", with: "namespace: shared")
    #expect(try await findings(files, .secretTooLate) == ["ZT303 apps/second.yaml:6"])
    files["parts/second/all.yaml"] = pod(true)
    #expect(try await findings(files, .secretTooLate) == [])
  }

  @Test func `a Secret that an ExternalSecret makes counts as the ExternalSecret`() async throws {
    let external = """
      apiVersion: external-secrets.io/v1
      kind: ExternalSecret
      metadata: {name: any, namespace: argocd}
      spec: {target: {name: key}}
      """
    let pod = """
      apiVersion: v1
      kind: Pod
      metadata: {name: web, namespace: argocd}
      spec:
        volumes: [{name: key, secret: {secretName: key}}]
        containers: [{name: main, image: example.org/web:1.0.0}]
      """
    let pair = TwoApplications(first: external, second: pod)
    #expect(try await findings(pair.inverted.files, .secretTooLate) == ["ZT303 apps/second.yaml:6"])
    #expect(try await findings(pair.files, .secretTooLate) == [])
  }

  @Test func `a volume before its StorageClass is found, by name and by default`() async throws {
    let storage = """
      apiVersion: storage.k8s.io/v1
      kind: StorageClass
      metadata: {name: local, annotations: {storageclass.kubernetes.io/is-default-class: "true"}}
      provisioner: example.org/local
      """
    for name in ["storageClassName: local, ", ""] {
      let claim =
        "apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: data}\nspec: {\(name)accessModes: []}\n"
      try await check(TwoApplications(first: storage, second: claim), .storageTooLate)
    }
  }

  @Test func `an object before the webhook that is asked about it is found`() async throws {
    let webhook = """
      apiVersion: admissionregistration.k8s.io/v1
      kind: ValidatingWebhookConfiguration
      metadata: {name: widgets}
      webhooks:
        - name: widgets.example.org
          clientConfig: {service: {name: widgets, namespace: first}}
          rules: [{apiGroups: [example.org], apiVersions: [v1], operations: [CREATE], resources: [widgets]}]
      """
    var pair = TwoApplications(first: webhook, second: TwoApplications.widget)
    var files = pair.inverted.files
    files["apps/third.yaml"] = files["apps/first.yaml"]?.replacing("first", with: "third").replacing(
      "\"2\"", with: "\"0\"")
    files["parts/third/all.yaml"] = TwoApplications.definition
    #expect(try await findings(files) == ["ZT305 apps/second.yaml:6"])
    pair.waves = ("0", "1")
    files["apps/first.yaml"] = pair.files["apps/first.yaml"]
    #expect(try await findings(files) == [])
  }

  @Test func `a claim before its API is found, and one before the function that carries it out`() async throws {
    let definition = """
      apiVersion: apiextensions.crossplane.io/v1
      kind: CompositeResourceDefinition
      metadata: {name: xwidgets.example.org}
      spec:
        group: example.org
        names: {kind: XWidget, plural: xwidgets}
        claimNames: {kind: Widget, plural: widgets}
      """
    let composition = """
      apiVersion: apiextensions.crossplane.io/v1
      kind: Composition
      metadata: {name: widget}
      spec:
        compositeTypeRef: {apiVersion: example.org/v1, kind: XWidget}
        mode: Pipeline
        pipeline: [{step: one, functionRef: {name: function-one}}]
      """
    let function = "apiVersion: pkg.crossplane.io/v1\nkind: Function\nmetadata: {name: function-one}\n"
    let api = TwoApplications(first: definition, second: TwoApplications.widget)
    #expect(try await findings(api.inverted.files, .compositeTooLate) == ["ZT306 apps/second.yaml:6"])
    #expect(try await findings(api.files, .compositeTooLate) == [])
    let carried = TwoApplications(
      first: function, second: [definition, composition, TwoApplications.widget].joined(separator: "\n---\n"))
    #expect(try await findings(carried.inverted.files, .packageTooLate) == ["ZT307 apps/second.yaml:6"])
    #expect(try await findings(carried.files, .packageTooLate) == [])
    let offered = TwoApplications(first: function, second: composition)
    #expect(try await findings(offered.inverted.files, .offerTooEarly) == ["ZT311 apps/second.yaml:6"])
    #expect(try await findings(offered.files, .offerTooEarly) == [])
  }

  @Test func `an ExternalSecret before its store is found`() async throws {
    let store = "apiVersion: external-secrets.io/v1\nkind: ClusterSecretStore\nmetadata: {name: store}\n"
    let secret = """
      apiVersion: external-secrets.io/v1
      kind: ExternalSecret
      metadata: {name: any}
      spec: {secretStoreRef: {kind: ClusterSecretStore, name: store}}
      """
    let pair = TwoApplications(first: store, second: secret)
    #expect(try await findings(pair.inverted.files, .otherTooLate) == ["ZT308 apps/second.yaml:6"])
    #expect(try await findings(pair.files, .otherTooLate) == [])
  }

  @Test func `what comes too late for several is itself to blame`() async throws {
    var files = TwoApplications(first: TwoApplications.definition, second: TwoApplications.widget).inverted.files
    files["apps/third.yaml"] = files["apps/second.yaml"]?.replacing("second", with: "third")
    files["parts/third/all.yaml"] = TwoApplications.widget
    #expect(try await findings(files) == ["ZT301 apps/first.yaml:6"])
  }

  @Test func `waves inside one Application count as well`() async throws {
    let late = TwoApplications.definition.replacing(
      "{name: widgets.example.org}",
      with: "{name: widgets.example.org, annotations: {argocd.argoproj.io/sync-wave: \"3\"}}")
    let pair = TwoApplications(
      first: "\(late)\n---\n\(TwoApplications.widget)", second: "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n"
    )
    #expect(try await findings(pair.files, .kindTooLate) == ["ZT301 parts/first/all.yaml:12"])
  }

  @Test func `a race is found where the sync is tried only once`() async throws {
    var pair = TwoApplications(first: TwoApplications.definition, second: TwoApplications.widget).together
    #expect(try await findings(pair.files, .raceWithoutRetry) == [])
    pair.policy = "syncPolicy:\n  automated: {}\n  retry: {limit: 0}\n  syncOptions: [CreateNamespace=true]"
    #expect(try await findings(pair.files) == ["ZT321 apps/second.yaml:13"])
  }

  @Test func `a kind that nothing defines is found, unless something unknown might`() async throws {
    var files = TwoApplications(
      first: TwoApplications.definition, second: TwoApplications.widget.replacing("Widget", with: "Gadget")
    ).files
    #expect(try await findings(files) == ["ZT309 parts/second/all.yaml:2"])
    files["apps/third.yaml"] = application(
      "third", spec: "source: {repoURL: https://charts.example.org, chart: gadgets, targetRevision: 1.0.0}")
    #expect(try await findings(files, .kindUnknown) == [])
  }

  @Test func `a namespace that nothing creates is found`() async throws {
    var pair = TwoApplications(
      first: TwoApplications.definition, second: "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n")
    #expect(try await findings(pair.files) == [])
    pair.policy = "syncPolicy: {automated: {}}"
    #expect(try await findings(pair.files) == ["ZT310 parts/second/all.yaml:3"])
  }
}
