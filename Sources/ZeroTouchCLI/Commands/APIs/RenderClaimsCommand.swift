import ArgumentParser
import ZeroTouchManifests
import ZeroTouchModel

/// `zerotouch apis render`.
struct RenderClaimsCommand: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "render", abstract: "Print the objects that claims become.",
    discussion: """
      Carries out the Composition as Crossplane would for a claim that is new, without a cluster and without its
      functions. The objects go to standard output, the two counts of lines to standard error.

      EXAMPLES
        zerotouch apis render platform/apis/webservice/examples/storefront.yaml
        zerotouch apis render my-claim.yaml -o json
        kubectl get eventdrivenservice api -n team -o yaml | zerotouch apis render -
      """)

  @Argument(help: "A file with one claim or several; `-` for standard input.")
  var file: String

  @Option(name: .long, help: "The composite's name; the claim's where none is given. Crossplane draws a random one.")
  var compositeName: String?

  @OptionGroup var repository: RepositoryOptions
  @OptionGroup var format: ResultFormat

  func execute(in environment: LiveEnvironment) async throws -> ExitStatus {
    let catalogue = try PlatformAPICatalogue.load(repository.layout(in: environment))
    let files = try ClaimFiles.read([file], in: environment)
    let problems = files.claims.flatMap { catalogue.problems(of: $0.document) }
    guard problems.allSatisfy(\.isUnknown) else { throw InvalidInput(problems.map(\.diagnostic)) }
    for problem in problems { environment.console.narrate(problem.diagnostic.description) }
    var objects: [JSONValue] = []
    for claim in files.claims {
      let rendering = try rendered(claim, catalogue)
      objects += rendering.objects
      for warning in rendering.warnings { environment.console.narrate("warning: \(warning)") }
    }
    let text = YAMLWriter.text(ofDocuments: objects)
    let isJSON = format.output == .json
    environment.console.result(isJSON ? JSONValue.array(objects).text(.indented) : String(text.dropLast()))
    environment.console.narrate(
      "\(files.lines) lines of claim became \(ClaimFiles.meaningfulLines(of: text)) lines in \(objects.count) objects")
    return .done
  }

  private func rendered(_ claim: ClaimFiles.Claim, _ catalogue: PlatformAPICatalogue) throws -> PlatformAPI.Rendering {
    let json = claim.document.json
    guard let api = catalogue.api(for: json) else {
      throw Refusal(.inputWrong, "`\(claim.file)` holds no claim", remedy: "name a file with one")
    }
    do { return try api.render(json, compositeName: compositeName) } catch {
      throw Refusal(
        .inputWrong, "`\(claim.file)` cannot be rendered: \(error)",
        remedy: "correct the claim, or the Composition in `platform/apis/\(api.slug)`")
    }
  }
}
