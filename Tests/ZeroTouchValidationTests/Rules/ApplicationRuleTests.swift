import Testing

@testable import ZeroTouchValidation

struct ApplicationRuleTests {
  private let source = "source: {repoURL: https://github.com/a/b.git, path: one, targetRevision: main}"

  @Test func `a wave that is a bare number is found where it stands`() async throws {
    let wrong = ["apps/one.yaml": application("one", wave: "5", spec: source)]
    #expect(try await findings(wrong, .waveIsNoInteger) == ["ZT313 apps/one.yaml:6"])
    let word = ["apps/one.yaml": application("one", wave: "\"first\"", spec: source)]
    #expect(try await findings(word, .waveIsNoInteger) == ["ZT313 apps/one.yaml:6"])
    let right = ["apps/one.yaml": application("one", wave: "\"-5\"", spec: source)]
    #expect(try await findings(right, .waveIsNoInteger) == [])
  }

  @Test func `a namespace that is created and not named is found`() async throws {
    let options = "syncPolicy: {syncOptions: [CreateNamespace=true]}"
    let text = application("one", spec: "\(source)\n\(options)")
    let wrong = text.replacing(", namespace: one}", with: "}")
    #expect(
      try await findings(["one.yaml": wrong], .namespaceCreatedWithoutName) == ["ZT315 one.yaml:10"])
    #expect(try await findings(["one.yaml": text], .namespaceCreatedWithoutName) == [])
  }

  @Test func `Replace beside ServerSideApply is found at its item of the list`() async throws {
    let both = "syncPolicy:\n  syncOptions:\n    - ServerSideApply=true\n    - Replace=true"
    let one = "syncPolicy:\n  syncOptions:\n    - ServerSideApply=true"
    #expect(
      try await findings(["one.yaml": application("one", spec: "\(source)\n\(both)")], .replaceBesideServerSideApply)
        == ["ZT316 one.yaml:13"])
    #expect(
      try await findings(["one.yaml": application("one", spec: "\(source)\n\(one)")], .replaceBesideServerSideApply)
        == [])
  }

  @Test func `values that a patch gives beside valuesObject are found in the patch`() async throws {
    let chart = """
      source:
        repoURL: https://charts.example.org
        chart: shop
        targetRevision: 1.2.3
        helm:
          valuesObject: {replicas: 1}
      """
    let files = [
      "base/one.yaml": application("one", spec: chart),
      "base/kustomization.yaml": "resources: [one.yaml]\n",
      "top/kustomization.yaml": """
      resources: [../base]
      patches:
        - target: {kind: Application, name: one}
          patch: |-
            - op: add
              path: /spec/source/helm/values
              value: "replicas: 3"
      """,
    ]
    #expect(try await findings(files, .valuesGivenTwice) == ["ZT317 top/kustomization.yaml:5"])
    var right = files
    right["top/kustomization.yaml"] = "resources: [../base]\n"
    #expect(try await findings(right, .valuesGivenTwice) == [])
  }

  @Test(arguments: ["\"*\"", "1.2", "\"~1.2.0\"", "\">=1.0.0\"", "1.x", "main", "\"\"", "1"])
  func `a chart's version that floats is found`(_ version: String) async throws {
    let chart = "source:\n  repoURL: https://charts.example.org\n  chart: shop\n  targetRevision: \(version)"
    #expect(
      try await findings(["one.yaml": application("one", spec: chart)], .floatingChartVersion)
        == ["ZT318 one.yaml:12"])
  }

  @Test(arguments: ["1.2.3", "v1.21.1", "0.1.0-rc.1", "\"10.4.1+build\""])
  func `one version of a chart is nothing to find`(_ version: String) async throws {
    let chart = "source:\n  repoURL: https://charts.example.org\n  chart: shop\n  targetRevision: \(version)"
    #expect(try await findings(["one.yaml": application("one", spec: chart)], .floatingChartVersion) == [])
  }
}
