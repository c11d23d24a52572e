import ArgumentParser
import Foundation
import ZeroTouchManifests
import ZeroTouchModel
import ZeroTouchPipeline
import ZeroTouchTools

/// `zerotouch secrets rotate`.
struct SecretsRotateCommand: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "rotate", abstract: "Bring a new value to whoever uses it, without a moment in which there is none.",
    discussion: """
      A secret that zerotouch injects is read from its reference and written in place; then the stores that it opens look
      again, and everything that reads them. An ExternalSecret is read again, after its parameter was changed. Whoever
      was given the old value when it started, as a variable, is started anew. Ends once the new value is used; killed
      anywhere, run it again.

      EXAMPLES
        AWS_ACCESS_KEY_ID=… AWS_SECRET_ACCESS_KEY=… zerotouch secrets rotate aws
        zerotouch secrets rotate repository
        zerotouch secrets rotate monitoring/grafana-admin
      """)

  @Argument(help: "aws, repository, registry, onePassword, openBao, a Secret's name, or an ExternalSecret's.")
  var name: String

  @OptionGroup var options: SecretClusterOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var events: EventOptions

  func execute(in environment: LiveEnvironment) async throws -> ExitStatus {
    let (spec, _) = try options.cluster.resolve(in: environment)
    let rows = InjectionTable.rows(for: spec).filter { $0.isCalled(name) }
    let cluster = try await options.cluster.secrets(in: environment)
    let subject = try await subject(rows, cluster)
    if !rows.isEmpty {
      let run = try await options.cluster.run(in: environment, told: Narration(output, events))
      _ = try await run.perform(try run.bootstrap.injecting(only: [name]))
    }
    let stamp = String(Int(environment.now.timeIntervalSince1970 * 1000))
    let rotation = SecretRotation(in: cluster, stamp: stamp) { [console = environment.console] in console.narrate($0) }
    let problems = try await rotation.follow(subject)
    guard problems.isEmpty else {
      environment.console.narrate(problems.map(\.description).joined(separator: "\n"))
      return .gateNotReached
    }
    environment.console.narrate("`\(name)` is used as it is now")
    return .done
  }

  private func subject(_ rows: [SecretInjection], _ cluster: SecretCluster) async throws -> SecretRotation.Subject {
    if let part = rows.first?.part { return .injected(rows.map(\.title), isRepository: part == .repository) }
    let externals = try await cluster.chain().externals
    let called = externals.filter { external in
      [external.name, external.title].contains(name)
        || external.target.map { [$0, "\(external.metadata.namespace ?? "")/\($0)"].contains(name) } == true
    }
    guard !called.isEmpty else {
      throw Refusal(
        .inputWrong, "nothing is called `\(name)`: neither a secret of the spec nor an ExternalSecret",
        remedy: "see what there is: zerotouch secrets verify")
    }
    return .external(called.map(\.title))
  }
}
