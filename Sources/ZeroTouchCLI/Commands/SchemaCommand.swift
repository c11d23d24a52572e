import ArgumentParser
import Foundation
import ZeroTouchManifests
import ZeroTouchModel

/// `zerotouch schema`.
struct SchemaCommand: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "schema", abstract: "Print the JSON Schema of zerotouch.yaml.",
    discussion: """
      The schema is made from the definition that reads zerotouch.yaml, so editors and zerotouch agree.

      EXAMPLE
        zerotouch schema > docs/zerotouch.schema.json
      """)

  func execute(in environment: LiveEnvironment) async throws -> ExitStatus {
    environment.console.result(SpecSchema.jsonSchema().trimmingCharacters(in: .newlines))
    return .done
  }
}
