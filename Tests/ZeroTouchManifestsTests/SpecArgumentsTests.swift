import Testing
import ZeroTouchManifests
import ZeroTouchModel

@Suite struct SpecArgumentsTests {
  private let repository = GitOpsRepository(repoURL: "https://example.org/a.git", revision: "main")

  private func problems(_ text: String) -> String {
    do { return "no problem: \(try WorkerArgument.parse(text))" } catch { return "\(error)" }
  }

  private func problems(address: String, workers: String? = nil) -> String {
    do {
      let workers = try workers.map { try WorkerArgument.parse($0) } ?? []
      return "no problem: \(try ClusterSpec.singleNode(address: address, workers: workers, repository: repository))"
    } catch {
      return "\(error)"
    }
  }

  @Test func `workers are read with IPv4 and bracketed IPv6 addresses`() throws {
    let workers = try WorkerArgument.parse("worker01:203.0.113.20,worker02:[2001:db8::20]")
    #expect(workers.map(\.name) == ["worker01", "worker02"])
    #expect(workers.map(\.address.description) == ["203.0.113.20", "2001:db8::20"])
  }

  @Test(arguments: [
    (
      "worker01",
      "error: the worker `worker01` has no address\n  write `worker01:203.0.113.20`, or `worker01:[2001:db8::20]`"
    ),
    (
      "worker01:",
      "error: the worker `worker01` has no address\n  write `worker01:203.0.113.20`, or `worker01:[2001:db8::20]`"
    ),
    (
      "worker_01:203.0.113.20",
      "error: worker `worker_01` is no DNS label\n  use at most 63 of `a` to `z`, `0` to `9` and `-`, with a letter or digit at both ends, such as `worker-01`"
    ),
    (
      "a:203.0.113.300",
      "error: `203.0.113.300` is no IP address (worker `a`)\n  write an IPv4 address, or an IPv6 address in brackets"
    ),
    (
      "a:2001:db8::1",
      "error: `2001:db8::1` is no IP address (worker `a`)\n  put an IPv6 address in brackets: `a:[2001:db8::1]`"
    ),
    (
      "a:127.0.0.1",
      "error: `127.0.0.1` is no address of a machine (worker `a`)\n  write the address under which it is reached"
    ),
    ("a:1.1.1.1,a:1.1.1.2", "error: the worker `a` is named twice\n  give every worker its own name"),
    (
      "a:1.1.1.1,b:1.1.1.1",
      "error: the workers `a` and `b` have the same address `1.1.1.1`\n  give every worker its own address"
    ),
    ("a:1.1.1.1,", "error: an empty worker between the commas\n  write `--worker-nodes worker01:203.0.113.20`"),
  ])
  func `a malformed worker is refused by name`(text: String, message: String) {
    #expect(problems(text) == message)
  }

  @Test func `every malformed worker is reported at once`() {
    #expect(problems("a,b_:1.1.1.1,c:x").split(separator: "\n").filter { $0.hasPrefix("error") }.count == 3)
  }

  @Test func `without a file, an address makes a cluster of one control plane`() throws {
    let workers = try WorkerArgument.parse("worker01:203.0.113.20")
    let spec = try ClusterSpec.singleNode(address: "203.0.113.10", workers: workers, repository: repository)
    #expect(spec.nodes.map(\.name) == ["cp01", "worker01"])
    #expect(spec.endpoint.description == "https://203.0.113.10:6443")
    #expect(
      try ClusterSpec.singleNode(address: "2001:db8::1", repository: repository).endpoint.description
        == "https://[2001:db8::1]:6443")
  }

  @Test func `an address that is none, or clashes, is refused`() {
    #expect(
      problems(address: "203.0.113")
        == "error: `203.0.113` is no IP address\n  write an IPv4 or IPv6 address, such as `203.0.113.10`")
    #expect(
      problems(address: "0.0.0.0")
        == "error: `0.0.0.0` is no address of a machine\n  write the address under which the machine is reached")
    #expect(
      problems(address: "203.0.113.10", workers: "w:203.0.113.10")
        == "error: the address `203.0.113.10` belongs to `cp01` already\n  give every machine its own address")
    #expect(
      problems(address: "10.244.0.1")
        == "error: the node address `10.244.0.1` lies in the pods' `10.244.0.0/16`\n  choose another `podCIDR`, away from the machines' network"
    )
    #expect(
      problems(address: "203.0.113.10", workers: "cp01:203.0.113.11")
        == "error: the node name `cp01` stands twice\n  give every machine its own name")
  }

  @Test func `a name that the spec has already means its worker there, and no other machine`() throws {
    let spec = try ClusterSpec.singleNode(
      address: "203.0.113.10", workers: WorkerArgument.parse("w:203.0.113.20"), repository: repository)
    #expect(try spec.joining(WorkerArgument.parse("w:203.0.113.20,v:203.0.113.21")).workers.map(\.name) == ["v", "w"])
    for (text, says) in [
      ("cp01:203.0.113.21", "`cp01` is a control plane of the spec, no worker"),
      ("cp01:203.0.113.10", "`cp01` is a control plane of the spec, no worker"),
      ("w:203.0.113.22", "the spec has `w` at 203.0.113.20, and 203.0.113.22 was named"),
    ] {
      let error = #expect(throws: InvalidInput.self) { try spec.joining(WorkerArgument.parse(text)) }
      #expect(error?.diagnostics.map(\.message) == [says])
    }
  }

  @Test func `workers that join must fit the cluster`() throws {
    let spec = try ClusterSpec.singleNode(address: "203.0.113.10", repository: repository)
    #expect(try spec.adding(WorkerArgument.parse("w:203.0.113.20")).workers.map(\.name) == ["w"])
    #expect(throws: InvalidInput.self) { try spec.adding(WorkerArgument.parse("w:203.0.113.10")) }
  }
}
