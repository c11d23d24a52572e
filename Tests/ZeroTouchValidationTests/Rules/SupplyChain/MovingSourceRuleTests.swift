import Testing

@testable import ZeroTouchValidation

/// What Flux, workflows and scripts take from elsewhere.
struct MovingSourceRuleTests {
  @Test func `another repository at a branch is found in Flux, this one and its siblings are not`() async throws {
    func files(_ reference: String, owner: String = "org") -> [String: String] {
      [
        ".git/config": "[remote \"origin\"]\n\turl = git@github.com:ours/platform.git\n",
        "a.yaml":
          "apiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata: {name: app}\nspec:\n"
          + "  url: https://github.com/\(owner)/app\n  ref:\n    \(reference)\n",
      ]
    }
    #expect(try await findings(files("branch: main"), .movingRevision) == ["ZT602 a.yaml:7"])
    #expect(try await findings(files("tag: v1.2.3"), .movingRevision) == [])
    #expect(try await findings(files("branch: main", owner: "ours"), .movingRevision) == [])
  }

  @Test func `a range of a chart and a moving tag of an artifact are found in Flux`() async throws {
    func release(_ version: String) -> [String: String] {
      [
        "a.yaml":
          "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: app}\nspec:\n  chart:\n    spec:\n"
          + "      chart: app\n      version: \"\(version)\"\n      sourceRef: {kind: HelmRepository, name: a}\n"
      ]
    }
    for range in ["1.x", ">=1.2.0", "*", "^1.2.3"] {
      #expect(try await findings(release(range), .movingRevision) == ["ZT602 a.yaml:8"], "\(range)")
    }
    #expect(try await findings(release("1.2.3"), .movingRevision) == [])
    func artifact(_ tag: String) -> [String: String] {
      [
        "a.yaml":
          "apiVersion: source.toolkit.fluxcd.io/v1\nkind: OCIRepository\nmetadata: {name: app}\nspec:\n"
          + "  url: oci://ghcr.io/org/app\n  ref:\n    tag: \(tag)\n"
      ]
    }
    #expect(try await findings(artifact("latest"), .movingRevision) == ["ZT602 a.yaml:7"])
    #expect(try await findings(artifact("1.2.3"), .movingRevision) == [])
  }

  @Test func `an action at a branch is found`() async throws {
    func files(_ uses: String) -> [String: String] {
      [".github/workflows/ci.yaml": "on: push\njobs:\n  a:\n    steps:\n      - uses: \(uses)\n"]
    }
    #expect(
      try await findings(files("org/action@main"), .movingRevision) == ["ZT602 .github/workflows/ci.yaml:5"])
    #expect(try await findings(files("org/action@v4"), .movingRevision) == [])
    #expect(try await findings(files("./.github/actions/own"), .movingRevision) == [])
  }

  @Test func `an address that moves is found in a script`() async throws {
    func files(_ tag: String) -> [String: String] {
      ["up.sh": "#!/bin/sh\nkubectl apply -f https://raw.githubusercontent.com/org/app/\(tag)/install.yaml\n"]
    }
    #expect(try await findings(files("main"), .movingURL) == ["ZT603 up.sh:2"])
    #expect(try await findings(files("v1.2.3"), .movingURL) == [])
  }

  @Test(arguments: [
    ("nginx", true), ("nginx:stable-alpine", true), ("nginx:alpine", true), ("redis:latest-bookworm", true),
    ("nginx:1.29-alpine", false), ("ours/app:main-3f2a9c1", false), ("my-app", false), ("postgres:16.4", false),
  ])
  func `a name without a tag and a moving name before a variant are found`(_ image: String, _ moves: Bool) async throws
  {
    let pod =
      "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n    - {name: a, image: \"\(image)\"}\n"
    #expect(try await findings(["a.yaml": pod], .movingImageTag) == (moves ? ["ZT601 a.yaml:6"] : []))
  }
}
