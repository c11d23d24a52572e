import ArgumentParser
import Foundation
import ZeroTouchManifests
import ZeroTouchModel
import ZeroTouchPipeline
import ZeroTouchSecrets
import ZeroTouchTools

/// Which Parameter Store is meant, and who asks it.
struct ParameterStoreOptions: ParsableArguments, Sendable {
  @Option(
    name: .long,
    help: "The AWS region; the one of the spec, or of the platform's ClusterSecretStore, where none is named.")
  var region: String?

  @Option(
    name: .long,
    help: "What comes before every name; the prefix of the spec, or of the ClusterSecretStore, where none is named.")
  var prefix: String?

  @OptionGroup var options: SpecOptions

  /// A place in AWS.
  struct Place: Sendable {
    let region: String
    let prefix: String
    let layout: RepositoryLayout
    /// The stage that the prefix is of; nil where nobody says.
    let stage: ClusterSpec.Stage?
  }

  func place(in environment: LiveEnvironment) throws -> Place {
    let layout = try options.repository.layout(in: environment)
    let path = options.file.map(environment.absolute) ?? layout.spec
    let isDescribed = options.file != nil || FileManager.default.fileExists(atPath: path)
    let spec = isDescribed ? try options.cluster().specification(layout, environment) : nil
    let store = try layout.readParameterStore()
    let variables = ["AWS_REGION", "AWS_DEFAULT_REGION"].compactMap { environment.variables[$0] }.first
    guard let region = region ?? spec?.secrets.aws?.region ?? variables ?? store?.region else {
      throw Refusal(.inputWrong, "nothing says which AWS region is meant", remedy: "name it with --region")
    }
    let stage = prefix == nil && spec?.secrets.aws != nil ? spec?.stage : nil
    let prefix = prefix ?? spec?.secrets.aws?.prefix ?? store?.prefix ?? "/zerotouch/prod"
    return Place(region: try checked(region), prefix: try checked(prefix: prefix), layout: layout, stage: stage)
  }

  private func checked(_ region: String) throws -> String {
    guard region.wholeMatch(of: #/[a-z]{2}(-[a-z]+)+-[0-9]+/#) != nil else {
      throw Refusal(.inputWrong, "`\(region)` is no AWS region", remedy: "write it as eu-central-1")
    }
    return region
  }

  private func checked(prefix: String) throws -> String {
    let bare = prefix.hasSuffix("/") ? String(prefix.dropLast()) : prefix
    do { _ = try ParameterName(bare) } catch {
      throw Refusal(
        .inputWrong, "`\(prefix)` is no prefix of parameters: \(error)", remedy: "write it as /zerotouch/prod")
    }
    return bare
  }

  /// The store at a place, asked with the caller's own credentials; from now on nothing that is said holds them.
  func access(to place: Place, in environment: LiveEnvironment) async throws -> ParameterStoreAccess {
    let endpoint = try ParameterEndpoint(region: place.region, variables: environment.variables)
    let identity = try await identity(in: environment)
    environment.concealment.learn(identity.secrets)
    let now = { @Sendable in environment.now }
    return ParameterStoreAccess(
      ParameterService(
        region: place.region, endpoint: endpoint, credentials: identity, tools: environment.tools(), now: now),
      clock: environment.clock)
  }

  private func identity(in environment: LiveEnvironment) async throws -> AWSCredentials {
    if let identity = AWSCredentials(variables: environment.variables) { return identity }
    let remedy =
      "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or sign in with `aws`: aws configure export-credentials has to answer"
    let answer: ToolOutput
    do {
      answer = try await environment.tools().run(AWS.exportCredentials(as: .own(environment.variables)))
    } catch ToolError
      .notFound
    {
      throw Refusal(
        .inputWrong, "there are no AWS credentials in the variables, and `aws`, which might know some, is not on PATH",
        remedy: remedy)
    }
    guard answer.status == 0, let identity = AWSCredentials(exported: answer.text) else {
      throw Refusal(.inputWrong, "there are no AWS credentials: \(answer.complaint)", remedy: remedy)
    }
    return identity
  }
}
