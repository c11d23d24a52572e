import Foundation
import ZeroTouchManifests
import ZeroTouchModel
import ZeroTouchTools

extension PreflightStage {
  /// The store that Git holds has to look where the spec says and to be given credentials, or its Application and
  /// every ExternalSecret would fail at the end of the run.
  static func parameterStoreChecks(_ bootstrap: Bootstrap) -> [Check] {
    guard let wanted = bootstrap.spec.secrets.aws else { return credentialChecks(bootstrap) }
    let path = bootstrap.layout.parameterStore
    return [
      Check(question: .file(path)) { answer in
        store(answer, path).map { differences(of: $0, from: wanted, path) } ?? []
      }
    ]
  }

  private static func store(_ answer: Answer, _ path: String) -> ParameterStore? {
    guard case .contents(let data) = answer else { return nil }
    return try? ParameterStore.parse(String(decoding: data, as: UTF8.self), file: path)
  }

  private static func differences(
    of store: ParameterStore, from wanted: SecretReferences.AWS, _ path: String
  ) -> [Diagnostic] {
    let pairs = [("region", store.region, wanted.region), ("prefix", store.prefix, wanted.prefix)]
    return pairs.compactMap { key, held, value in
      guard let held, held != value else { return nil }
      return Diagnostic(
        "the spec's Parameter Store has the \(key) `\(value)`, but the store in Git looks in `\(held)`",
        remedy: "make `secrets.aws.\(key)` and \(path) agree, and commit")
    }
  }

  /// A spec without credentials will do only where the cluster has them already.
  private static func credentialChecks(_ bootstrap: Bootstrap) -> [Check] {
    guard bootstrap.applications.applications.contains(where: { $0.name == ParameterStore.name }) else { return [] }
    let (namespace, name) = (InjectionTable.credentials.namespace, InjectionTable.credentials.name)
    let held = Question.run(bootstrap.kubectl.exists("secrets", name, .namespace(namespace)))
    let path = bootstrap.layout.parameterStore
    let questions = [.file(path)] + (bootstrap.spec.provider == .existing ? [held] : [])
    return [
      Check(questions: questions) { answers in
        if answers.count > 1, answers[1].success != nil { return [] }
        let region = answers.first.flatMap { store($0, path)?.region } ?? "eu-central-1"
        return [
          Diagnostic(
            "the store `\(ParameterStore.name)` in Git needs the Secret `\(namespace)/\(name)`, and the spec has nothing to make it of",
            remedy: "add to `spec` in zerotouch.yaml: secrets: {aws: {accessKeyID: env:AWS_ACCESS_KEY_ID, "
              + "secretAccessKey: env:AWS_SECRET_ACCESS_KEY, region: \(region), prefix: /zerotouch/prod}}")
        ]
      }
    ]
  }
}
