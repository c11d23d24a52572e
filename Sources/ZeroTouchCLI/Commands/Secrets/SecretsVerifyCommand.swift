import ArgumentParser
import ZeroTouchModel
import ZeroTouchPipeline

/// `zerotouch secrets verify`.
struct SecretsVerifyCommand: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Prove that secrets arrive: store, ExternalSecret, Secret, consumer.",
    discussion: """
      A store that is Ready proves nothing: it asked nobody. Every store has to give one value again, to an ExternalSecret
      of zerotouch's own that is taken away afterwards; then every ExternalSecret is looked at: synced, fresh, its Secret
      there, whoever reads it running. Exits with 3 and the provider's own reason where a link is broken.

      EXAMPLES
        zerotouch secrets verify
        zerotouch secrets verify --kubeconfig FILE -o json
      """)

  @OptionGroup var options: SecretClusterOptions
  @OptionGroup var output: OutputOptions

  func execute(in environment: LiveEnvironment) async throws -> ExitStatus {
    let cluster = try await options.cluster.secrets(in: environment)
    let proof = try await SecretProof.gather(in: cluster)
    environment.console.result(output.output == .json ? Self.json(proof).text(.indented) : Self.text(proof))
    guard proof.problems.isEmpty else {
      environment.console.narrate(proof.problems.map(\.description).joined(separator: "\n"))
      return .gateNotReached
    }
    return .done
  }

  private static func text(_ proof: SecretProof) -> String {
    var stores = Table(header: ["STORE", "GIVES"])
    stores.rows = proof.stores.map { [$0.name, $0.problem == nil ? "yes" : "no"] }
    var links = Table(header: ["EXTERNALSECRET", "STORE", "SECRET", "STATE", "READ BY"])
    links.rows = proof.links.map { link in
      let readers = link.readers.isEmpty ? "-" : link.readers.joined(separator: ", ")
      return [link.name, link.store, link.secret, link.problem == nil ? "synced" : "broken", readers]
    }
    return stores.text + "\n\n" + links.text
  }

  private static func json(_ proof: SecretProof) -> JSONValue {
    let problem = { (problem: Diagnostic?) -> JSONValue in
      problem.map { ["message": .string($0.message), "remedy": .string($0.remedy)] } ?? .null
    }
    return [
      "stores": .array(proof.stores.map { ["name": .string($0.name), "problem": problem($0.problem)] }),
      "externalSecrets": .array(
        proof.links.map {
          [
            "name": .string($0.name), "store": .string($0.store), "secret": .string($0.secret),
            "readers": .array($0.readers.map(JSONValue.string)), "problem": problem($0.problem),
          ]
        }),
    ]
  }
}
