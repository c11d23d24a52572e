import Foundation
import TestSupport
import Testing

/// What the sentinel test rests on: the scanner sees a leak in whatever form it is put in.
struct LeakScannerTests {
  private let scanner = LeakScanner()

  @Test func `a leak is seen in every form`() throws {
    let secret = scanner.secret("x", lines: 3)
    let base64 = Data("user:\(secret)".utf8).base64EncodedString()
    let forms = [
      secret, String(secret.split(separator: "\n")[1].dropFirst(3).dropLast(2)), base64,
      Data("u:\(secret)".utf8).base64EncodedString(), Data(base64.utf8).base64EncodedString(),
      Data("ab\(base64)".utf8).base64EncodedString(),
      secret.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "",
      secret.utf8.map { String($0, radix: 16) }.joined(), "AUTHORIZATION=\(scanner.token("y"))",
    ]
    for form in forms { #expect(!scanner.findings(in: "before \(form) after").isEmpty, "\(form)") }
    #expect(scanner.findings(in: "before <redacted> after, and Zq9SENT alone").isEmpty)
  }

  @Test func `a leak is seen in a file, in a folder of its own too, unless the file may hold it`() async throws {
    try await withTemporaryFolder { folder in
      try FileManager.default.createDirectory(atPath: "\(folder)/a/b", withIntermediateDirectories: true)
      try Data("x\0\(scanner.secret("x"))".utf8).write(to: URL(filePath: "\(folder)/a/b/c"))
      try Data("nothing".utf8).write(to: URL(filePath: "\(folder)/a/d"))
      #expect(scanner.findings(below: folder) == ["a/b/c: plain"])
      #expect(scanner.findings(below: folder, except: { $0 == "a/b/c" }) == [])
    }
  }

  @Test func `the spies see arguments, variables and what other programs are given`() async throws {
    try await withTemporaryFolder { folder in
      let spies = try SpyTools(in: folder, for: ["true"])
      let program = BuiltProgram(in: folder, path: spies.path(before: "/usr/bin:/bin"))
      _ = try await program.tool("true", ["--password", scanner.token("argument")])
      #expect(scanner.findings(in: try spies.seen()) == ["plain"])
      #expect(try spies.calls(of: "true") == 1)
    }
  }
}
