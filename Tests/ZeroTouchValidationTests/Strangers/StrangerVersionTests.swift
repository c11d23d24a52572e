import Testing
import ZeroTouchModel

@testable import ZeroTouchValidation

/// What moves in other people's repositories, and what only looks so.
struct StrangerVersionTests {
  @Test func `pictures, lists and the index of a chart repository may move`() async throws {
    let base = "https://raw.githubusercontent.com/org/app/main"
    #expect(try await findings(["Chart.yaml": "icon: \(base)/logo.svg\n"], .movingURL) == [])
    #expect(try await findings(["a.yaml": "lists: [\(base)/block.txt]\n"], .movingURL) == [])
    let index = "apiVersion: v1\nentries:\n  app:\n    - urls: [\(base)/app.tgz]\n"
    #expect(try await findings(["index.yaml": index], .movingURL) == [])
    #expect(try await findings(["a.yaml": "url: \(base)/install.sh\n"], .movingURL) == ["ZT603 a.yaml:1"])
  }

  @Test func `a line that two kustomizations build is told once, and kubebuilder's image is a placeholder`()
    async throws
  {
    func deployment(_ image: String) -> String {
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: a}
      spec:
        selector: {matchLabels: {app: a}}
        template:
          metadata: {labels: {app: a}}
          spec:
            containers: [{name: a, image: "\(image)"}]
      """
    }
    var files = [
      "base/kustomization.yaml": "resources: [a.yaml]\n", "base/a.yaml": deployment("org/a:latest"),
      "one/kustomization.yaml": "namePrefix: one-\nresources: [../base]\n",
      "two/kustomization.yaml": "namePrefix: two-\nresources: [../base]\n",
    ]
    #expect(try await findings(files, .movingImageTag) == ["ZT601 base/a.yaml:9"])
    files["base/a.yaml"] = deployment("controller:latest")
    #expect(try await findings(files, .movingImageTag) == [])
  }

  @Test func `resources of other functions are not those of patch and transform`() async throws {
    func composition(_ group: String) -> String {
      """
      apiVersion: apiextensions.crossplane.io/v1
      kind: Composition
      metadata: {name: a}
      spec:
        mode: Pipeline
        compositeTypeRef: {apiVersion: a.org/v1, kind: A}
        pipeline:
          - step: a
            functionRef: {name: a}
            input:
              apiVersion: \(group)/v1beta1
              kind: Resources
              resources:
                - name: map
                  base: {apiVersion: v1, kind: ConfigMap, metadata: {name: a}}
      """
    }
    #expect(try await findings(["a.yaml": composition("dummy.fn.crossplane.io")], .neverReady) == [])
    #expect(try await findings(["a.yaml": composition("pt.fn.crossplane.io")], .neverReady) == ["ZT510 a.yaml:14"])
  }

  @Test func `a dashboard's variables are Grafana's`() async throws {
    func files(_ value: String) -> [String: String] {
      [
        "flux.yaml": """
        apiVersion: kustomize.toolkit.fluxcd.io/v1
        kind: Kustomization
        metadata: {name: a}
        spec: {path: ./a, postBuild: {substitute: {B: c}}}
        """,
        "a/map.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  a.json: '\(value)'\n",
      ]
    }
    #expect(try await findings(files(#"{"panels": [{"uid": "${DS_PROMETHEUS}"}]}"#), .unresolvedVariable) == [])
    #expect(try await findings(files("${DS_PROMETHEUS}"), .unresolvedVariable) == ["ZT702 a/map.yaml:5"])
  }
}
