import Foundation
import TestSupport
import Testing

@Test func `doctor finds what scripts test brought and names what is missing`() async throws {
  let path = "\(BuiltProgram.packageRoot)/.tools/bin:\(BuiltProgram.packageRoot)/.tools/oldest"
  let answer = try await BuiltProgram(in: BuiltProgram.packageRoot, path: path).run(["doctor"])
  #expect(answer.status == 4)
  #expect(answer.output.contains("`talosctl` was not found on PATH: install `talosctl` 1.13 from https://"))
  #expect(answer.output.contains("50000/tcp"))
}

@Test func `a vendor's dispatcher is no kubectl`() async throws {
  try await withTemporaryFolder { folder in
    let script = "#!/bin/sh\necho '{\"clientVersion\": {\"gitVersion\": \"v1.35.2-dispatcher\"}}'\n"
    try writeProgram(script, to: "\(folder)/kubectl")
    let answer = try await BuiltProgram(in: folder, path: "\(folder):/usr/bin:/bin").run(["doctor"])
    #expect(answer.status == 4)
    #expect(answer.output.contains("`kubectl` v1.35.2-dispatcher is a vendor's dispatcher"))
  }
}

@Test(arguments: [
  ("Connection timed out", "filtered", "nothing of `cp01` answers at 203.0.113.10"),
  ("Connection refused", "closed", "neither a rescue system nor Talos runs on it: boot its rescue system"),
])
func `doctor tries the ports of an address and says what keeps a bootstrap from it`(
  words: String, state: String, problem: String
) async throws {
  try await withTemporaryFolder { folder in
    let script =
      "#!/bin/sh\n[ \"$1\" = -V ] && { echo OpenSSH_9.6p1 >&2; exit; }\n"
      + "echo \"ssh: connect to host 203.0.113.10 port 22: \(words)\" >&2\nexit 255\n"
    try writeProgram(script, to: "\(folder)/ssh")
    let program = BuiltProgram(in: folder, path: "\(folder):/usr/bin:/bin")
    let text = try await program.run(["doctor", "203.0.113.10"])
    #expect(text.status == 4)
    #expect(text.output.contains("cp01  203.0.113.10  50000/tcp  \(state)"), "\(text.output)")
    #expect(text.output.contains(problem), "\(text.output)")
    let json = try await program.run(["doctor", "203.0.113.10", "-o", "json"])
    let object = try #require(try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
    let reach = try #require(object["reach"] as? [[String: Any]])
    #expect(reach.map { $0["port"] as? String } == ["22/tcp", "50000/tcp", "6443/tcp"])
    #expect(reach.allSatisfy { $0["state"] as? String == state })
    #expect(reach.count { $0["remedy"] != nil } == 1)
  }
}
