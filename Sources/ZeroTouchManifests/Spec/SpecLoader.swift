package import ZeroTouchModel

/// Reads `zerotouch.yaml`, strictly: every problem at once, each with its place and its remedy.
package enum SpecLoader {
  /// The spec in a text.
  ///
  /// - Parameter repository: What Argo CD follows where the spec is silent: `bootstrap/argocd/repository.yaml`.
  package static func load(
    text: String, file: String, repository: GitOpsRepository? = nil
  ) throws(InvalidInput) -> ClusterSpec {
    let (document, unsound) = try document(in: text, file: file)
    var validator = SpecValidator(file: file)
    validator.check(document, as: .object(SpecSchema.document), called: file)
    var draft = SpecDraft(reading: document)
    draft.repoURL = draft.repoURL ?? repository?.repoURL
    draft.revision = draft.revision ?? repository?.revision
    validator.checkDemands(of: document, provider: draft.provider.value, hasRepository: repository != nil)
    let problems = unsound + validator.problems + SpecRules.problems(of: draft) + VersionRules.problems(of: draft)
    guard problems.isEmpty else { throw InvalidInput(Self.inOrder(problems)) }
    guard let spec = draft.spec else {
      throw InvalidInput([
        Diagnostic(at: document.location, "the spec is incomplete", remedy: "compare it with `zerotouch schema`")
      ])
    }
    return spec
  }

  /// The one document of a text, and what is wrong with it as YAML.
  private static func document(
    in text: String, file: String
  ) throws(InvalidInput) -> (LocatedYAML, [Diagnostic]) {
    let (documents, problems) = try YAMLReader(text: text, file: file, limits: YAMLLimits(bytes: 1 << 20)).read()
    guard let first = documents.first else {
      throw InvalidInput([
        Diagnostic(
          at: SourceLocation(file: file, line: 1, column: 1), "the file holds no document",
          remedy: "write one with `zerotouch init`")
      ])
    }
    guard documents.count == 1 else {
      throw InvalidInput([
        Diagnostic(
          at: documents[1].location, "the file holds \(documents.count) documents",
          remedy: "keep one cluster in each file")
      ])
    }
    return (first, problems)
  }

  /// In the order of the file; what has no place comes last.
  static func inOrder(_ problems: [Diagnostic]) -> [Diagnostic] {
    problems.enumerated().sorted { left, right in
      switch (left.element.location, right.element.location) {
      case (let first?, let second?) where first != second: first < second
      case (.some, nil): true
      case (nil, .some): false
      default: left.offset < right.offset
      }
    }.map(\.element)
  }
}
