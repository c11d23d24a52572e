import ArgumentParser
import ZeroTouchManifests
import ZeroTouchModel
import ZeroTouchPipeline
import ZeroTouchSecrets

/// `zerotouch secrets list`.
struct SecretsListCommand: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "Names, owners and ages of the parameters in AWS and of the Secrets in the cluster; never values.",
    discussion: """
      Of the parameters it also tells who reads them: what no ExternalSecret of the repository reads is `-`; what is read
      and not there is `missing`. Of the cluster's Secrets those are listed that zerotouch or an ExternalSecret makes, and
      what the spec has injected and is not there. What cannot be asked is told, and the other part listed all the same.

      EXAMPLES
        zerotouch secrets list
        zerotouch secrets list --kubeconfig FILE
        zerotouch secrets list --prefix /zerotouch/staging -o json
      """)

  @Option(name: .long, help: "The kubeconfig of the cluster; its own one in the state directory where none is named.")
  var kubeconfig: String?

  @OptionGroup var store: ParameterStoreOptions
  @OptionGroup var output: OutputOptions

  func execute(in environment: LiveEnvironment) async throws -> ExitStatus {
    let cluster = store.options.cluster(kubeconfig: kubeconfig)
    let spec = try? cluster.resolve(in: environment).spec
    async let owned = Self.attempt { try await secrets(of: cluster, spec, environment) }
    let asked = spec?.secrets.isStoreless == true ? nil : await Self.attempt { try await parameters(environment) }
    let held = await owned
    let listing = SecretListing(
      parameters: try? asked?.get(), secrets: try? held.get(), now: environment.now)
    if listing.parameters != nil || listing.secrets != nil {
      environment.console.result(output.output == .json ? listing.json.text(.indented) : listing.text)
    }
    if case .failure(let error) = held {
      environment.console.narrate("the Secrets of the cluster are not listed: \(error)")
    }
    if asked == nil { environment.console.narrate("the spec has no store, so there are no parameters") }
    // Without the store nobody knows what is missing.
    if case .failure(let error)? = asked { throw error }
    return .done
  }

  private func parameters(_ environment: LiveEnvironment) async throws -> ParameterListing {
    let place = try store.place(in: environment)
    async let demanded = environment.parameterDemand(at: place)
    let stored = try await store.access(to: place, in: environment).described(below: place.prefix)
    return ParameterListing(stored: stored, demand: try await demanded)
  }

  private func secrets(
    of cluster: ClusterReference, _ spec: ClusterSpec?, _ environment: LiveEnvironment
  ) async throws -> [OwnedSecret] {
    try await OwnedSecret.all(
      in: try await cluster.secrets(in: environment), wanted: spec.map(InjectionTable.rows) ?? [])
  }

  private static func attempt<Found: Sendable>(_ work: () async throws -> Found) async -> Result<Found, any Error> {
    do { return .success(try await work()) } catch { return .failure(error) }
  }
}
