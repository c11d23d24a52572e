import Testing
import ZeroTouchManifests
import ZeroTouchModel

extension SpecLoaderTests {
  @Test func `without a store the spec names every Secret, and reads the same when it is written anew`() throws {
    let secrets = """
        secrets:
          registry: {username: me, token: env:R}
          others: [{namespace: kagent, name: slack.v1, values: {token: env:S, other.key: "file:x#y"}}]

      """
    let spec = try SpecLoader.load(text: Self.valid.trimmingSuffix() + "\n" + secrets, file: "zerotouch.yaml")
    #expect(spec.secrets.isStoreless && Overlay(of: spec).description == "main-storeless-production")
    #expect(spec.secrets.others.first?.name == "slack.v1")
    #expect(spec.secrets.others.first?.values == ["token": .environment("S"), "other.key": .file("x", key: "y")])
    #expect(try SpecLoader.load(text: spec.yaml, file: "again").secrets == spec.secrets)
  }

  @Test
  func `further Secrets beside a store, made twice or without values are refused by name, values are not repeated`() {
    let aws = "aws: {accessKeyID: env:A, secretAccessKey: env:B, region: eu, prefix: /p}"
    let slack = "{namespace: a, name: b, values: {k: env:K}}"
    for (secrets, words) in [
      ("\(aws), others: [\(slack)]", "`others` has no effect beside a store"),
      ("others: [\(slack), \(slack)]", "the Secret `a/b` is made twice"),
      (
        "others: [{namespace: argocd, name: repo-bootstrap, values: {k: env:K}}]",
        "`argocd/repo-bootstrap` is made twice"
      ),
      ("others: [{namespace: a, name: b, values: {}}]", "the Secret `a/b` has no values"),
      ("others: [{namespace: a, name: b, values: {k: S3CR3T}}]", "the value is no reference to a secret"),
      ("others: [{namespace: a, name: b..c, values: {k: env:K}}]", "`b..c` is no name of an object"),
      ("repository: {password: *S3CR3T}", "nothing before this alias is its anchor"),
      ("recipients: [AGE-SECRET-KEY-1S3CR3T]", "the value is the secret half of a key of age"),
      ("others: [{namespace: a, name: b, values: {k/l: env:K}}]", "`k/l` is no key of a Secret"),
    ] {
      let said = problems(Self.valid.trimmingSuffix() + "\n  secrets: {\(secrets)}\n")
      #expect(said.contains(words) && !said.contains("S3CR3T"), "\(said)")
    }
  }
}
