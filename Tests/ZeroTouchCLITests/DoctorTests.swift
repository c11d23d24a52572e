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
    try script.write(toFile: "\(folder)/kubectl", atomically: true, encoding: .utf8)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: "\(folder)/kubectl")
    let answer = try await BuiltProgram(in: folder, path: "\(folder):/usr/bin:/bin").run(["doctor"])
    #expect(answer.status == 4)
    #expect(answer.output.contains("`kubectl` v1.35.2-dispatcher is a vendor's dispatcher"))
  }
}
