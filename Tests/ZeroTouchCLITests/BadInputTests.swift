import Foundation
import TestSupport
import Testing

/// One wrong command line, what it has to answer, and with which status.
private struct BadInput: Sendable, CustomTestStringConvertible {
  let arguments: [String]
  let says: String
  var status: Int32 = 2
  var testDescription: String { arguments.joined(separator: " ") }

  init(_ arguments: String..., says: String, status: Int32 = 2) {
    self.arguments = arguments
    self.says = says
    self.status = status
  }
}

@Test(arguments: [
  BadInput("bootstrap", says: "and no address"),
  BadInput("bootstrap", "203.0.113.300", says: "203.0.113.300"),
  BadInput("bootstrap", "my_host", says: "`my_host` is no IP address"),
  BadInput("bootstrap", "--provider", "kind", "--kubeconfig", "platform", says: "none can be named"),
  BadInput("bootstrap", "203.0.113.10", "--worker-nodes", "worker01", says: "the worker `worker01` has no address"),
  BadInput("bootstrap", "203.0.113.10", "--worker-nodes", "cp01:203.0.113.20", says: "`cp01` stands twice"),
  BadInput("bootstrap", "203.0.113.10", "--provider", "existing", "--kubeconfig", "dead", says: "not by the addresses"),
  BadInput("bootstrap", "--provider", "existing", "--kubeconfig", "absent", says: "does not exist"),
  BadInput("bootstrap", "--provider", "existing", "--kubeconfig", "platform", says: "is a directory"),
  BadInput("bootstrap", "--provider", "existing", "--kubeconfig", "empty", says: "names no server"),
  BadInput(
    "bootstrap", "--provider", "existing", "--kubeconfig", "dead", says: "behind `", status: 4),
  BadInput("join-worker", "worker01", says: "the worker `worker01` has no address"),
  BadInput("init", "--address", "203.0.113.300", says: "203.0.113.300"),
  BadInput("init", "--name", "my_cluster", says: "my_cluster"),
  BadInput("validate", "--cluster", "--provider", "existing", "--kubeconfig", "absent", says: "does not exist"),
  BadInput("plan", "203.0.113.10", "--worker-nodes", "worker01", says: "worker01"),
  BadInput("plan", "203.0.113.10", "--worker-nodes", "a:203.0.113.20,a:203.0.113.21", says: "`a`"),
  BadInput("plan", "203.0.113.10", "--worker-nodes", "a:203.0.113.20,b:203.0.113.20", says: "203.0.113.20"),
  BadInput("plan", "203.0.113.10", "--worker-nodes", "my_worker:203.0.113.20", says: "my_worker"),
  BadInput("plan", "--provider", "kind", "203.0.113.10", says: "kind makes its own nodes"),
  BadInput("plan", "--provider", "existing", says: "--kubeconfig FILE"),
  BadInput("plan", "--provider", "existing", "--kubeconfig", "absent", says: "does not exist"),
  BadInput("plan", "--provider", "existing", "--kubeconfig", "platform", says: "is a directory"),
  BadInput("plan", "--provider", "existing", "--kubeconfig", "empty", says: "names no server"),
  BadInput("plan", "--file", "absent.yaml", says: "cannot be read"),
  BadInput("rehearse", "--nodes", "control-plane=2", says: "control-plane=2"),
  BadInput("rehearse", "--late", "nobody=10s", says: "nobody"),
  BadInput("doctor", "203.0.113.300", says: "`203.0.113.300` is no IP address"),
  BadInput("doctor", "203.0.113.10", "--file", "empty", says: "not both"),
  BadInput("doctor", "--file", "absent.yaml", says: "cannot be read"),
  BadInput("inject-secrets", "203.0.113.10", says: "zerotouch/kubeconfig` does not exist"),
  BadInput("inject-secrets", "--provider", "existing", says: "--kubeconfig FILE"),
  BadInput("plan", "--no-such-flag", says: "--no-such-flag"),
  BadInput("rehearse", "--replay", "absent", says: "`absent` cannot be read"),
  BadInput("rehearse", "--replay", "empty", says: "this is no whole recording"),
  BadInput("rehearse", "--replay", "empty", "--keep", says: "from its file alone"),
  BadInput("bootstrap", "--record", "absent/file", says: "is no folder"),
  BadInput("simulate", "--dead", says: "name it with --replace"),
  BadInput("simulate", "--rebuild", "--replace", "cp01", says: "take one"),
])
private func `wrong input is refused with a message and a status, and nothing is written`(input: BadInput) async throws
{
  try await withTemporaryFolder { folder in
    try copyRepository(to: folder)
    try Data().write(to: URL(filePath: "\(folder)/empty"))
    try deadKubeconfig.write(toFile: "\(folder)/dead", atomically: true, encoding: .utf8)
    let before = try FileManager.default.subpathsOfDirectory(atPath: folder).sorted()
    let words = input.arguments
    let answer = try await BuiltProgram(in: folder).run(words)
    #expect(answer.status == input.status)
    #expect(answer.narration.contains(input.says), "\(answer.narration)")
    #expect(answer.output.isEmpty)
    #expect(try FileManager.default.subpathsOfDirectory(atPath: folder).sorted() == before)
  }
}

/// A kubeconfig of a server that nobody is.
private let deadKubeconfig = """
  apiVersion: v1
  kind: Config
  current-context: a
  contexts: [{name: a, context: {cluster: a, user: a}}]
  clusters: [{name: a, cluster: {server: "http://127.0.0.1:1"}}]
  users: [{name: a, user: {}}]
  """

