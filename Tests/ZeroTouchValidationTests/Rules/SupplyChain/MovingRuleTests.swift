import Testing

@testable import ZeroTouchValidation

struct MovingRuleTests {
  private func pod(_ image: String) -> String {
    """
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: shop}
    spec:
      template:
        spec:
          containers:
            - name: shop
              image: \(image)
    """
  }

  @Test(arguments: ["ghcr.io/ours/shop:latest", "ghcr.io/ours/shop", "reg:5000/ours/shop", "ours/shop:main"])
  func `an image whose tag moves is found`(_ image: String) async throws {
    #expect(try await findings(["a.yaml": pod(image)], .movingImageTag) == ["ZT601 a.yaml:9"])
  }

  @Test(arguments: [
    "ghcr.io/ours/shop:1.4.2", "reg:5000/ours/shop:v2", "ghcr.io/ours/shop@sha256:\(String(repeating: "a", count: 64))",
    "ours/shop:latest@sha256:\(String(repeating: "a", count: 64))", "\"${IMAGE}:latest\"", "controller",
  ])
  func `an image that is one image is nothing to find`(_ image: String) async throws {
    #expect(try await findings(["a.yaml": pod(image)], .movingImageTag) == [])
  }

  @Test func `a tag that a kustomization sets counts, not the one it replaces`() async throws {
    var files = [
      "a.yaml": pod("ours/shop:latest"),
      "kustomization.yaml": "resources: [a.yaml]\nimages:\n  - name: ours/shop\n    newTag: 1.4.2\n",
    ]
    #expect(try await findings(files, .movingImageTag) == [])
    files["kustomization.yaml"] = "resources: [a.yaml]\n"
    #expect(try await findings(files, .movingImageTag) == ["ZT601 a.yaml:9"])
  }

  @Test func `a package of Crossplane without a version is found`() async throws {
    let text = "apiVersion: pkg.crossplane.io/v1\nkind: Provider\nmetadata: {name: a}\nspec:\n  package: xpkg.org/a/b"
    #expect(try await findings(["a.yaml": "\(text):latest\n"], .movingImageTag) == ["ZT601 a.yaml:5"])
    #expect(try await findings(["a.yaml": "\(text):v1.2.1\n"], .movingImageTag) == [])
  }

  @Test func `a tag in the values of a chart is found`() async throws {
    func files(_ tag: String) -> [String: String] {
      let chart = """
        source:
          repoURL: https://charts.example.org
          chart: shop
          targetRevision: 1.2.3
          helm:
            valuesObject:
              image:
                repository: ours/shop
                tag: "\(tag)"
        """
      return ["one.yaml": application("one", spec: chart)]
    }
    #expect(try await findings(files("latest"), .movingImageTag) == ["ZT601 one.yaml:17"])
    #expect(try await findings(files("1.2.3"), .movingImageTag) == [])
  }

  @Test func `another repository at a branch is found, the own one follows its branch`() async throws {
    func files(_ revision: String) -> [String: String] {
      let own = "source: {repoURL: https://github.com/ours/platform.git, path: conf, targetRevision: main}"
      let other =
        "source:\n  repoURL: https://github.com/kubernetes-sigs/gateway-api\n  path: config/crd\n  targetRevision: \(revision)"
      return [
        "root/one.yaml": application("one", spec: own), "root/two.yaml": application("two", spec: other),
        "conf/a.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n",
      ]
    }
    #expect(try await findings(files("main"), .movingRevision) == ["ZT602 root/two.yaml:12"])
    #expect(try await findings(files("v1.4.1"), .movingRevision) == [])
  }

  @Test func `a remote resource without a pin is found`() async throws {
    func files(_ resource: String) -> [String: String] { ["kustomization.yaml": "resources:\n  - \(resource)\n"] }
    let found = ["ZT603 kustomization.yaml:2"]
    #expect(try await findings(files("https://github.com/org/app//deploy"), .movingURL) == found)
    #expect(try await findings(files("https://github.com/org/app//deploy?ref=main"), .movingURL) == found)
    #expect(try await findings(files("https://github.com/org/app//deploy?ref=v1.2.3"), .movingURL) == [])
    let raw = "https://raw.githubusercontent.com/org/app"
    #expect(try await findings(files("\(raw)/main/crds.yaml"), .movingURL) == found)
    #expect(try await findings(files("\(raw)/v1.2.3/crds.yaml"), .movingURL) == [])
  }

  @Test func `an address that moves is found in any text, at its line`() async throws {
    let text = "run: |\n  set -e\n  kubectl apply -f https://github.com/org/app/releases/latest/download/install.yaml\n"
    #expect(try await findings([".github/workflows/a.yaml": text], .movingURL) == ["ZT603 .github/workflows/a.yaml:3"])
    let right = text.replacing("latest/download", with: "download/v1.2.3")
    #expect(try await findings([".github/workflows/a.yaml": right], .movingURL) == [])
  }

  @Test func `tags in values that are a text or a file are found where they stand`() async throws {
    func files(_ tag: String) -> [String: String] {
      let own = "repoURL: https://github.com/a/own.git, targetRevision: main"
      let text = """
        source:
          repoURL: https://charts.example.org
          chart: shop
          targetRevision: 1.2.3
          helm:
            values: |
              image:
                repository: ours/shop
                tag: "\(tag)"
        """
      let file = """
        sources:
          - {repoURL: https://charts.example.org, chart: mail, targetRevision: 1.2.3, helm: {valueFiles: [$own/values/mail.yaml]}}
          - {\(own), ref: own}
        """
      return [
        "apps/one.yaml": application("one", spec: text), "apps/two.yaml": application("two", spec: file),
        "values/mail.yaml": "image:\n  repository: ours/mail\n  tag: \"\(tag)\"\n",
      ]
    }
    #expect(
      try await findings(files("latest"), .movingImageTag) == ["ZT601 apps/one.yaml:17", "ZT601 values/mail.yaml:3"])
    #expect(try await findings(files("1.2.3"), .movingImageTag) == [])
  }
}
