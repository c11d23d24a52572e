import Foundation
import TestSupport
import Testing

@Test(arguments: [("256:8192", "4096"), ("256:512", "512"), ("8192:8192", "8192")])
private func `hundreds of machines find enough open files, as far as the system lets them`(
  limits: String, found: String
) async throws {
  try await withTemporaryFolder { folder in
    try copyRepository(to: folder)
    try writeProgram("#!/bin/sh\nulimit -n >\"$0.files\"; exit 1\n", to: "\(folder)/kubectl")
    let program = BuiltProgram(
      in: folder, path: "\(folder):/usr/bin:/bin", inside: ["prlimit", "--nofile=\(limits)"])
    _ = try await program.run(["plan", "203.0.113.10"])
    let seen = FileManager.default.contents(atPath: "\(folder)/kubectl.files") ?? Data()
    #expect(String(decoding: seen, as: UTF8.self) == "\(found)\n")
  }
}

/// A kubectl that will not do, and what is said about it.
private struct BadKubectl: Sendable, CustomTestStringConvertible {
  let testDescription: String
  /// The file's text; nil for no file.
  let text: String?
  var mode = 0o755
  let says: [String]

  static let all = [
    BadKubectl(
      testDescription: "missing", text: nil,
      says: ["`kubectl` was not found on PATH", "install `kubectl` 1.32 or newer, or run `scripts/tools`"]),
    BadKubectl(
      testDescription: "too old", text: version("v1.31.9"),
      says: ["`kubectl` is 1.31.9, older than 1.32.0", "install `kubectl` 1.32 or newer, or run `scripts/tools`"]),
    BadKubectl(
      testDescription: "not executable", text: "no program", mode: 0o644, says: ["which is not executable", "chmod +x"]),
    BadKubectl(
      testDescription: "a dispatcher", text: version("v1.35.2-dispatcher"),
      says: ["`kubectl` v1.35.2-dispatcher is a vendor's dispatcher", "put the real `kubectl` before it on PATH"]),
  ]

  private static func version(_ version: String) -> String {
    "#!/bin/sh\necho '{\"clientVersion\": {\"gitVersion\": \"\(version)\"}}'\n"
  }

  /// A PATH with this kubectl and everything else that is needed.
  func path(in folder: String) throws -> String {
    let programs = "\(folder)/programs"
    try FileManager.default.createDirectory(atPath: programs, withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(
      atPath: "\(programs)/helm", withDestinationPath: "\(BuiltProgram.packageRoot)/.tools/bin/helm")
    for name in ["git", "sh"] {
      try FileManager.default.createSymbolicLink(
        atPath: "\(programs)/\(name)", withDestinationPath: "/usr/bin/\(name)")
    }
    if let text {
      try writeProgram(text, to: "\(programs)/kubectl")
      try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: "\(programs)/kubectl")
    }
    return programs
  }
}

@Test(arguments: ["bootstrap", "rehearse"], BadKubectl.all)
private func `a kubectl that will not do is named once, with the remedy, and nothing is written`(
  command: String, kubectl: BadKubectl
) async throws {
  try await withTemporaryFolder { folder in
    let repository = "\(folder)/repository"
    try FileManager.default.createDirectory(atPath: repository, withIntermediateDirectories: true)
    try copyRepository(to: repository)
    let path = try kubectl.path(in: folder)
    let before = try FileManager.default.subpathsOfDirectory(atPath: folder).sorted()
    let arguments = command == "bootstrap" ? [command, "203.0.113.10"] : [command]
    let answer = try await BuiltProgram(in: repository, path: path, home: folder).run(arguments)
    #expect(answer.status == 4, "\(answer.narration)")
    for part in kubectl.says { #expect(answer.narration.contains(part), "\(answer.narration)") }
    #expect(answer.narration.components(separatedBy: "error: ").count == 2, "\(answer.narration)")
    #expect(answer.output.isEmpty)
    #expect(try FileManager.default.subpathsOfDirectory(atPath: folder).sorted() == before)
  }
}

@Test func `a run that is interrupted says where, and how many of its steps are done`() async throws {
  try await withTemporaryFolder { folder in
    let repository = "\(folder)/repository"
    try FileManager.default.createDirectory(atPath: repository, withIntermediateDirectories: true)
    try copyRepository(to: repository)
    // The first program that the preflight waits for interrupts the one that started it.
    let script = "#!/bin/sh\nkill -INT $PPID\nexec sleep 60\n"
    try writeProgram(script, to: "\(folder)/helm")
    let path = "\(folder):\(BuiltProgram.packageRoot)/.tools/bin:/usr/bin:/bin"
    let answer = try await BuiltProgram(in: repository, path: path).run(["bootstrap", "203.0.113.10"])
    #expect(answer.status == 130)
    let last = answer.narration.split(separator: "\n").last { $0.contains("■") } ?? ""
    #expect(last.contains(#/interrupted in preflight: 0 of 1[0-9] steps done, after /#), "\(answer.narration)")
    #expect(!answer.narration.contains("✔"))
    #expect(answer.narration.contains("run the same command again to go on"))
  }
}
