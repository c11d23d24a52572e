import Foundation
import TestSupport
import Testing
import ZeroTouchManifests
import ZeroTouchModel
import ZeroTouchPipeline

struct InjectionTests {
  private let scratch = ScratchDirectory()
  private let values = ["KEY_ID": "AKIA-id", "KEY": "key-value", "TOKEN": "git-token"]
  private static let aws = "secret/external-secrets/aws-access-token"
  private static let repository = "secret/argocd/repo-bootstrap"

  private var bootstrap: Bootstrap {
    var spec = Fixtures.spec(provider: .existing, hasSecrets: true)
    spec.secrets.repository = SecretReferences.Repository(
      access: .password(username: "git", .environment("TOKEN")))
    return Fixtures.bootstrap(spec, directory: scratch.path)
  }

  private func inject(_ shelf: SecretShelf, _ values: [String: String]? = nil, only: [String] = []) async throws {
    let (bootstrap, clock) = (bootstrap, ManualClock())
    let environment = Fixtures.environment(shelf.tools, clock, scratch.path, secrets: values ?? self.values)
    let plan = try bootstrap.injecting(only: only)
    _ = try await clock.running { try await PipelineRunner(environment).run(plan) }
  }

  private static func secret(_ data: [String: String], managers: [String], _ marks: JSONValue = [:]) -> JSONValue {
    var metadata = marks
    metadata["managedFields"] = .array(managers.map(SecretShelf.managed))
    return [
      "kind": "Secret", "metadata": metadata,
      "data": .object(data.mapValues { .string(Data($0.utf8).base64EncodedString()) }),
    ]
  }

  @Test func `what is missing is written, a second run writes nothing, and of two only what changed is written`()
    async throws
  {
    let shelf = SecretShelf()
    try await inject(shelf)
    #expect(shelf.writes.count == 2)
    shelf.begin()
    try await inject(shelf)
    #expect(shelf.writes == [])
    try await inject(shelf, values.merging(["TOKEN": "another"]) { $1 })
    #expect(shelf.writes.count == 1)
    #expect(shelf.values[Self.repository]?["password"] == Data("another".utf8).base64EncodedString())
    #expect(shelf.lost.isEmpty)
  }

  @Test func `only what is asked for is injected, and a wrong name is told with the right ones`() async throws {
    let shelf = SecretShelf()
    try await inject(shelf, ["TOKEN": "git-token"], only: ["repository"])
    #expect(shelf[Self.repository] != nil && shelf[Self.aws] == nil)
    let error = #expect(throws: InvalidInput.self) { _ = try bootstrap.injecting(only: ["asw"]) }
    #expect(error?.description.contains("name one of `aws` (external-secrets/aws-access-token)") == true)
  }

  @Test(
    arguments: [
      (["helm"], ["annotations": ["meta.helm.sh/release-name": "vault"]], "the Helm release `vault`"),
      (
        ["argocd-controller"], ["annotations": ["argocd.argoproj.io/tracking-id": "shop:/Secret:a/b"]],
        "Application `shop`"
      ),
      (["terraform"], [:], "`terraform`"),
      ([], ["ownerReferences": [["kind": "SealedSecret", "name": "aws"]]], "`SealedSecret/aws`"),
      (["external-secrets"], ["ownerReferences": [["kind": "ExternalSecret", "name": "aws"]]], "ExternalSecret `aws`"),
    ] as [([String], JSONValue, String)])
  func `a Secret that somebody else makes is refused with the owner's name, and nothing is written`(
    managers: [String], marks: JSONValue, owner: String
  ) async throws {
    let shelf = SecretShelf()
    shelf.put(Self.secret(["AWS_ACCESS_KEY_ID": "theirs"], managers: managers, marks), at: Self.aws)
    let error = await #expect(throws: PipelineError.self) { try await inject(shelf) }
    #expect(error?.exitStatus == .refused)
    #expect(error?.description.contains("external-secrets/aws-access-token` belongs to ") == true)
    #expect(error?.description.contains(owner) == true, "\(String(describing: error))")
    #expect(error?.description.contains("one Secret has one maker") == true)
    #expect(shelf.writes == [])
  }

