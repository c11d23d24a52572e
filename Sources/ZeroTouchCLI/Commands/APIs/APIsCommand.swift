import ArgumentParser

/// `zerotouch apis`.
struct APIsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "apis", abstract: "Check claims of the platform's APIs, and show what they become, without a cluster.",
    discussion: """
      EXAMPLES
        zerotouch apis validate platform/apis/*/examples/*.yaml
        zerotouch apis render platform/apis/webservice/examples/storefront.yaml
        zerotouch apis schema --output platform/apis/schemas
      """,
    subcommands: [RenderClaimsCommand.self, ValidateClaimsCommand.self, ClaimSchemasCommand.self])
}
