import Testing

@testable import ZeroTouchValidation

struct ApplicationPathRuleTests {
  private let shop = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: shop\n"

  private func source(_ path: String, _ more: String = "", repo: String = "ours/platform", at revision: String = "main")
    -> String
  {
    "source:\n  repoURL: https://github.com/\(repo).git\n  path: \(path)\n  targetRevision: \(revision)\n\(more)"
  }

  @Test func `a path that does not exist is found where the Application names it`() async throws {
    var files = [
      "root/one.yaml": application("one", spec: source("apps/one")),
      "root/two.yaml": application("two", spec: source("apps/tow")), "apps/one/a.yaml": shop,
    ]
    #expect(try await findings(files, .applicationNamesMissing) == ["ZT106 root/two.yaml:11"])
    files["root/two.yaml"] = application("two", spec: source("apps/one"))
    #expect(try await findings(files, .applicationNamesMissing) == [])
  }

  @Test func `a file of values that does not exist is found, unless it need not exist`() async throws {
    func files(_ name: String, _ more: String = "") -> [String: String] {
      let spec = """
        sources:
          - repoURL: https://charts.example.org
            chart: shop
            targetRevision: 1.2.3
            helm:
              valueFiles: [$values/values/\(name).yaml]
        \(more)
          - repoURL: https://github.com/ours/platform.git
            targetRevision: main
            ref: values
        """
      return [
        "root/one.yaml": application("one", spec: spec), "values/shop.yaml": "replicas: 1\n",
        "root/two.yaml": application("two", spec: source("apps/two")), "apps/two/a.yaml": shop,
      ]
    }
    #expect(try await findings(files("shpo"), .applicationNamesMissing) == ["ZT106 root/one.yaml:14"])
    #expect(try await findings(files("shop"), .applicationNamesMissing) == [])
    let may = files("shpo", "      ignoreMissingValueFiles: true")
    #expect(try await findings(may, .applicationNamesMissing) == [])
  }

  @Test func `a pattern that matches nothing is found`() async throws {
    func files(_ pattern: String) -> [String: String] {
      [
        "root/one.yaml": application("one", spec: source("apps", "  directory:\n    include: \"\(pattern)\"\n")),
        "apps/a.yaml": shop,
      ]
    }
    #expect(try await findings(files("*.yml"), .sourceWithoutManifests) == ["ZT109 root/one.yaml:14"])
    #expect(try await findings(files("*.yaml"), .sourceWithoutManifests) == [])
  }

  @Test func `a folder whose manifests all lie deeper is found`() async throws {
    let files = ["one.yaml": application("one", spec: source("apps")), "apps/shop/a.yaml": shop]
    #expect(try await findings(files, .sourceWithoutManifests) == ["ZT109 one.yaml:11"])
    let right = [
      "one.yaml": application("one", spec: source("apps", "  directory: {recurse: true}\n")),
      "apps/shop/a.yaml": shop,
    ]
    #expect(try await findings(right, .sourceWithoutManifests) == [])
  }

  @Test func `an Application in a nested folder that the pattern leaves out is found`() async throws {
    func files(_ more: String) -> [String: String] {
      [
        "root/one.yaml": application("one", spec: source("apps", more)),
        "apps/two.yaml": application("two", spec: source("conf")),
        "apps/deep/three.yaml": application("three", spec: source("conf")), "conf/a.yaml": shop,
      ]
    }
    #expect(try await findings(files(""), .applicationsMissed) == ["ZT110 root/one.yaml:11"])
    #expect(try await findings(files("  directory: {recurse: true}\n"), .applicationsMissed) == [])
    let excluded = files("  directory: {recurse: true, exclude: \"deep/*\"}\n")
    #expect(try await findings(excluded, .applicationsMissed) == [])
  }

  @Test func `an Application that follows another repository than its siblings is found`() async throws {
    var files = [
      "root/one.yaml": application("one", spec: source("apps/one")),
      "root/two.yaml": application("two", spec: source("apps/two")),
      "root/three.yaml": application("three", spec: source("apps/three", repo: "somebody/platform")),
      "apps/one/a.yaml": shop, "apps/two/a.yaml": shop, "apps/three/a.yaml": shop,
    ]
    #expect(try await findings(files, .foreignRepository) == ["ZT111 root/three.yaml:10"])
    files["root/three.yaml"] = application("three", spec: source("apps/three"))
    #expect(try await findings(files, .foreignRepository) == [])
  }

  @Test func `another spelling of the same address is no other repository`() async throws {
    let ssh = source("apps/one").replacing("https://github.com/", with: "git@github.com:")
    let files = [
      "root/one.yaml": application("one", spec: ssh), "root/two.yaml": application("two", spec: source("apps/two")),
      "root/three.yaml": application("three", spec: source("apps/two")), "apps/one/a.yaml": shop,
      "apps/two/a.yaml": shop,
    ]
    #expect(try await findings(files, .foreignRepository) == [])
  }

  @Test func `a branch that is not the siblings' is found, a tag is a choice`() async throws {
    func files(_ revision: String) -> [String: String] {
      [
        "root/one.yaml": application("one", spec: source("apps")),
        "root/two.yaml": application("two", spec: source("apps")),
        "root/three.yaml": application("three", spec: source("apps", at: revision)), "apps/a.yaml": shop,
      ]
    }
    #expect(try await findings(files("fix-the-shop"), .foreignRevision) == ["ZT116 root/three.yaml:12"])
    #expect(try await findings(files("v1.2.0"), .foreignRevision) == [])
    #expect(try await findings(files("main"), .foreignRevision) == [])
  }

  @Test func `a tree that follows another owner than the checkout's remote is found once`() async throws {
    func files(_ owner: String) -> [String: String] {
      [
        ".git/config": "[remote \"origin\"]\n\turl = git@github.com:\(owner)/platform.git\n",
        "root/one.yaml": application("one", spec: source("apps")),
        "root/two.yaml": application("two", spec: source("apps")), "apps/a.yaml": shop,
      ]
    }
    #expect(try await findings(files("theirs"), .foreignOwner) == ["ZT112 root/one.yaml:10"])
    #expect(try await findings(files("ours"), .foreignOwner) == [])
  }
}
