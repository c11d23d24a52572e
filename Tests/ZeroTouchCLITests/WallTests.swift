import Foundation
import TestSupport
import Testing

/// The walls between the modules: which of them may see which, in `Package.swift`, in the sources and in the build.
struct WallTests {
  /// What each module may see, as docs/architecture.md draws it.
  private static let allowed: [String: Set<String>] = [
    "Model": [], "Manifests": ["Model"], "Tools": ["Model"], "Readiness": ["Model", "Tools"],
    "Secrets": ["Model", "Manifests", "Tools"],
    "Diagnosis": ["Model", "Tools"],
    "Pipeline": ["Model", "Manifests", "Tools", "Readiness", "Secrets", "Diagnosis"],
    "Validation": ["Model", "Manifests", "Tools"], "World": ["Model", "Manifests"],
    "Recording": ["Model", "Manifests", "Tools", "Secrets"],
    "Rehearsal": ["Model", "Manifests", "Tools", "World"],
    "Simulation": ["Model", "Manifests", "Tools", "Readiness", "Secrets", "Pipeline", "World", "Rehearsal"],
    "CLI": [
      "Model", "Manifests", "Tools", "Readiness", "Secrets", "Diagnosis", "Pipeline", "Validation", "World",
      "Rehearsal", "Simulation", "Recording",
    ],
  ]

  @Test func `the package lets every module see what it may, and no more`() throws {
    let package = try String(contentsOfFile: "\(BuiltProgram.packageRoot)/Package.swift", encoding: .utf8)
    let declaration = try Regex(
      #"module\(\s*"(\w+)"(?:,\s*\[([^\]]*)\])?"#, as: (Substring, Substring, Substring?).self)
    let declared = package.matches(of: declaration).map { match in
      let seen = (match.output.2 ?? "").split(separator: ",").map { $0.filter { $0.isLetter } }
      return (String(match.output.1), Set(seen.filter { !$0.isEmpty }))
    }
    #expect(Dictionary(uniqueKeysWithValues: declared) == Self.allowed)
  }

  @Test(arguments: allowed.keys.sorted())
  func `the sources of a module import nothing else`(module: String) throws {
    let folder = "\(BuiltProgram.packageRoot)/Sources/ZeroTouch\(module)"
    let files = try FileManager.default.subpathsOfDirectory(atPath: folder).filter { $0.hasSuffix(".swift") }
    #expect(!files.isEmpty)
    for file in files {
      let text = try String(contentsOfFile: "\(folder)/\(file)", encoding: .utf8)
      let imports = text.matches(of: /(?m)^(?:package |public )?import ZeroTouch(\w+)/).map { String($0.output.1) }
      let others = Set(imports).subtracting(Self.allowed[module] ?? [])
      #expect(others.isEmpty, "\(file) imports \(others.sorted())")
    }
  }

  @Test func `the build that runs the tests refuses an import that the package does not declare`() async throws {
    let script = try String(contentsOfFile: "\(BuiltProgram.packageRoot)/scripts/test", encoding: .utf8)
    let build = try #require(script.split(separator: "\n").first { $0.hasPrefix("swift build ") })
    try await withTemporaryFolder { folder in
      try Self.write(
        """
        // swift-tools-version: 6.2
        import PackageDescription
        let package = Package(
          name: "walls", targets: [.target(name: "World"), .target(name: "Pipeline"), .target(name: "Tests", dependencies: ["World", "Pipeline"])])
        """, to: "\(folder)/Package.swift")
      try Self.write("package let world = 1\n", to: "\(folder)/Sources/World/World.swift")
      try Self.write("import World\n", to: "\(folder)/Sources/Pipeline/Pipeline.swift")
      try Self.write("import Pipeline\n", to: "\(folder)/Sources/Tests/Tests.swift")
      let words = build.split(separator: " ").map(String.init)
      let answer = try await BuiltProgram(in: folder).tool(words[0], Array(words.dropFirst()))
      #expect(answer.status != 0)
      #expect((answer.output + answer.narration).contains("Target Pipeline imports another target (World)"))
    }
  }

  private static func write(_ text: String, to path: String) throws {
    let url = URL(filePath: path)
    try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try text.write(to: url, atomically: true, encoding: .utf8)
  }
}
