import Foundation
import TestSupport
import Testing
import ZeroTouchModel
import ZeroTouchTools

/// `doctor` and the buckets that databases archive to, with the real `aws` against an emulated S3.
@Suite(.serialized) struct ObjectLockTests {
  private static let tools = "\(BuiltProgram.packageRoot)/.tools/aws/bin"
  private static var hasTools: Bool {
    ["aws", "moto_server"].allSatisfy { FileManager.default.isExecutableFile(atPath: "\(tools)/\($0)") }
  }

  /// A repository with one deployed database, and one beside it that nobody deploys.
  private func repository(in folder: String, bucket: String, endpoint: String, retention: String = "30d") throws {
    try copyRepository(to: folder)
    let file = "\(folder)/tenants/applications/example/database.yaml"
    let text = try String(contentsOfFile: file, encoding: .utf8)
    let claim = text.split(separator: "\n").filter { !$0.contains("backup:") && !$0.hasPrefix("  #") }
      .joined(separator: "\n")
    try
      "\(claim)\n  backup: {bucket: \(bucket), region: eu-central-1, secretName: postgres-archive, retention: \(retention), endpointURL: \"\(endpoint)\"}\n"
      .write(toFile: file, atomically: true, encoding: .utf8)
  }

  private func archives(in folder: String, path: String, variables: [String: String]) async throws -> [JSONValue] {
    let settings = variables.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    let answer = try await BuiltProgram(in: folder, path: path, inside: ["/usr/bin/env"] + settings).run(
      ["doctor", "-o", "json"])
    #expect(answer.narration == "")
    return try #require(try JSONValue(parsing: answer.output)["archives"]?.arrayValue, "\(answer)")
  }

  @Test(.enabled(if: hasTools, "aws and moto are not installed; scripts/tools --test brings them"))
  func `the lock of the bucket that a deployed claim archives to is held against its retention`() async throws {
    try await withTemporaryFolder { folder in
      try await EmulatedS3.with(tools: Self.tools, in: folder) { s3 in
        try await s3.make("locked", mode: "COMPLIANCE", days: 30)
        try await s3.make("lifted", mode: "GOVERNANCE", days: 30)
        try await s3.make("undecided", mode: nil, days: 0)
        try await s3.makePlain("plain")
        let expected: [(String, String, Bool, String?)] = [
          ("locked", "30d", true, nil), ("locked", "2w", false, "locks for 30 days, longer than"),
          ("lifted", "30d", false, "governance mode"), ("undecided", "30d", false, "no default retention"),
          ("plain", "30d", false, "has no Object Lock"), ("absent", "30d", false, "there is no bucket"),
        ]
        for (bucket, retention, isUsable, words) in expected {
          let place = "\(folder)/\(bucket)\(retention)"
          try repository(in: place, bucket: bucket, endpoint: s3.endpoint, retention: retention)
          let found = try await archives(in: place, path: s3.path, variables: EmulatedS3.identity)
          #expect(found.map { $0["bucket"]?.stringValue } == [bucket], "the examples archive nowhere")
          #expect(found.first?["usable"] == .bool(isUsable), "\(bucket): \(found)")
          #expect(found.first?["claims"] == ["tenant-example/orders"])
          let problem = found.first?["problem"]?.stringValue
          #expect(words.map { problem?.contains($0) == true } ?? (problem == nil), "\(bucket): \(found)")
        }
        let place = "\(folder)/nobody"
        try repository(in: place, bucket: "locked", endpoint: s3.endpoint)
        let found = try await archives(in: place, path: s3.path, variables: [:])
        #expect(found.first?["usable"] == true, "what could not be asked is a warning")
        #expect(found.first?["problem"]?.stringValue?.contains("Unable to locate credentials") == true, "\(found)")
      }
    }
  }

  @Test func `without aws the archives are said to be unchecked`() async throws {
    try await withTemporaryFolder { folder in
      try repository(in: folder, bucket: "any", endpoint: "http://127.0.0.1:9")
      let found = try await archives(
        in: folder, path: "\(BuiltProgram.packageRoot)/.tools/bin:/nowhere", variables: [:])
      #expect(found.first?["usable"] == true)
      #expect(found.first?["problem"]?.stringValue?.contains("`aws` was not found on PATH") == true, "\(found)")
    }
  }
}

/// An S3 of this machine, ended with the test.
private struct EmulatedS3 {
  static let identity = ["AWS_ACCESS_KEY_ID": "tester", "AWS_SECRET_ACCESS_KEY": "tested"]
  let endpoint: String
  let path: String
  let runner: SubprocessToolRunner

  static func with(tools: String, in folder: String, _ work: (EmulatedS3) async throws -> Void) async throws {
    let path = "\(tools):\(BuiltProgram.packageRoot)/.tools/bin:/usr/bin:/bin"
    let runner = SubprocessToolRunner(
      environment: ToolEnvironment(inheriting: ["PATH": path, "HOME": folder], additions: identity),
      clock: ContinuousClock())
    // Port 0: the emulator takes a free one, and says which.
    let server = ToolInvocation("moto_server", ["-H", "127.0.0.1", "-p", "0"], deadline: .seconds(300))
    try await StartedServer.with(server, by: runner, telling: #/(http:\/\/127\.0\.0\.1:\d+)/#) { endpoint in
      try await work(EmulatedS3(endpoint: endpoint, path: path, runner: runner))
    }
  }

  func makePlain(_ bucket: String) async throws {
    try await aws("create-bucket", bucket, ["--create-bucket-configuration", "LocationConstraint=eu-central-1"])
  }

  func make(_ bucket: String, mode: String?, days: Int) async throws {
    try await aws(
      "create-bucket", bucket,
      ["--object-lock-enabled-for-bucket", "--create-bucket-configuration", "LocationConstraint=eu-central-1"])
    guard let mode else { return }
    let rule =
      #"{"ObjectLockEnabled": "Enabled", "Rule": {"DefaultRetention": {"Mode": "\#(mode)", "Days": \#(days)}}}"#
    try await aws("put-object-lock-configuration", bucket, ["--object-lock-configuration", rule])
  }

  private func aws(_ command: String, _ bucket: String, _ arguments: [String]) async throws {
    let words = ["s3api", command, "--bucket", bucket, "--endpoint-url", endpoint, "--region", "eu-central-1"]
    _ = try await runner.run(ToolInvocation("aws", words + arguments, effect: .mutates, deadline: .seconds(60)))
  }
}
