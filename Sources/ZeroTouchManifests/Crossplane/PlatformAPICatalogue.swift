import Foundation
package import ZeroTouchModel

/// The APIs of a repository: one folder below `platform/apis` for each, with `definition.yaml` and `composition.yaml`.
package struct PlatformAPICatalogue: Sendable, Hashable {
  package let apis: [PlatformAPI]

  package init(_ apis: [PlatformAPI]) { self.apis = apis }

  /// Reads every API of a repository.
  package static func load(_ layout: RepositoryLayout) throws(InvalidInput) -> PlatformAPICatalogue {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: layout.platformAPIs)) ?? []
    var apis: [PlatformAPI] = []
    for name in names.sorted() {
      let folder = "\(layout.platformAPIs)/\(name)"
      guard FileManager.default.fileExists(atPath: "\(folder)/definition.yaml") else { continue }
      apis.append(try api(in: folder, shownAs: "platform/apis/\(name)"))
    }
    guard !apis.isEmpty else {
      throw InvalidInput([
        Diagnostic("there are no APIs in `\(layout.platformAPIs)`", remedy: "name another repository with --repository")
      ])
    }
    return PlatformAPICatalogue(apis)
  }

  private static func api(in folder: String, shownAs shown: String) throws(InvalidInput) -> PlatformAPI {
    let definition = try documents("definition.yaml", in: folder, shown).lazy
      .first { $0["kind"]?.stringValue == CompositeDefinition.kind }
    let compositions = try documents("composition.yaml", in: folder, shown)
      .filter { $0["kind"]?.stringValue == Composition.kind }
    guard let definition, !compositions.isEmpty else {
      throw refusal("`\(shown)` has no CompositeResourceDefinition, or no Composition")
    }
    do throws(CompositionFailure) {
      var read: [Composition] = []
      for composition in compositions { read.append(try Composition(composition)) }
      return PlatformAPI(try CompositeDefinition(definition).offeringClaims(), read)
    } catch {
      throw refusal("`\(shown)`: \(error)")
    }
  }

  private static func refusal(_ message: String) -> InvalidInput {
    InvalidInput([Diagnostic(message, remedy: "correct the definition or the composition there")])
  }

  private static func documents(
    _ file: String, in folder: String, _ shown: String
  ) throws(InvalidInput) -> [JSONValue] {
    guard let data = FileManager.default.contents(atPath: "\(folder)/\(file)") else {
      throw refusal("`\(shown)/\(file)` cannot be read")
    }
    return try YAMLDocuments.parse(String(decoding: data, as: UTF8.self), file: "\(shown)/\(file)")
  }

  /// The API that an object is a claim of.
  package func api(for object: JSONValue) -> PlatformAPI? { apis.first { $0.offers(object) } }

  /// Everything that is wrong with a document that is meant to be a claim.
  package func problems(of document: LocatedYAML) -> [ClaimProblem] {
    let named = document["kind"]?.scalar?.stringValue
    // A kind that is known with a group that is not: the group is what is wrong.
    if let api = api(for: document.json) ?? apis.first(where: { $0.definition.claimKind == named }) {
      return api.problems(of: document)
    }
    let known = apis.map { "`\($0.definition.claimKind)`" }.joined(separator: ", ")
    let path = FieldPath().appending("kind")
    let kind = named.map { "`\($0)`" } ?? "nothing"
    return [
      ClaimProblem(
        location: document.location(of: path), path: path, rule: "is \(kind), which is no API of this platform",
        remedy: "write one of \(known), of the group `\(apis.first?.definition.group ?? "")`", isUnknown: false)
    ]
  }
}

extension RepositoryLayout {
  /// The platform's own APIs.
  package var platformAPIs: String { path("platform/apis") }
  /// The schemas that editors use.
  package var platformAPISchemas: String { path("platform/apis/schemas") }
}
