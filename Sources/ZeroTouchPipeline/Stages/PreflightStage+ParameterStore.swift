import Foundation
import ZeroTouchManifests
import ZeroTouchModel
import ZeroTouchTools

extension PreflightStage {
  /// The store that Git holds has to look where the spec says and to be given credentials, or its Application and
  /// every ExternalSecret would fail at the end of the run.
  static func parameterStoreChecks(_ bootstrap: Bootstrap) -> [Check] {
    guard let folder = bootstrap.applications.parameterStore.map(bootstrap.layout.path) else { return [] }
    guard let wanted = bootstrap.spec.secrets.aws else { return credentialChecks(bootstrap, folder) }
    return [
      Check(question: .run(Kubectl.kustomize(folder))) { answer in
        guard answer.success != nil else { return [unreadable(folder, answer)] }
        return store(answer, folder).map { differences(of: $0, from: wanted, folder) } ?? []
      }
    ]
  }

  /// The store as the stage's own kustomization makes it.
  private static func store(_ answer: Answer, _ folder: String) -> ParameterStore? {
    answer.success.flatMap { try? ParameterStore.parse($0.text, file: folder) }
  }

  private static func unreadable(_ folder: String, _ answer: Answer) -> Diagnostic {
    Diagnostic(
      .warning,
      "whether the store `\(ParameterStore.name)` looks where the spec says is not known: \(answer.complaint)",
      remedy: "try it yourself: kubectl kustomize \(folder)")
  }

  private static func differences(
    of store: ParameterStore, from wanted: SecretReferences.AWS, _ folder: String
  ) -> [Diagnostic] {
    let pairs = [("region", store.region, wanted.region), ("prefix", store.prefix, wanted.prefix)]
    return pairs.compactMap { key, held, value in
      guard let held, held != value else { return nil }
      return Diagnostic(
        "the spec's Parameter Store has the \(key) `\(value)`, but the store in Git looks in `\(held)`",
        remedy: "make `secrets.aws.\(key)` and the store in \(folder) agree, and commit")
    }
  }

  /// A spec without credentials will do only where the cluster has them already.
  private static func credentialChecks(_ bootstrap: Bootstrap, _ folder: String) -> [Check] {
    let (namespace, name) = (InjectionTable.credentials.namespace, InjectionTable.credentials.name)
    let held = Question.run(bootstrap.kubectl.exists("secrets", name, .namespace(namespace)))
    let questions = [.run(Kubectl.kustomize(folder))] + (bootstrap.spec.provider == .existing ? [held] : [])
    return [
      Check(questions: questions) { answers in
        if answers.count > 1, answers[1].success != nil { return [] }
        let held = answers.first.flatMap { store($0, folder) }
        let (region, prefix) = (held?.region ?? "eu-central-1", held?.prefix ?? "/zerotouch/prod")
        return [
          Diagnostic(
            "the store `\(ParameterStore.name)` in Git needs the Secret `\(namespace)/\(name)`, and the spec has nothing to make it of",
            remedy: "add to `spec` in zerotouch.yaml: secrets: {aws: {accessKeyID: env:AWS_ACCESS_KEY_ID, "
              + "secretAccessKey: env:AWS_SECRET_ACCESS_KEY, region: \(region), prefix: \(prefix)}}; without a store, "
              + "`repository`, `registry` and `others` in its place")
        ]
      }
    ]
  }
}
