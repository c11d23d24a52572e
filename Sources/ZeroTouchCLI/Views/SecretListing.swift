import Foundation
import ZeroTouchManifests
import ZeroTouchModel
import ZeroTouchPipeline
import ZeroTouchSecrets

/// What lies in the store and in the cluster, and what should: names, owners and ages.
struct SecretListing: Sendable {
  /// The parameters, where there is a store.
  let parameters: ParameterListing?
  /// The Secrets, where the cluster could be asked.
  let secrets: [OwnedSecret]?
  let now: Date

  var text: String {
    [parameters?.table(now).text, secrets.map(table)?.text].compactMap(\.self).joined(separator: "\n\n")
  }

  var json: JSONValue {
    ["parameters": parameters?.json(now) ?? .null, "secrets": secrets.map { .array($0.map(entry)) } ?? .null]
  }

  private func table(of secrets: [OwnedSecret]) -> Table {
    var table = Table(header: ["SECRET", "OWNER", "AGE"])
    table.rows = secrets.map {
      [$0.name.description, $0.owner, $0.written.map { now.age(since: $0).inDays } ?? "missing"]
    }
    return table
  }

  private func entry(_ secret: OwnedSecret) -> JSONValue {
    var entry: JSONValue = ["name": .string(secret.name.description), "owner": .string(secret.owner)]
    if let written = secret.written {
      entry["ageSeconds"] = JSONValue(now.age(since: written))
    } else {
      entry["state"] = "missing"
    }
    return entry
  }
}

/// What lies in the store, and what should.
struct ParameterListing: Sendable {
  let stored: [StoredParameter]
  let demand: ParameterDemand

  private var missing: [String] { demand.missing(from: Set(stored.map(\.name))) }

  fileprivate func table(_ now: Date) -> Table {
    var table = Table(header: ["PARAMETER", "OWNER", "AGE", "VERSION", "TYPE", "READ BY"])
    table.rows =
      stored.map { one in
        let owner = one.owner.isEmpty ? "-" : one.owner
        return [one.name, owner, now.age(since: one.modified).inDays, "\(one.version)", one.type, readers(one.name)]
      } + missing.map { [$0, "-", "-", "-", "missing", readers($0)] }
    return table
  }

  fileprivate func json(_ now: Date) -> JSONValue {
    let present = stored.map { one -> JSONValue in
      [
        "name": .string(one.name), "owner": .string(one.owner), "ageSeconds": JSONValue(now.age(since: one.modified)),
        "version": JSONValue(one.version), "type": .string(one.type), "tier": .string(one.tier),
        "readers": .array((demand.readers[one.name] ?? []).map(JSONValue.string)),
      ]
    }
    let lacking = missing.map { name -> JSONValue in
      [
        "name": .string(name), "state": "missing",
        "readers": .array((demand.readers[name] ?? []).map(JSONValue.string)),
      ]
    }
    return .array(present + lacking)
  }

  private func readers(_ name: String) -> String { demand.readers[name]?.joined(separator: ", ") ?? "-" }
}

extension Date {
  fileprivate func age(since time: Date) -> Int { max(Int(timeIntervalSince(time)), 0) }
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
