/// What `talosctl service NAME` says of one service.
package struct TalosServiceStatus: Sendable, Hashable {
  package let id: String
  package let state: String
  /// `OK`, `Fail` or `?`.
  package let health: String

  /// Reads the lines `ID`, `STATE` and `HEALTH`; nil when they are missing.
  package init?(_ text: String) {
    var fields: [String: String] = [:]
    for line in text.split(whereSeparator: \.isNewline) {
      let words = line.split(separator: " ", maxSplits: 1)
      guard let key = words.first, fields[String(key)] == nil else { continue }
      fields[String(key)] = words.count > 1 ? words[1].trimmed : ""
    }
    guard let id = fields["ID"], let state = fields["STATE"] else { return nil }
    self.id = id
    self.state = state
    health = fields["HEALTH"] ?? ""
  }

  /// The rows of `talosctl service`; empty when it is no table.
  package static func all(in text: String) -> [Self] {
    TalosTable(text).rows.compactMap { row in
      guard let id = row["SERVICE"], !id.isEmpty, let state = row["STATE"] else { return nil }
      return Self(id: id, state: state, health: row["HEALTH"] ?? "")
    }
  }

  private init(id: String, state: String, health: String) {
    (self.id, self.state, self.health) = (id, state, health)
  }

  package var isHealthy: Bool { state == "Running" && health == "OK" }
}

/// One row of `talosctl etcd members`.
package struct EtcdMember: Sendable, Hashable {
  package let id: String
  package let hostname: String
  /// Whether it does not vote yet.
  package let isLearner: Bool

  /// Reads the table; empty when it is none.
  package static func members(in text: String) -> [Self] {
    TalosTable(text).rows.compactMap { row in
      guard let id = row["ID"], !id.isEmpty, let hostname = row["HOSTNAME"] else { return nil }
      return Self(id: id, hostname: hostname, isLearner: row["LEARNER"] == "true")
    }
  }
}

extension Substring {
  fileprivate var trimmed: String { String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()) }
}

/// One row of `talosctl get manifests`.
package enum TalosManifest {
  /// The names in the table, such as `11-core-dns`; empty when it is none.
  package static func names(in text: String) -> Set<String> {
    Set(TalosTable(text).rows.compactMap { $0["ID"] }.filter { !$0.isEmpty })
  }
}
