import Foundation
import TestSupport
import Testing
import ZeroTouchModel

extension RehearsalTests {
  @Test func `the old names work on a kept world, and the validation names what is broken`() async throws {
    try await withTemporaryFolder { folder in
      try copyRepository(to: folder)
      let here = BuiltProgram(in: folder)
      let kept = try await here.run(["rehearse", "--keep"])
      #expect(kept.status == 0, "\(kept.narration)")
      try await KeptWorld.left(by: kept, of: here) { world in
        try await world.expect("bootstrap/01-master-bootstrap.sh", 0, saying: "steps done in")
        try await world.expect("validate-cluster.sh", 0, saying: "are as they should be")
        let doctor = try await world.program.run(["doctor", "-o", "json"])
        #expect(doctor.status == 0, "\(doctor.output)")
        #expect(doctor.output.contains(#""state": "open""#) && !doctor.output.contains(#""state": "filtered""#))

        try await world.kubectl("-n", "external-secrets", "delete", "secret", "aws-access-token")
        try await world.expect("validate-cluster.sh", 3, saying: "put it back with `zerotouch inject-secrets`")
        let kubeconfig = ["--provider", "existing", "--kubeconfig", world.kubeconfig]
        try await world.expect("bootstrap/03-inject-secrets.sh", 0, with: kubeconfig, saying: "✔ inject-secrets  ")
        try await world.expect("bootstrap/03-inject-secrets.sh", 0, saying: "the Secret holds what is wanted")
        let keys = ["rehearsed-old", "-rehearsed-form", "rehearsed-session"]
        try await world.expect("bootstrap/03-inject-secrets.sh", 0, with: keys, saying: "everybody on this machine can")
        let secret = try await world.ask("get", "secret", "aws-access-token", "--namespace", "external-secrets")
        for (key, value) in zip(["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"], keys) {
          #expect(secret[path: "data", key]?.stringValue == Data(value.utf8).base64EncodedString(), "\(key)")
        }

        try await world.kubectl("cordon", "cp01")
        try await world.kubectl("-n", "argocd", "delete", "pods", "-l", "app.kubernetes.io/name=argocd-repo-server")
        try await world.expect("validate-cluster.sh", 3, saying: "1 node(s) were unschedulable")
        try await world.kubectl("uncordon", "cp01")
        let nowhere = #"{"spec":{"source":{"path":"no/such/path"}}}"#
        try await world.kubectl("-n", "argocd", "patch", "application", "platform", "--type", "merge", "-p", nowhere)
        let lost = "--for=jsonpath={.status.sync.status}=Unknown"
        try await world.kubectl("-n", "argocd", "wait", "application/platform", lost)
        try await world.expect("validate-cluster.sh", 3, saying: "`application(platform)`: platform is Unknown")
      }
    }
  }
}

extension RehearsalTests {
  @Test(arguments: [
    ["not-an-address", "hunter2"], ["not-an-address", "--worker-password=hunter2"],
    ["not-an-address", "hunter2", "--worker-nodes", "w:203.0.113.20", "--worker-password", "hunter2"],
  ])
  func `root passwords that the old script takes go on in files, with a warning`(arguments: [String]) async throws {
    try await withTemporaryFolder { folder in
      try copyRepository(to: folder)
      let answer = try await BuiltProgram(in: folder).run(
        script: "bootstrap/01-master-bootstrap.sh", arguments)
      #expect(answer.status == 2)
      #expect(answer.narration.contains("a password on a command line is there for everybody"))
      #expect(answer.narration.contains("`not-an-address` is no IP address"))
      #expect(!answer.narration.contains("hunter2") && answer.output.isEmpty)
    }
  }
}

extension RehearsalTests {
  @Test(arguments: [["hunter2"], ["hunter2", "hunter2", "hunter2", "hunter2"], ["hunter2", "--only", "aws"]])
  func `words that are no keys are refused by the old script, and not repeated`(arguments: [String]) async throws {
    try await withTemporaryFolder { folder in
      let answer = try await BuiltProgram(in: folder).run(script: "bootstrap/03-inject-secrets.sh", arguments)
      #expect(answer.status == 2)
      #expect(answer.narration.contains("write 03-inject-secrets.sh KEY SECRET [TOKEN]"), "\(answer.narration)")
      #expect(!answer.narration.contains("hunter2") && answer.output.isEmpty)
    }
  }
}

extension KeptWorld {
  fileprivate func expect(
    _ script: String, _ status: Int32, with arguments: [String] = [], saying words: String,
    at location: Testing.SourceLocation = #_sourceLocation
  ) async throws {
    let answer = try await program.run(script: script, arguments)
    #expect(answer.status == status, "\(answer.narration)", sourceLocation: location)
    #expect(answer.narration.contains(words), "\(answer.narration)", sourceLocation: location)
  }

  fileprivate func kubectl(_ words: String...) async throws {
    let answer = try await program.tool("kubectl", ["--kubeconfig", kubeconfig] + words)
    #expect(answer.status == 0, "\(answer.narration)")
  }
}
