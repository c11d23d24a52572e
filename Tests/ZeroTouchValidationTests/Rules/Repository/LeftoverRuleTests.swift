import Testing

@testable import ZeroTouchValidation

struct LeftoverRuleTests {
  private let shop = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: shop\n"

  @Test func `a manifest that its folder's kustomization leaves out is found`() async throws {
    var files = [
      "kustomization.yaml": "resources: [shop.yaml]\n", "shop.yaml": shop,
      "search.yaml": shop.replacing("shop", with: "search"),
    ]
    #expect(try await findings(files, .unreferencedManifest) == ["ZT108 search.yaml:2"])
    files["kustomization.yaml"] = "resources: [shop.yaml, search.yaml]\n"
    #expect(try await findings(files, .unreferencedManifest) == [])
  }

  @Test func `a manifest that a comment of the kustomization leaves out is left out on purpose`() async throws {
    let files = [
      "kustomization.yaml": "resources:\n  - shop.yaml\n  # - search.yaml\n", "shop.yaml": shop,
      "search.yaml": shop.replacing("shop", with: "search"),
    ]
    #expect(try await findings(files, .unreferencedManifest) == [])
  }

  @Test func `an Application below a kustomization that names its siblings is found`() async throws {
    let source = "source: {repoURL: https://github.com/a/b.git, path: one, targetRevision: main}"
    var files = [
      "apps/kustomization.yaml": "resources: [one/app.yaml]\n",
      "apps/one/app.yaml": application("one", spec: source), "apps/two/app.yaml": application("two", spec: source),
    ]
    #expect(try await findings(files, .unreferencedManifest) == ["ZT108 apps/two/app.yaml:2"])
    files["apps/kustomization.yaml"] = "resources: [one/app.yaml, two/app.yaml]\n"
    #expect(try await findings(files, .unreferencedManifest) == [])
  }

  @Test func `the home of a developer is found, in a script as well, a pod's own is not`() async throws {
    let wrong = ["Taskfile.yaml": "tasks:\n  up:\n    dir: /home/ada/platform\n"]
    #expect(try await findings(wrong, .homePath) == ["ZT113 Taskfile.yaml:3"])
    #expect(try await findings(["run.sh": "#!/bin/sh\ncd /Users/ada/platform\n"], .homePath) == ["ZT113 run.sh:2"])
    let values = ["values.yaml": "path: /Users/ada/platform\nother: /home/coder/data\n"]
    #expect(try await findings(values, .homePath) == ["ZT113 values.yaml:1"])
    #expect(try await findings(["run.sh": "cd \"$HOME/platform\"; curl https://a.org/home/b/c\n"], .homePath) == [])
    let pod =
      "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{name: a, workingDir: /home/ada/x}]}\n"
    #expect(try await findings(["pod.yaml": pod], .homePath) == [])
  }

  @Test func `an address on one machine is found`() async throws {
    let source = "source:\n  repoURL: file:///repo\n  path: one\n  targetRevision: main"
    #expect(try await findings(["one.yaml": application("one", spec: source)], .editLeftover) == ["ZT114 one.yaml:10"])
    let right = source.replacing("file:///repo", with: "https://github.com/a/b.git")
    #expect(try await findings(["one.yaml": application("one", spec: right)], .editLeftover) == [])
  }

  @Test func `an environment that a pipeline calls by another name is found`() async throws {
    func files(_ name: String) -> [String: String] {
      [
        "overlays/production/kustomization.yaml": "resources: [a.yaml]\n", "overlays/production/a.yaml": shop,
        "deploy.sh": "#!/bin/sh\nzerotouch bootstrap --stage \(name)\n",
      ]
    }
    #expect(try await findings(files("prod"), .environmentNames) == ["ZT115 deploy.sh:2"])
    #expect(try await findings(files("production"), .environmentNames) == [])
    #expect(try await findings(files("\"$STAGE\""), .environmentNames) == [])
  }

  @Test func `folders that call one environment by two names are found`() async throws {
    let files = [
      "a/overlays/dev/a.yaml": shop, "b/overlays/dev/a.yaml": shop, "c/overlays/development/a.yaml": shop,
      "c/overlays/staging/a.yaml": shop,
    ]
    #expect(try await findings(files, .environmentNames) == ["ZT115 c/overlays/development/a.yaml:1"])
  }

  @Test func `files of values that call an environment by another name are found`() async throws {
    func files(_ name: String) -> [String: String] {
      ["a/overlays/prod/a.yaml": shop, "b/overlays/prod/a.yaml": shop, "charts/values-\(name).yaml": "a: 1\n"]
    }
    #expect(try await findings(files("production"), .environmentNames) == ["ZT115 charts/values-production.yaml:1"])
    #expect(try await findings(files("prod"), .environmentNames) == [])
  }
}
