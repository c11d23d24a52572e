import Foundation
import ZeroTouchManifests
import ZeroTouchModel
import ZeroTouchTools

extension RenderStage {
  static let restoring =
    "restore it with `zerotouch secrets import`, or copy `secrets.yaml` from the laptop that made the cluster into its state directory"

  /// What stands for the PKI: the bundle itself; where it is absent, everything that says a cluster was made with one.
  static func probe(_ bootstrap: Bootstrap) -> Probe {
    let machines = bootstrap.spec.controlPlanes
    let questions: [Question] =
      [
        .file(bootstrap.secretsBundle), .file(bootstrap.layout.encryptedSecrets), .file(bootstrap.kubeconfig),
      ] + machines.map { .run(Talosctl.Maintenance.machineStatus($0.address)) }
    return Probe(questions) { answers in judge(answers, machines, bootstrap) }
  }

  /// The bundle decides whether a cluster can ever be reached again: a damaged one is never replaced, and an absent one
  /// is made anew only where nothing was made with it.
  private static func judge(_ answers: [Answer], _ machines: [Node], _ bootstrap: Bootstrap) -> Observation? {
    guard let bundle = answers.first else { return nil }
    if case .contents(let data) = bundle { return judge(data, bootstrap.secretsBundle) }
    for (answer, path) in zip(answers.dropFirst(), [bootstrap.layout.encryptedSecrets, bootstrap.kubeconfig]) {
      guard case .contents = answer else { continue }
      return .foreign("the secrets bundle of this cluster is not here, but `\(path)` was made with it")
    }
    for (answer, machine) in zip(answers.dropFirst(3), machines)
    where TalosAnswer(insecure: answer) == .wantsCertificate {
      return .foreign(
        "the secrets bundle of this cluster is not here, but `\(machine.name)` (\(machine.address)) runs with one")
    }
    return answers.count == 3 + machines.count ? .missing("no secrets bundle") : nil
  }

  private static func judge(_ bundle: Data, _ path: String) -> Observation {
    do {
      _ = try TalosSecrets(text: String(decoding: bundle, as: UTF8.self), file: path)
      return .done("the PKI exists; everything else is made anew in every run")
    } catch {
      return .init(.foreign, "the secrets bundle is damaged", problems: error.diagnostics)
    }
  }

  /// The step for a cluster that runs already: without its PKI nothing can be made for it.
  static func keepingPKI(_ step: Step) -> Step {
    guard step.id == id else { return step }
    var copy = step
    copy.action = step.action.responding(to: .missing, with: .refuse(restoring))
    return copy
  }

  /// The step before which no machine may be touched: the PKI exists, and where recipients are named, also encrypted.
  static func keptID(_ bootstrap: Bootstrap) -> StepID {
    bootstrap.encrypts ? StepID(encryptName) : id
  }

  static let encryptName = "encrypt-secrets"

  /// Encrypts the bundle to the recipients of the spec, so that a lost laptop loses nothing. What lies in Git is left
  /// alone: it would read differently after every encryption.
  static func keeping(_ bootstrap: Bootstrap) -> [Step] {
    let recipients = bootstrap.spec.secrets.recipients
    guard bootstrap.encrypts else { return [] }
    let path = bootstrap.layout.encryptedSecrets
    return [
      Step(
        keptID(bootstrap), "encrypt the PKI to \(recipients.count) recipients", needs: [id],
        probe: Probe([.file(path)]) { answers in
          switch answers.first {
          case .contents: .done("`\(path)` exists; commit it if you have not")
          case .absent(let reason): .missing(reason)
          default: nil
          }
        },
        action: Action(missing: [
          .run(Age.encrypt(bootstrap.secretsBundle, recipients: recipients), capture: path)
        ]),
        expected: ExpectedDuration(.localTool))
    ]
  }
}
