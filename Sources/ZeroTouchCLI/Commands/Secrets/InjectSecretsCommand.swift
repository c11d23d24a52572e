import ArgumentParser
import ZeroTouchManifests
import ZeroTouchModel
import ZeroTouchPipeline

/// `zerotouch inject-secrets`.
struct InjectSecretsCommand: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "inject-secrets",
    abstract: "Put the credentials that GitOps needs into the cluster: missing ones, and those that changed.",
    discussion: """
      Does what the step of the same name does in a bootstrap, and changes nothing where the cluster holds what is
      wanted. The values come from where the spec's references point: never from the command line.

      EXAMPLES
        zerotouch inject-secrets
        zerotouch inject-secrets --only repository
        zerotouch inject-secrets --only aws --from-env
            with AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY of this shell
        zerotouch inject-secrets --provider existing --kubeconfig FILE
      """)

  @Option(
    name: .long,
    help: "Only this one: aws, repository, registry, onePassword, openBao, or a Secret's name; may be repeated.")
  var only: [String] = []

  @Flag(
    name: .long,
    help: "Take AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN of the shell, whatever the spec says.")
  var fromEnv = false

  @Flag(
    name: .long,
    help: "The same from standard input: the key's id, the key, and a session token if there is one, a line each.")
  var fromStdin = false

  @OptionGroup var cluster: ClusterOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var events: EventOptions

  func validate() throws {
    guard !fromEnv || !fromStdin else { throw ValidationError("--from-env and --from-stdin exclude each other") }
  }

  func execute(in environment: LiveEnvironment) async throws -> ExitStatus {
    let keys = fromStdin ? try GivenKeys.read() : nil
    var (spec, layout) = try cluster.reference.resolve(in: environment)
    if fromEnv || fromStdin {
      spec.secrets.aws = try GivenKeys.references(
        spec.secrets.aws, layout,
        hasSessionToken: (keys ?? environment.variables)["AWS_SESSION_TOKEN"]?.isEmpty == false)
    }
    var run = try await cluster.reference.run(of: spec, layout, in: environment, told: Narration(output, events))
    if let keys { run.composition.variables.merge(keys) { $1 } }
    guard !InjectionTable.rows(for: spec).isEmpty else {
      throw Refusal(
        .inputWrong, "the spec names no secrets, so there is nothing to inject",
        remedy: "add `secrets` to `spec` in zerotouch.yaml; `zerotouch init` writes an example")
    }
    // kubectl asks localhost without a word where the file is missing.
    _ = try KubeconfigFile.checked(run.bootstrap.kubeconfig)
    let report = try await run.perform(try run.bootstrap.injecting(only: only))
    environment.console.result(ReportView.text(of: report, as: output.output))
    return .done
  }
}

/// Keys of AWS that are handed over with the command, not by the spec.
private enum GivenKeys {
  private static let names = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"]

  /// The lines of standard input, as the variables they stand for.
  static func read() throws -> [String: String] {
    var keys: [String: String] = [:]
    for name in names {
      guard let line = readLine(strippingNewline: true), !line.isEmpty else { break }
      keys[name] = line
    }
    guard keys.count >= 2 else {
      throw Refusal(
        .inputWrong, "standard input holds \(keys.count) of the two lines that are wanted",
        remedy: "write the key's id in the first line and the key in the second")
    }
    return keys
  }

  /// References to the variables, for the region and the prefix that the spec or the store in Git has.
  static func references(
    _ wanted: SecretReferences.AWS?, _ layout: RepositoryLayout, hasSessionToken: Bool
  ) throws -> SecretReferences.AWS {
    let store = try layout.readParameterStore() ?? ParameterStore(region: nil, prefix: nil)
    var aws = store.usualReferences(hasSessionToken: hasSessionToken)
    if let wanted { (aws.region, aws.prefix) = (wanted.region, wanted.prefix) }
    return aws
  }
}
