import Testing
import ZeroTouchManifests
import ZeroTouchModel

@Test func `a repository that was written is read back as it was`() throws {
  let repository = GitOpsRepository(repoURL: "git@github.com:you/platform.git", revision: "1.0")
  #expect(try GitOpsRepository.parse(repository.text, file: "repository.yaml") == repository)
}

@Test func `a revision that YAML reads as a number is refused with its place`() {
  let text = "kind: ConfigMap\ndata:\n  repoURL: https://a/b\n  revision: 1.0\n"
  let error = #expect(throws: InvalidInput.self) { try GitOpsRepository.parse(text, file: "repository.yaml") }
  #expect(
    error?.description
      == "repository.yaml:4:13: error: `data.revision` is missing or no string\n  set it to what Argo CD is to follow, such as `main`"
  )
}

@Test func `a repository file of another kind is refused`() {
  let error = #expect(throws: InvalidInput.self) {
    try GitOpsRepository.parse("kind: Secret\n", file: "repository.yaml")
  }
  #expect(error?.diagnostics.map(\.message) == ["expected one ConfigMap with `data`"])
}

@Test func `a password in the URL is refused and not repeated`() {
  let text = "kind: ConfigMap\ndata:\n  repoURL: https://me:hunter2@a/b\n  revision: main\n"
  let error = #expect(throws: InvalidInput.self) { try GitOpsRepository.parse(text, file: "repository.yaml") }
  #expect(
    error?.description == """
      repository.yaml:3:12: error: `data.repoURL` seems to hold a password; it is not repeated here
        write the URL without it, and change the password: this file is in Git
      """)
}

@Test(arguments: [
  ("https://github.com/you/platform.git", true), ("git@github.com:you/platform.git", true),
  ("ssh://git@host:22/path.git", true), ("https://user@host/path", true), ("https://user:pw@host/path", false),
  ("/srv/git", false), ("https://host", false), ("git@host:", false), ("http://host/path", false),
])
func `remote addresses are told from others`(url: String, isRemote: Bool) {
  #expect(GitURL.isRemote(url) == isRemote)
}
