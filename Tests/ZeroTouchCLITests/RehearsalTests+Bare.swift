import Foundation
import TestSupport
import Testing

extension RehearsalTests {
  @Test(
    .enabled("unshare, ip and setpriv cannot make a network without a way out here") {
      try await BareNetwork.isAllowed()
    })
  func `a rehearsal needs no network, no root and no container, in a path with spaces`() async throws {
    try await withTemporaryFolder { folder in
      try copyRepository(to: folder)
      if getuid() == 0 {
        let owner: [FileAttributeKey: Any] = [.ownerAccountID: 65534, .groupOwnerAccountID: 65534]
        try FileManager.default.setAttributes(owner, ofItemAtPath: folder)
      }
      let program = BuiltProgram(in: folder, inside: BareNetwork.surroundings)
      let outside = try await program.tool("sh", ["-c", "id -u; ls /sys/class/net; cat /proc/net/route | wc -l"])
      #expect(outside.output.split(separator: "\n").last == "1", "there is a route out: \(outside.output)")
      let secret = "\(folder)/tenants/unreadable.yaml"
      _ = FileManager.default.createFile(
        atPath: secret, contents: Data("a: b\n".utf8), attributes: [.posixPermissions: 0])
      let refused = try await program.run(["rehearse"])
      #expect(refused.status == 1)
      #expect(refused.narration.contains("tenants/unreadable.yaml`: it cannot be read\n"), "\(refused.narration)")
      try FileManager.default.removeItem(atPath: secret)
      let answer = try await program.run(["rehearse", "--nodes", "control-plane=1,workers=1"])
      #expect(answer.status == 0, "\(answer.narration)")
      #expect(answer.output.contains("\nrehearsed"))
    }
  }
}
