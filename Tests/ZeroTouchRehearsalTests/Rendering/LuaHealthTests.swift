import Foundation
import TestSupport
import Testing
import ZeroTouchManifests
import ZeroTouchModel
import ZeroTouchTools

@testable import ZeroTouchWorld

/// Argo CD's health check for Applications, run by the real Lua of the version that Argo CD has, and the world's
/// understanding of it.
struct LuaHealthTests {
  private static let path =
    "\(BuiltProgram.packageRoot)/.tools/bin:\(ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin")"
  private static var hasLua: Bool {
    path.split(separator: ":").contains { FileManager.default.isExecutableFile(atPath: "\($0)/lua5.1") }
  }

  private func ownScript(_ key: String = ApplicationHealthScript.key) throws -> String {
    let file = "\(BuiltProgram.packageRoot)/bootstrap/argocd/values.yaml"
    let documents = try YAMLDocuments.parse(try String(contentsOfFile: file, encoding: .utf8), file: file)
    return try #require(documents.first?[path: "configs", "cm", key]?.stringValue)
  }

  @Test(.enabled(if: hasLua, "Lua 5.1 is not installed; scripts/tools --test brings it"))
  func `an Application is healthy when Synced and Healthy at what its spec says now, and never Degraded`() async throws
  {
    let cases = JudgedApplication.all
    let said = try await run(try ownScript(), on: cases.map(\.application))
    for (one, said) in zip(cases, said) { #expect(said == one.expected, "\(one.name)") }
    #expect(said.count == cases.count)
    #expect(!said.contains("Degraded"))
  }

  @Test func `the world takes the script for what it does`() throws {
    let check = ApplicationHealthCheck(script: try ownScript())
    #expect(check == .wantsSynced(atSpec: true))
    for one in JudgedApplication.all {
      #expect(check.health(of: one.application)?.status.rawValue == one.expected, "\(one.name)")
    }
  }

  @Test(.enabled(if: hasLua, "Lua 5.1 is not installed; scripts/tools --test brings it"))
  func `a script that passes the child's health on says Degraded, in Lua and in the world`() async throws {
    let script = try ownScript().replacing("health.message = sync .. \", \" .. own", with: "health.status = own")
    let said = try await run(script, on: JudgedApplication.all.map(\.application))
    #expect(said.contains("Degraded"))
    #expect(ApplicationHealthCheck(script: script) == .copiesHealth)
  }

  private static let claims: [(conditions: JSONValue?, expected: String)] = [
    (nil, "Progressing"), ([], "Progressing"),
    (
      [["type": "Synced", "status": "True"], ["type": "Ready", "status": "False", "message": "Creating"]], "Progressing"
    ),
    ([["type": "Synced", "status": "True"], ["type": "Ready", "status": "True"]], "Healthy"),
    ([["type": "Synced", "status": "False", "message": "no"], ["type": "Ready", "status": "True"]], "Degraded"),
  ]

  @Test(.enabled(if: hasLua, "Lua 5.1 is not installed; scripts/tools --test brings it"))
  func `a claim of each API is healthy when what it orders is ready, in Lua and in the world`() async throws {
    let objects = Self.claims.map { claim -> JSONValue in
      claim.conditions.map { ["status": ["conditions": $0]] } ?? [:]
    }
    let layout = RepositoryLayout(root: BuiltProgram.packageRoot)
    for api in try PlatformAPICatalogue.load(layout).apis {
      let kind = api.definition.claimKind
      let script = try ownScript("resource.customizations.health.\(api.definition.group)_\(kind)")
      #expect(try await run(script, on: objects) == Self.claims.map(\.expected), "\(kind)")
    }
    #expect(objects.map { ResourceHealth.readiness(of: $0).status.rawValue } == Self.claims.map(\.expected))
  }

  /// What the script says of each, with nothing at hand but what Argo CD gives it: no strings, no files, no mathematics.
  private func run(_ script: String, on objects: [JSONValue]) async throws -> [String] {
    let program = """
      local function judge(obj)
      \(script)
      end
      setfenv(judge, {
        type = type, pairs = pairs, ipairs = ipairs, next = next, tostring = tostring, tonumber = tonumber, table = table,
      })
      for _, obj in ipairs({ \(objects.map(Self.lua).joined(separator: ", ")) }) do
        io.write(judge(obj).status, "\\n")
      end
      """
    return try await withTemporaryFolder { folder in
      try program.write(toFile: "\(folder)/judge.lua", atomically: true, encoding: .utf8)
      let runner = SubprocessToolRunner(
        environment: ToolEnvironment(inheriting: ["PATH": Self.path]), clock: ContinuousClock())
      let result = try await runner.run(ToolInvocation("lua5.1", ["\(folder)/judge.lua"], deadline: .seconds(20)))
      try #require(result.errorText == "")
      return result.text.split(separator: "\n").map(String.init)
    }
  }

  private static func lua(_ value: JSONValue) -> String {
    switch value {
    case .null: "nil"
    case .object(let members):
      "{" + members.sorted { $0.key < $1.key }.map { "[\(quoted($0.key))] = \(lua($0.value))" }.joined(separator: ", ")
        + "}"
    case .array(let elements): "{" + elements.map(lua).joined(separator: ", ") + "}"
    case .string(let text): quoted(text)
    default: value.text()
    }
  }

  private static func quoted(_ text: String) -> String {
    "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n") + "\""
  }
}
