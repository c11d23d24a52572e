import Foundation
import TestSupport
import Testing
import ZeroTouchModel

/// No secret leaves: every command is run, to a good and to a bad end, with marked secrets wherever one can stand, while
/// everything it prints, starts and writes is looked through.
@Suite(.rehearsals) struct SentinelTests {
  private static let scanner = LeakScanner()

  /// What every command is run with; one that is not here fails the test.
  private static func runs(_ ground: Ground) -> [String: [[String]]] {
    let claim = "tenants/applications/example/database.yaml"
    return [
      "rehearse": [["--nodes", "nonsense"], ["--replay", "nowhere.ndjson"]],
      "init": [[], ["--repository", ground.fresh]],
      "plan": [
        ["--observe", "-o", "json"], ["--file", "nowhere.yaml"], ["--file", "alias.yaml"],
        ["--file", "recipient.yaml"],
      ],
      "inject-secrets": [["--verbose"], ["--events", "ndjson"], ["--kubeconfig", "nowhere"]],
      "bootstrap": [
        ["--verbose", "-o", "json", "--record", "\(ground.folder)/bootstrap.ndjson"], ["--file", "nowhere.yaml"],
      ],
      "join-worker": [[ground.spare, "--record", "\(ground.folder)/join.ndjson"], ["worker09:nonsense"]],
      "install-os": [["cp01"], ["cp01", "--file", "nowhere.yaml"]], "disks": [["cp01"], ["nobody"]],
      "rescue": [
        [
          "idle01", "--via", "robot", "--file", "\(ground.folder)/idle.yaml", "--api", ground.provider, "--confirm",
          "idle",
        ],
        ["cp01", "--via", "robot"], ["nobody", "--via", "cloud"],
      ],
      "nodes list": [[], ["--kubeconfig", "nowhere"]],
      "nodes remove": [[ground.spare.split(separator: ":").map(String.init)[0]], ["nobody"]],
      "rebuild": [["--confirm", "another"], []],
      "replace": [[ground.spare.split(separator: ":").map(String.init)[0]], ["nobody", "--confirm", "rehearsal"]],
      "status": [[], ["--kubeconfig", "nowhere"]], "journal": [[], ["--file", "nowhere.yaml"]],
      "diagnose": [
        ["--bundle", "\(ground.folder)/bundle.json"], ["-o", "json"], ["--catalogue"], ["--kubeconfig", "nowhere"],
      ],
      "simulate": [["--runs", "nonsense"]],
      "render": [["--output", "\(ground.folder)/out"], ["--diff"], ["--output", "/proc/nowhere"]],
      "secrets push": [["--diff", "-o", "json"], ["--verbose"], ["nowhere.env"], ["broken.yaml"], ["broken.env"]],
      "secrets list": [["-o", "json"], ["--region", "nonsense"]],
      "secrets export": [[], ["--identity", "own.txt", "--remove"]],
      "secrets import": [["--identity", "other.txt"], ["--identity", "own.txt"]],
      "secrets rekey": [["--identity", "own.txt"], ["--identity", "other.txt"]],
      "secrets verify": [["-o", "json"], ["--kubeconfig", "nowhere"]], "secrets rotate": [["aws"], ["nothing"]],
      "validate": [["--fail-on", "error"], ["--cluster"], ["nowhere"]], "explain": [["ZT401"], ["nothing"]],
      "artifacts fetch": [[], ["nothing"]], "artifacts verify": [[], ["nothing"]], "artifacts list": [[], ["--bogus"]],
      "artifacts update": [["nothing"]], "doctor": [[], ["--bogus"]], "waves": [[], ["--bogus"]],
      "schema": [[], ["--bogus"]], "apis render": [[claim], ["nowhere.yaml"]],
      "apis validate": [[claim], ["nowhere.yaml"]], "apis schema": [[], ["--bogus"]], "world": [["nowhere"]],
    ]
  }

  /// Commands that come to no good end without a network, that meet no secret, or whose good end is a rehearsal of its
  /// own.
  private static let onlyBad: Set = ["artifacts update", "world", "rehearse", "rebuild", "replace", "simulate"]
  /// Commands that change the cluster or hold it, in the order in which they make sense.
  private static let changing = [
    "inject-secrets", "bootstrap", "install-os", "disks", "join-worker", "nodes remove", "secrets rotate",
    "secrets verify", "render",
  ]
  /// One of them takes the kubeconfig away.
  private static let last = ["secrets export", "secrets import", "secrets rekey"]
  private static let needStore: Set = ["secrets push", "secrets list"]

  @Test(.enabled(if: Ground.hasAge && Ground.hasSops, "age or sops is not installed; scripts/tools --test brings them"))
  func `nothing that any command prints, starts or writes holds a secret, whatever tools print`() async throws {
    try await Ground.with(Self.scanner) { ground in
      try await Self.useReferences(on: ground)
      try await Self.useHostileTools(on: ground)
      let leaves = try await ground.commands()
      let runs = Self.runs(ground)
      #expect(Set(leaves) == Set(runs.keys), "every command needs its runs in this table")
      for command in Self.changing { try await Self.run(command, runs, on: ground) }
      let reading = leaves.filter { !(Self.changing + Self.last).contains($0) }
      _ = try await reading.mapSideBySide(atMost: 4) { try await Self.run($0, runs, on: ground) }
      for command in Self.last { try await Self.run(command, runs, on: ground) }
      try ground.lookThrough()
    }
  }

  /// A command's runs, of which one ends well and one badly.
  private static func run(_ command: String, _ runs: [String: [[String]]], on ground: Ground) async throws {
    guard ground.hasStore || !needStore.contains(command) else { return }
    let ends = try await ground.run(command, runs[command] ?? [])
    #expect(ends.contains(where: \.isGood) || onlyBad.contains(command), "`\(command)` came to no good end: \(ends)")
    #expect(ends.contains { !$0.isGood }, "`\(command)` came to no bad end: \(ends)")
    if command == "bootstrap" { try await ground.commit() }
  }

  /// References of every kind, and files that lie there in the clear: what sops and age say quotes them.
  private static func useReferences(on ground: Ground) async throws {
    let sound = try await ground.inject("references.yaml")
    #expect(sound.isGood, "\(sound.narration)")
    for tool in ["sops", "age", "bao", "op"] + (ground.hasStore ? ["aws"] : []) {
      #expect(try ground.spies.calls(of: tool) > 0, "\(tool) was not asked")
    }
    let unsealed = try await ground.inject("unsealed.yaml")
    #expect(!unsealed.isGood)
    #expect(unsealed.narration.components(separatedBy: "may quote the file").count > 3, "\(unsealed.narration)")
  }

  /// Tools that fail, and print whatever they were given.
  private static func useHostileTools(on ground: Ground) async throws {
    try ground.spies.turn(hostile: ["kubectl apply", "curl --disable", "age --encrypt"])
    for command in ["inject-secrets --verbose", "inject-secrets --events ndjson", "secrets push", "secrets export"] {
      guard ground.hasStore || command != "secrets push" else { continue }
      let end = try await ground.run(command.split(separator: " ").map(String.init))
      #expect(!end.isGood, "`\(command)` did not use the tool: \(end.narration)")
    }
    for (tool, words) in [("kubectl", "AWS_SECRET_ACCESS_KEY"), ("age", "bootstraptoken")] {
      #expect(try ground.spies.given(to: tool).contains(words), "\(tool)")
    }
    try ground.spies.turn(hostile: [])
  }
}
