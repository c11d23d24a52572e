import Testing
import ZeroTouchManifests
import ZeroTouchModel

struct DiskArgumentTests {
  private func spec(_ names: String...) -> ClusterSpec {
    let nodes = names.enumerated().map { index, name in
      Node(name: name, role: index == 0 ? .controlPlane : .worker, address: IPAddress(203, 0, 113, UInt8(10 + index)))
    }
    return ClusterSpec(
      name: "demo", endpoint: Endpoint(host: "203.0.113.10"), nodes: nodes,
      gitops: GitOps(repoURL: "https://example.org/platform.git"))
  }

  @Test func `a disk is named by what it is, and by its machine where there are several`() throws {
    #expect(try DiskArgument("serial=S1").selector == Node.DiskSelector(serial: "S1"))
    #expect(try DiskArgument("worker01:wwid=eui.0025").node == "worker01")
    #expect(try DiskArgument("size=>= 500GB").selector.size != nil)
    let chosen = try spec("cp01", "worker01").choosing([DiskArgument("worker01:serial=S2")])
    #expect(chosen.nodes.map { $0.disk?.serial } == [nil, "S2"])
    #expect(try spec("cp01").choosing([DiskArgument("serial=S1")]).nodes[0].disk?.serial == "S1")
  }

  @Test(arguments: ["", "S1", "serial=", "colour=red", "size=big", "path=nvme0n1", "cp01:"])
  func `what names no disk is refused with the words that would`(text: String) {
    #expect(throws: InvalidInput.self) { try DiskArgument(text) }
  }

  @Test func `a disk of nobody, of several machines or chosen twice is refused`() throws {
    for (names, disk) in [(["cp01", "worker01"], "serial=S1"), (["cp01"], "cp09:serial=S1")] {
      let spec = names.count == 2 ? spec("cp01", "worker01") : spec("cp01")
      #expect(throws: InvalidInput.self) { try spec.choosing([DiskArgument(disk)]) }
    }
    let twice = try [DiskArgument("serial=S1"), DiskArgument("serial=S2")]
    #expect(throws: InvalidInput.self) { try spec("cp01").choosing(twice) }
  }

  @Test func `where one machine is meant its disk needs no name`() throws {
    let spec = spec("cp01", "worker01")
    let chosen = try spec.choosing([DiskArgument("serial=S2")], among: ["worker01"])
    #expect(chosen.nodes.map(\.disk) == [nil, Node.DiskSelector(serial: "S2")])
    for meant in [nil, ["cp01", "worker01"] as Set] {
      #expect(throws: InvalidInput.self) { try spec.choosing([DiskArgument("serial=S2")], among: meant) }
    }
  }
}
