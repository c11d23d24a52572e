import ZeroTouchManifests
import ZeroTouchModel
import ZeroTouchTools

extension PreflightStage {
  /// Where the spec has no store, it has to name every Secret that a store would have filled: whoever reads one that
  /// nobody makes would wait for it at the end of the run.
  static func storelessChecks(_ bootstrap: Bootstrap) -> [Check] {
    guard !bootstrap.leftOut.isEmpty else { return [] }
    let made = Set(InjectionTable.rows(for: bootstrap.spec).map(\.title))
    let questions = bootstrap.leftOut.map { Question.run(Kubectl.kustomize(bootstrap.layout.path($0.path))) }
    return [
      Check(questions: questions) { answers in
        var wanted: [SecretName: [String]] = [:]
        for (folder, answer) in zip(bootstrap.leftOut, answers) {
          guard let text = answer.success?.text, let secrets = try? folder.secrets(in: text) else {
            return [unreadable(folder, bootstrap.layout, answer)]
          }
          wanted.merge(secrets) { first, _ in first }
        }
        return wanted.filter { !made.contains($0.key) }.sorted { $0.key.description < $1.key.description }.map(unmade)
      }
    ]
  }

  private static func unmade(_ name: SecretName, _ keys: [String]) -> Diagnostic {
    guard keys != [".dockerconfigjson"] else {
      return Diagnostic(
        "the platform pulls images by the Secret `\(name)`, and the spec has neither a store nor a `registry` for it",
        remedy: "add `\(name.namespace)` to `secrets.registry.namespaces` in zerotouch.yaml")
    }
    let values = keys.map { "\($0): env:\(variable($0))" }.joined(separator: ", ")
    return Diagnostic(
      "the platform reads the Secret `\(name)`, and the spec has neither a store nor anything to make it of",
      remedy:
        "add below `secrets.others` in zerotouch.yaml: - {namespace: \(name.namespace), name: \(name.name), values: {\(values)}}"
    )
  }

  /// A variable that such a value could come from.
  private static func variable(_ key: String) -> String {
    String(key.uppercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
  }

  private static func unreadable(_ folder: LeftOutFolder, _ layout: RepositoryLayout, _ answer: Answer) -> Diagnostic {
    Diagnostic(
      .warning, "which Secrets `\(folder.path)` reads is not known: \(answer.complaint)",
      remedy: "try it yourself: kubectl kustomize \(layout.path(folder.path))")
  }
}
