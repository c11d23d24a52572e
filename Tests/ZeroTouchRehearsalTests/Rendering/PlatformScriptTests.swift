import Foundation
import TestSupport
import Testing
import ZeroTouchModel
import ZeroTouchTools

@testable import ZeroTouchRehearsal

/// The two programs that the platform brings along itself.
struct PlatformScriptTests {
  private static let python = "/usr/bin/python3"
  private static let isPresent = FileManager.default.isExecutableFile(atPath: python)

  private func run(_ program: String) async throws -> String {
    try await withTemporaryFolder { folder in
      let variables = ["PATH": "/usr/bin:/bin", "HOME": folder, "PYTHONDONTWRITEBYTECODE": "1"]
      let tools = SubprocessToolRunner(environment: ToolEnvironment(inheriting: variables), clock: ContinuousClock())
      let platform = "\(BuiltProgram.packageRoot)/platform"
      return try await tools.succeed(ToolInvocation("python3", ["-c", program, platform])).text
    }
  }

  @Test(.enabled(if: isPresent, "there is no python3 here"))
  func `what Robusta posts reaches an agent as a message of its protocol`() async throws {
    let text = try await run(
      """
      import json, sys
      sys.path.insert(0, sys.argv[1] + "/05-observability/robusta")
      import relay
      print(json.dumps(relay.request("a pod crashed")))
      """)
    let request = try JSONValue(parsing: text)
    #expect(request["jsonrpc"] == "2.0" && request["method"] == "message/send")
    let message = request[path: "params", "message"]
    #expect(message?["role"] == "user" && message?["kind"] == "message")
    #expect(message?["parts"] == [["kind": "text", "text": "a pod crashed"]])
    #expect(message?["messageId"] != request["id"])
  }

  @Test(.enabled(if: isPresent, "there is no python3 here"))
  func `pages are cut at their headings, and a section keeps its name from one run to the next`() async throws {
    let text = try await run(
      """
      import pathlib, sys, tempfile, types
      client = types.ModuleType("qdrant_client")
      client.QdrantClient, client.models = object, types.SimpleNamespace(PointStruct=object)
      sys.modules["qdrant_client"] = client
      sys.path.insert(0, sys.argv[1] + "/03-intelligence/services")
      import ingest
      root = pathlib.Path(tempfile.mkdtemp())
      (root / "docs").mkdir()
      (root / "docs" / "a.md").write_text("# A\\nfirst\\n## B\\nsecond\\n")
      once, twice = list(ingest.sections(root)), list(ingest.sections(root))
      assert once == twice and len({identity for identity, _, _ in once}) == 2
      print([(page, text) for _, page, text in once])
      """)
    #expect(text == "[('docs/a.md', '# A\\nfirst'), ('docs/a.md', 'B\\nsecond')]\n")
  }
}