@Test func `an address beside a file that describes the nodes is refused`() async throws {
  try await withTemporaryFolder { folder in
    try copyRepository(to: folder)
    let program = BuiltProgram(in: folder)
    #expect(try await program.run(["init"]).status == 0)
    for arguments in [["203.0.113.10"], ["--worker-nodes", "worker01:203.0.113.20"]] {
      let answer = try await program.run(["bootstrap"] + arguments)
      #expect(answer.status == 2)
      #expect(answer.narration.contains("/zerotouch.yaml` describes the nodes already"))
    }
    #expect(!FileManager.default.fileExists(atPath: "\(folder)/.zerotouch"))
  }
}

@Test func `every problem of a spec is printed with its file, line and column`() async throws {
  try await withTemporaryFolder { folder in
    try copyRepository(to: folder)
    let program = BuiltProgram(in: folder)
    #expect(try await program.run(["init"]).status == 0)
    let path = "\(folder)/zerotouch.yaml"
    let text = try String(contentsOfFile: path, encoding: .utf8)
      .replacing("  stage: production", with: "  stage: prod\n  stage: dev").replacing(
        "name: cp01", with: "name: cp_01")
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    let answer = try await program.run(["plan"])
    #expect(answer.status == 2)
    let places = answer.narration.split(separator: "\n").filter { $0.hasPrefix("\(path):") }
    #expect(places.count == 3, "\(answer.narration)")
  }
}

@Test func `outside a repository every command says where it looked`() async throws {
  try await withTemporaryFolder { folder in
    let answer = try await BuiltProgram(in: folder).run(["plan", "203.0.113.10"])
    #expect(answer.status == 2)
    #expect(answer.narration.contains("no GitOps repository in `\(folder)`"))
  }
}

@Test(arguments: [["plan", "203.0.113.10"], ["rehearse"]])
private func `a platform with broken YAML is named, with what kubectl said`(arguments: [String]) async throws {
  try await withTemporaryFolder { folder in
    try copyRepository(to: folder)
    try "a: [".write(toFile: "\(folder)/platform/main/kustomization.yaml", atomically: true, encoding: .utf8)
    let answer = try await BuiltProgram(in: folder).run(arguments)
    #expect(answer.status == 2)
    #expect(answer.narration.contains("`\(folder)/platform/overlays/main-production` does not render"))
    #expect(answer.narration.contains("kubectl kustomize \(folder)/platform/overlays/main-production"))
  }
}

@Test(arguments: [["plan", "203.0.113.10"], ["rehearse"]])
private func `what is wrong in a file of the repository is told with its place there`(arguments: [String]) async throws
{
  try await withTemporaryFolder { folder in
    try copyRepository(to: folder)
    let path = "\(folder)/bootstrap/cilium/values.yaml"
    let text = try String(contentsOfFile: path, encoding: .utf8)
    try "ipv4:\n  enabled: false\n\(text)".write(toFile: path, atomically: true, encoding: .utf8)
    let answer = try await BuiltProgram(in: folder).run(arguments)
    #expect(answer.status == 2)
    #expect(answer.narration.contains("\(path):2:12: error: the pods' `10.244.0.0/16` is an IPv4 range"))
  }
}

@Test func `a bootstrap without a file says in its preflight which credentials to set`() async throws {
  try await withTemporaryFolder { folder in
    try copyRepository(to: folder)
    let answer = try await BuiltProgram(in: folder).run(["bootstrap", "203.0.113.10"])
    #expect(answer.status == 4)
    for name in ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"] {
      #expect(answer.narration.contains("error: the secret `env:\(name)` cannot be read: the variable is not set"))
      #expect(answer.narration.contains("type `export \(name)=…`, or, with an AWS profile"))
    }
  }
}

@Test func `without secrets in the spec there is nothing to inject, and a bootstrap says what to add`() async throws {
  try await withTemporaryFolder { folder in
    try copyRepository(to: folder)
    let program = BuiltProgram(in: folder)
    _ = try await program.run(["init"])
    let spec = try String(contentsOfFile: "\(folder)/zerotouch.yaml", encoding: .utf8)
    let kept = spec.split(separator: "\n").prefix { $0 != "  secrets:" }.joined(separator: "\n")
    #expect(kept.count < spec.count - 100)
    try kept.write(toFile: "\(folder)/zerotouch.yaml", atomically: true, encoding: .utf8)
    let injected = try await program.run(["inject-secrets"])
    #expect(injected.status == 2)
    #expect(injected.narration.contains("the spec names no secrets"))
    let bootstrapped = try await program.run(["bootstrap"])
    #expect(bootstrapped.status == 4)
    #expect(bootstrapped.narration.contains("add to `spec` in zerotouch.yaml: secrets: {aws: {accessKeyID: env:AWS_"))
  }
}

@Test(arguments: [
  ("bootstrap/talos/worker.yaml", "worker.yaml:1:1: error: the file is there and cannot be read"),
  ("bootstrap/talos/cluster.yaml", "cluster.yaml:1:1: error: the file is there and cannot be read"),
])
private func `a patch that is there and cannot be read does not count as left out`(path: String, says: String)
  async throws
{
  try await withTemporaryFolder { folder in
    try copyRepository(to: folder)
    try FileManager.default.createDirectory(atPath: "\(folder)/\(path)", withIntermediateDirectories: true)
    let answer = try await BuiltProgram(in: folder).run(["plan", "203.0.113.10"])
    #expect(answer.status == 2)
    #expect(answer.narration.contains(says), "\(answer.narration)")
  }
}
