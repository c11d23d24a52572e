import ArgumentParser
import Foundation
import ZeroTouchManifests
import ZeroTouchModel

/// `zerotouch apis schema`.
struct ClaimSchemasCommand: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "schema", abstract: "Write the JSON Schemas of the platform's APIs, for editors.",
    discussion: """
      One file for each API, made from its definition. An editor finds it by the first line of a claim:
      # yaml-language-server: $schema=…/platform/apis/schemas/eventdrivenservice.schema.json

      EXAMPLES
        zerotouch apis schema
        zerotouch apis schema --output /tmp/schemas
      """)

  @Option(name: .long, help: "The folder to write to; `platform/apis/schemas` of the repository where none is named.")
  var output: String?

  @OptionGroup var repository: RepositoryOptions

  func execute(in environment: LiveEnvironment) async throws -> ExitStatus {
    let layout = try repository.layout(in: environment)
    let folder = output.map(environment.absolute) ?? layout.platformAPISchemas
    for api in try PlatformAPICatalogue.load(layout).apis {
      let file = "\(folder)/\(api.slug).schema.json"
      do {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try Data(api.jsonSchema().utf8).write(to: URL(filePath: file), options: .atomic)
      } catch {
        throw Refusal(.runFailed, "`\(file)` cannot be written: \(error)", remedy: "name another folder with --output")
      }
      environment.console.result(file)
    }
    return .done
  }
}
