import Foundation
import TestSupport
import Testing

@Test func `doctor finds what scripts test brought and names what is missing`() async throws {
  let path = "\(BuiltProgram.packageRoot)/.tools/bin:\(BuiltProgram.packageRoot)/.tools/oldest"
  let answer = try await BuiltProgram(in: BuiltProgram.packageRoot, path: path).run(["doctor"])
  #expect(answer.status == 4)
  #expect(answer.output.contains("`talosctl` was not found on PATH: install `talosctl` from Talos's releases"))
  #expect(answer.output.contains("50000/tcp"))
}

@Test func `a vendor's dispatcher is no kubectl`() async throws {
  try await withTemporaryFolder { folder in
    let script = "#!/bin/sh\necho '{\"clientVersion\": {\"gitVersion\": \"v1.35.2-dispatcher\"}}'\n"
    try script.write(toFile: "\(folder)/kubectl", atomically: true, encoding: .utf8)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: "\(folder)/kubectl")
    let answer = try await BuiltProgram(in: folder, path: "\(folder):/usr/bin:/bin").run(["doctor"])
    #expect(answer.status == 4)
    #expect(answer.output.contains("`kubectl` v1.35.2-dispatcher is a vendor's dispatcher"))
  }
}

@Test func `a kubectl that cannot be executed is named with its path`() async throws {
  try await withTemporaryFolder { folder in
    try "no program".write(toFile: "\(folder)/kubectl", atomically: true, encoding: .utf8)
    try copyRepository(to: folder)
    let answer = try await BuiltProgram(in: folder, path: folder).run(["plan", "203.0.113.10"])
    #expect(answer.status != 0)
    #expect(answer.narration.contains("\(folder)/kubectl"))
  }
}
