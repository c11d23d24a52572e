import Foundation
import Testing
import ZeroTouchModel

@testable import ZeroTouchTools

struct ObjectLockAnswerTests {
  private func answer(_ text: String = "", refusal: String = "") -> ToolOutput {
    ToolOutput(
      status: refusal.isEmpty ? 0 : 255, standardOutput: Data(text.utf8), standardError: Data(refusal.utf8))
  }

  private func verdict(_ output: ToolOutput, keeping days: Int = 30) -> ObjectLockVerdict {
    ObjectLockVerdict(ArchiveBucket(name: "a", retentionDays: days, claims: ["shop/orders"]), ObjectLock(output))
  }

  private func lock(_ mode: String, _ time: String) -> ToolOutput {
    answer(
      #"{"ObjectLockConfiguration": {"ObjectLockEnabled": "Enabled", "#
        + #""Rule": {"DefaultRetention": {"Mode": "\#(mode)", \#(time)}}}}"#)
  }

  @Test func `a lock in compliance mode that ends before backups do is good`() {
    #expect(verdict(lock("COMPLIANCE", #""Days": 30, "Years": 0"#)).problem == nil)
    #expect(verdict(lock("COMPLIANCE", #""Days": 31"#)).isUsable == false)
    #expect(verdict(lock("COMPLIANCE", #""Years": 1"#), keeping: 364).isUsable == false)
    #expect(verdict(lock("COMPLIANCE", #""Years": 1"#), keeping: 365).problem == nil)
    #expect(verdict(lock("GOVERNANCE", #""Days": 30"#)).isUsable == false)
  }

  @Test(arguments: [
    ("An error occurred (ObjectLockConfigurationNotFoundError) when calling the …", false),
    ("An error occurred (NoSuchBucket) when calling the …", false),
    ("An error occurred (AccessDenied) when calling the …", true),
    ("Unable to locate credentials. You can configure credentials by running \"aws configure\".", true),
  ])
  func `what nobody could ask is a warning, and what is not locked is a problem`(words: String, isUsable: Bool) {
    let verdict = verdict(answer(refusal: words))
    #expect(verdict.isUsable == isUsable)
    #expect(verdict.problem != nil)
  }

  @Test func `retentions are read as claims write them`() {
    #expect(["30d", "4w", "6m", nil].map(ArchiveBucket.days) == [30, 28, 180, 30])
  }

  @Test func `credentials are handed to aws on standard input, and stand in no command line and no variable`() {
    let bucket = ArchiveBucket(name: "a", region: "eu-central-1", retentionDays: 30, claims: [])
    let variables = ["AWS_ACCESS_KEY_ID": "id", "AWS_SECRET_ACCESS_KEY": "very-secret", "KUBECONFIG": "/k"]
    let asked = AWS.objectLock(of: bucket, as: .own(variables))
    guard case .secret(let file) = asked.input else {
      Issue.record("nothing stands on standard input: \(asked)")
      return
    }
    #expect(String(decoding: file.exposed, as: UTF8.self).contains("aws_secret_access_key = very-secret\n"))
    #expect(!"\(asked) \(asked.environment)".contains("very-secret"))
    #expect(asked.environment["KUBECONFIG"] == nil)
    #expect(asked.deadline.map { $0 <= .seconds(30) } == true)
    let profile = AWS.objectLock(of: bucket, as: .own(["AWS_PROFILE": "ops"]))
    #expect(profile.environment["AWS_PROFILE"] == "ops" && profile.input == .none)
  }
}
