import ArgumentParser
import Foundation
import ZeroTouchModel
import ZeroTouchSecrets

/// `zerotouch secrets list`.
struct SecretsListCommand: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Names, owners and ages of the parameters in AWS, and who reads them; never values.",
    discussion: """
      What no ExternalSecret of the repository reads is `-`; what is read and not there is `missing`.

      EXAMPLES
        zerotouch secrets list
        zerotouch secrets list --prefix /zerotouch/staging -o json
      """)

  @OptionGroup var store: ParameterStoreOptions
  @OptionGroup var output: OutputOptions

  func execute(in environment: LiveEnvironment) async throws -> ExitStatus {
    let place = try store.place(in: environment)
    async let demanded = environment.parameterDemand(at: place)
    let stored = try await store.access(to: place, in: environment).described(below: place.prefix)
    let listing = ParameterListing(stored: stored, demand: try await demanded, now: environment.now)
    environment.console.result(output.output == .json ? listing.json.text(.indented) : listing.text)
    return .done
  }
}

/// What lies in the store, and what should.
private struct ParameterListing {
  let stored: [StoredParameter]
  let demand: ParameterDemand
  let now: Date

  private var missing: [String] { demand.missing(from: Set(stored.map(\.name))) }

  var text: String {
    var table = Table(header: ["PARAMETER", "OWNER", "AGE", "VERSION", "TYPE", "READ BY"])
    table.rows =
      stored.map { one in
        let owner = one.owner.isEmpty ? "-" : one.owner
        return [one.name, owner, age(one).inDays, "\(one.version)", one.type, readers(one.name)]
      } + missing.map { [$0, "-", "-", "-", "missing", readers($0)] }
    return table.text
  }

  var json: JSONValue {
    .array(
      stored.map { one in
        [
          "name": .string(one.name), "owner": .string(one.owner), "ageSeconds": JSONValue(age(one)),
          "version": JSONValue(one.version), "type": .string(one.type), "tier": .string(one.tier),
          "readers": .array((demand.readers[one.name] ?? []).map(JSONValue.string)),
        ]
      }
        + missing.map { name in
          [
            "name": .string(name), "state": "missing",
            "readers": .array((demand.readers[name] ?? []).map(JSONValue.string)),
          ]
        })
  }

  private func age(_ one: StoredParameter) -> Int { max(Int(now.timeIntervalSince(one.modified)), 0) }

  private func readers(_ name: String) -> String { demand.readers[name]?.joined(separator: ", ") ?? "-" }
}

extension Int {
  /// So many seconds as one figure with its unit, as kubectl tells ages.
  fileprivate var inDays: String {
    switch self {
    case 0..<120: "\(self)s"
    case ..<7200: "\(self / 60)m"
    case ..<172_800: "\(self / 3600)h"
    default: "\(self / 86400)d"
    }
  }
}