  @Test func `a Secret that an ExternalSecret of this repository makes is done`() async throws {
    let shelf = SecretShelf()
    let marks: JSONValue = ["ownerReferences": [["kind": "ExternalSecret", "name": "bootstrap"]]]
    shelf.put(Self.secret(["password": "from the store"], managers: ["external-secrets"], marks), at: Self.repository)
    shelf.put(
      [
        "metadata": [
          "annotations": ["argocd.argoproj.io/tracking-id": "crossplane:external-secrets.io/ExternalSecret:a/b"]
        ]
      ],
      at: "externalsecrets.external-secrets.io/argocd/bootstrap")
    try await inject(shelf)
    #expect(shelf.writes.count == 1)
    #expect(shelf.values[Self.repository]?["password"] == Data("from the store".utf8).base64EncodedString())
  }

  @Test(
    arguments: [
      ("type", "example.com/x", "has the type `example.com/x`, and `Opaque` is wanted"),
      ("immutable", true, "is immutable, and differs in key `AWS_ACCESS_KEY_ID`, key `AWS_SECRET_ACCESS_KEY`"),
    ] as [(String, JSONValue, String)])
  func `a Secret that cannot become what is wanted is refused with what to type, whatever it holds`(
    field: String, value: JSONValue, words: String
  ) async throws {
    let wanted = ["AWS_ACCESS_KEY_ID": "AKIA-id", "AWS_SECRET_ACCESS_KEY": "key-value"]
    // Values that are right make an immutable Secret right, and no other type.
    for (data, isRight) in [(["AWS_ACCESS_KEY_ID": "old"], false), (wanted, field == "immutable")] {
      let shelf = SecretShelf()
      var secret = Self.secret(data, managers: ["zerotouch"])
      secret[path: field] = value
      shelf.put(secret, at: Self.aws)
      guard !isRight else {
        try await inject(shelf, only: ["aws"])
        #expect(shelf.writes == [])
        continue
      }
      let error = await #expect(throws: PipelineError.self) { try await inject(shelf, only: ["aws"]) }
      #expect(error?.exitStatus == .refused)
      let said = error?.description ?? ""
      #expect(said.contains("the Secret `external-secrets/aws-access-token` \(words)"), "\(said)")
      #expect(said.contains("type `kubectl -n external-secrets delete secret aws-access-token`"), "\(said)")
      #expect(shelf.writes == [])
    }
  }

  @Test func `what somebody set by hand is taken over, and a key too many taken away`() async throws {
    let shelf = SecretShelf()
    shelf.put(
      Self.secret(["AWS_ACCESS_KEY_ID": "old", "AWS_SESSION_TOKEN": ""], managers: ["kubectl-create"]), at: Self.aws)
    try await inject(shelf, only: ["aws"])
    #expect(shelf.values[Self.aws]?.keys.sorted() == ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"])
    #expect(shelf.writes.map { String($0.prefix(5)) } == ["apply", "patch"])
    #expect(shelf.lost.isEmpty)
  }

  @Test(arguments: [false, true])
  func `killed at any call, before or after it happened, a second run ends the same, and nothing was ever absent`(
    happens: Bool
  ) async throws {
    let old = Self.secret(["AWS_ACCESS_KEY_ID": "old", "AWS_SESSION_TOKEN": "old"], managers: ["kubectl-create"])
    let whole = SecretShelf()
    whole.put(old, at: Self.aws)
    try await inject(whole)
    let calls = whole.calls
    #expect(calls >= 8)
    for call in 1...calls {
      let shelf = SecretShelf()
      shelf.put(old, at: Self.aws)
      shelf.begin(killing: SecretShelf.Kill(call: call, happens: happens))
      // Whether this run is told as failed does not matter: nothing of it is remembered.
      try? await inject(shelf)
      shelf.begin()
      try await inject(shelf)
      #expect(shelf.values == whole.values, "killed at call \(call)")
      #expect(shelf.lost.isEmpty)
      shelf.begin()
      try await inject(shelf)
      #expect(shelf.writes == [])
    }
  }
}
