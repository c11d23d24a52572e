import Foundation
import TestSupport
import Testing
import ZeroTouchModel

extension RehearsalTests {
  @Test(arguments: [
    ("installed", "this is `web01`, not a rescue system"), ("locked", "Permission denied"),
    ("write-error", "Input/output error"), ("data", "--wipe and the name of the cluster"), ("twins", "2 disks fit"),
    ("exchanged", "0 disks fit"),
  ])
  func `a machine with something wrong fails with its cause and a way out`(defect: String, says: String) async throws {
    try await withTemporaryFolder { folder in
      try copyRepository(to: folder)
      let answer = try await BuiltProgram(in: folder).run([
        "rehearse", "--nodes", "control-plane=1,workers=0", "--defect", "cp01=\(defect)", "--speed", "200",
      ])
      #expect(answer.status == (defect == "data" ? 5 : 1))
      #expect(answer.narration.contains("`install-os/cp01` failed"), "\(answer.narration)")
      #expect(answer.narration.contains(says), "\(answer.narration)")
    }
  }

  @Test func `one of three workers that fails leaves the others alone, and nodes come and go`() async throws {
    try await withTemporaryFolder { folder in
      try copyRepository(to: folder)
      let here = BuiltProgram(in: folder)
      let kept = try await here.run([
        "rehearse", "--keep", "--nodes", "workers=0,spares=3", "--defect", "worker02=write-error", "--defect",
        "worker03=data",
      ])
      #expect(kept.status == 0, "\(kept.narration)")
      let line = try #require(kept.narration.firstMatch(of: /zerotouch join-worker (.*)/)?.1)
      let spares = line.split(separator: " ").map(String.init)
      try #require(spares.count == 3)
      try await KeptWorld.left(by: kept, of: here) { world in
        let disks = ["02", "03"].flatMap { ["--disk", "worker\($0):serial=S676NX0WORKER\($0)0"] }
        try await Self.refusesWhatIsNoNewWorker(world)
        let first = try await Self.typing("rehearsal", ["join-worker"] + spares + disks + ["--parallel", "2"], world)
        #expect(first.status == 1)
        #expect(first.narration.contains("to wipe what was shown of worker03, type the cluster's name (rehearsal)"))
        #expect(first.narration.contains("`install-os/worker02` failed"), "\(first.narration)")
        #expect(first.narration.contains("Input/output error"))
        let nodes = try await world.ask("get", "nodes")["items"]?.arrayValue ?? []
        let names = nodes.compactMap { $0[path: "metadata", "name"]?.stringValue }.sorted()
        #expect(names == ["cp01", "worker01", "worker03"])
        try await Self.refusesWhatIsTaken(world, spares)
        try await Self.takesANodeOut(world)
      }
    }
  }

  /// Runs the program on a terminal at which a line is typed; all that it says is narration.
  private static func typing(
    _ line: String, _ arguments: [String], _ world: KeptWorld
  ) async throws -> BuiltProgram.Answer {
    let text =
      "line=$1 && cd \"$2\" && shift 2 && printf '%s\\n' \"$line\" | script -qec \"$(printf '%q ' \"$@\")\" /dev/null >&2"
    return try await world.program.shell(["-c", text, "bash", line, world.repository, "zerotouch"] + arguments)
  }

  private static func refusesWhatIsNoNewWorker(_ world: KeptWorld) async throws {
    let plane = try await world.program.run(["join-worker", "cp01:203.0.113.77"])
    #expect(plane.status == 2)
    #expect(plane.narration.contains("`cp01` is a control plane of the spec, no worker"), "\(plane.narration)")
  }

  private static func refusesWhatIsTaken(_ world: KeptWorld, _ spares: [String]) async throws {
    let address = try #require(spares[0].split(separator: ":").last)
    let other = try #require(spares[1].split(separator: ":").last)
    let sameAddress = try await world.program.run(["join-worker", "worker09:\(address)"])
    #expect(sameAddress.status == 4)
    #expect(sameAddress.narration.contains("is the node `worker01` already"), "\(sameAddress.narration)")
    let sameName = try await world.program.run(["join-worker", "worker01:\(other)"])
    #expect(sameName.status == 5)
    #expect(sameName.narration.contains("a node named `worker01` works already"), "\(sameName.narration)")
  }

  private static func takesANodeOut(_ world: KeptWorld) async throws {
    let last = try await world.program.run(["nodes", "remove", "cp01"])
    #expect(last.status == 4)
    #expect(last.narration.contains("the last member of etcd"), "\(last.narration)")
    let nobody = try await world.program.run(["nodes", "remove", "worker77"])
    #expect(nobody.status == 2)
    let listed = try await world.succeed("nodes", "list")
    #expect(listed.output.contains("worker03  worker         Ready"), "\(listed.output)")
    let removed = try await world.program.run(["nodes", "remove", "worker03"])
    #expect(removed.status == 0, "\(removed.narration)")
    let after = try await world.succeed("nodes", "list", "-o", "json")
    #expect(!after.output.contains("worker03"))
    let again = try await world.program.run(["nodes", "remove", "cp01", "--gone"])
    #expect(again.status == 4)
    let disks = try await world.succeed("disks", "cp01")
    #expect(disks.output.contains("S676NX0CP010"), "\(disks.output)")
    #expect(disks.output.contains("nvme0n1p4 (xfs EPHEMERAL)"), "\(disks.output)")
  }
}
