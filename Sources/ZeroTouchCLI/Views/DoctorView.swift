import ZeroTouchModel
import ZeroTouchTools

/// What was found on this laptop and on the way to the machines.
struct DoctorView: Sendable {
  let programs: [ToolVerdict]
  /// The ports that were tried; empty where no machine is known.
  let reached: [PortVerdict]
  /// The buckets of archives; empty where the repository names none.
  let archives: [ObjectLockVerdict]

  var isGood: Bool {
    programs.allSatisfy(\.isUsable) && reached.allSatisfy(\.isUsable) && archives.allSatisfy(\.isUsable)
  }

  var text: String {
    [
      programTable.text, reached.isEmpty ? nil : reachTable.text, archives.isEmpty ? nil : archiveTable.text,
      portTable.text,
    ].compactMap(\.self).joined(separator: "\n\n")
  }

  private var archiveTable: Table {
    var table = Table(header: ["ARCHIVE", "KEPT", "OBJECT LOCK", "VERDICT"])
    table.rows = archives.map {
      [$0.bucket.name, "\($0.bucket.retentionDays) days", $0.lock.word, Self.words($0.problem) ?? "good"]
    }
    return table
  }

  private var programTable: Table {
    var table = Table(header: ["PROGRAM", "VERSION", "VERDICT"])
    table.rows = programs.map { [$0.tool.rawValue, $0.version ?? "-", Self.words($0.problem) ?? "good"] }
    return table
  }

  private var reachTable: Table {
    var table = Table(header: ["NODE", "ADDRESS", "PORT", "STATE", "VERDICT"])
    table.rows = reached.map { verdict in
      [
        verdict.node.name, verdict.node.address.description, verdict.port.number, verdict.state.word,
        Self.words(verdict.problem) ?? (verdict.meaning.isEmpty ? "-" : verdict.meaning),
      ]
    }
    return table
  }

  private var portTable: Table {
    var table = Table(header: ["NODES", "PORT", "USE", "REACHED BY"])
    table.rows = Self.required.map { role, port in [role.rawValue, port.number, port.use, port.callers] }
    return table
  }

  private static func words(_ problem: Diagnostic?) -> String? { problem.map { "\($0.message): \($0.remedy)" } }

  private static var required: [(Node.Role, NodePort)] {
    Node.Role.allCases.flatMap { role in NodePort.required(of: role).map { (role, $0) } }
  }
}

extension DoctorView {
  var json: JSONValue {
    let ports = Self.required.map { role, port -> JSONValue in
      [
        "nodes": .string(role.rawValue), "port": .string(port.number), "use": .string(port.use),
        "reachedBy": .string(port.callers),
      ]
    }
    return [
      "programs": .array(programs.map(Self.json)), "reach": .array(reached.map(Self.json)), "ports": .array(ports),
      "archives": .array(archives.map(Self.json)),
    ]
  }

  private static func json(_ verdict: ObjectLockVerdict) -> JSONValue {
    let value: JSONValue = [
      "bucket": .string(verdict.bucket.name), "retentionDays": JSONValue(verdict.bucket.retentionDays),
      "claims": .array(verdict.bucket.claims.map(JSONValue.string)), "lock": .string(verdict.lock.word),
      "usable": .bool(verdict.isUsable),
    ]
    return adding(verdict.problem, to: value)
  }

  private static func json(_ verdict: ToolVerdict) -> JSONValue {
    var value: JSONValue = ["program": .string(verdict.tool.rawValue), "usable": .bool(verdict.isUsable)]
    value["version"] = verdict.version.map { .string($0) }
    return adding(verdict.problem, to: value)
  }

  private static func json(_ verdict: PortVerdict) -> JSONValue {
    let value: JSONValue = [
      "node": .string(verdict.node.name), "address": .string(verdict.node.address.description),
      "port": .string(verdict.port.number), "use": .string(verdict.port.use), "state": .string(verdict.state.word),
      "usable": .bool(verdict.isUsable), "meaning": .string(verdict.meaning),
    ]
    return adding(verdict.problem, to: value)
  }

  private static func adding(_ problem: Diagnostic?, to value: JSONValue) -> JSONValue {
    var value = value
    value["problem"] = problem.map { .string($0.message) }
    value["remedy"] = problem.map { .string($0.remedy) }
    return value
  }
}
