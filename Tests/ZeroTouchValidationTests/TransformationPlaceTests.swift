import Testing
import ZeroTouchModel

@testable import ZeroTouchValidation

/// The line of a kustomization that sets what a finding is about.
struct TransformationPlaceTests {
  @Test func `an image, a namespace and a number of replicas are told where the kustomization sets them`() async throws
  {
    let repository = try CheckedRepository([
      "kustomization.yaml": """
      resources: [a.yaml]
      namespace: shop
      images:
        - name: nginx
          newTag: latest
      replicas:
        - name: web
          count: 3
      """,
      "a.yaml": """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: web, namespace: other}
      spec:
        replicas: 1
        template: {spec: {containers: [{name: web, image: "nginx:1.29.1"}]}}
      """,
    ])
    defer { repository.remove() }
    let survey = try await repository.survey()
    let web = try #require(survey.builds[""]?.manifests.first)
    let image = survey.place(of: web, at: "spec", "template", "spec", "containers", "0", "image")
    let lines = [
      image, survey.place(of: web, at: "metadata", "namespace"), survey.place(of: web, at: "spec", "replicas"),
    ]
    #expect(lines.map { "\($0.file):\($0.line)" } == [5, 2, 8].map { "kustomization.yaml:\($0)" })
  }
}
