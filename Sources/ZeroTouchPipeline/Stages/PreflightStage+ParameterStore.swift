import Foundation
import ZeroTouchManifests
import ZeroTouchModel

extension PreflightStage {
  /// The store that Git holds has to look where the spec says, or every ExternalSecret would fail later.
  static func parameterStoreChecks(_ bootstrap: Bootstrap) -> [Check] {
    guard let wanted = bootstrap.spec.secrets.aws else { return [] }
    let path = bootstrap.layout.path("platform/01-foundation/aws-parameter-store/cluster-secret-store.yaml")
    return [
      Check(question: .file(path)) { answer in
        guard case .contents(let data) = answer,
          let stores = try? YAMLDocuments.parse(String(decoding: data, as: UTF8.self), file: path)
        else { return [] }
        return stores.flatMap { differences(of: $0, from: wanted, path) }
      }
    ]
  }

  private static func differences(
    of store: JSONValue, from wanted: SecretReferences.AWS, _ path: String
  ) -> [Diagnostic] {
    let held = store[path: "spec", "provider", "aws"]
    let pairs = [("region", wanted.region), ("prefix", wanted.prefix)]
    return pairs.compactMap { key, value in
      // A store without a prefix takes whole names, which is as good.
      guard let other = held?[key]?.stringValue, other != value else { return nil }
      return Diagnostic(
        "the spec's Parameter Store has the \(key) `\(value)`, but the store in Git looks in `\(other)`",
        remedy: "make `secrets.aws.\(key)` and \(path) agree, and commit")
    }
  }
}
