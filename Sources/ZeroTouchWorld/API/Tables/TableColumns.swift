import Foundation
import ZeroTouchModel

/// The columns of `kubectl get` for one kind.
struct TableColumns {
  /// One column: its heading and what stands in it.
  struct Column: Sendable {
    let name: String
    var type = "string"
    /// 0 is always shown, 1 with `-o wide`.
    var priority = 0
    var description = ""
    let cell: @Sendable (JSONValue, World) -> JSONValue

    init(
      _ name: String, type: String = "string", priority: Int = 0, description: String = "",
      _ cell: @escaping @Sendable (JSONValue, World) -> JSONValue
    ) {
      self.name = name
      self.type = type
      self.priority = priority
      self.description = description
      self.cell = cell
    }
  }

  private let columns: [Column]

  init(_ type: ResourceType, version: String) {
    let declared = type.version(version)?.columns ?? []
    let own = type.isCustom ? declared.map(Column.init(declared:)) : Self.builtIn[type.id] ?? []
    columns = own.isEmpty ? [.name, .age] : own.contains { $0.name == "Name" } ? own : [.name] + own
  }

  /// `columnDefinitions` of a Table.
  var definitions: [JSONValue] {
    columns.map {
      [
        "name": .string($0.name), "type": .string($0.type), "format": $0.name == "Name" ? "name" : "",
        "description": .string($0.description), "priority": JSONValue($0.priority),
      ]
    }
  }

  /// The cells of an object's row.
  func cells(of object: JSONValue, in world: World) -> [JSONValue] { columns.map { $0.cell(object, world) } }
}

extension TableColumns.Column {
  static let name = TableColumns.Column("Name") { object, _ in object[path: "metadata", "name"] ?? "" }

  /// How long ago the object was created.
  static let age = TableColumns.Column("Age") { object, world in
    .string(world.age(of: object[path: "metadata", "creationTimestamp"]?.stringValue))
  }

  /// A column that a definition declares.
  fileprivate init(declared column: ResourceType.Column) {
    self.init(column.name, type: column.type, priority: column.priority, description: column.description) {
      object, world in
      let value = ColumnPath(column.jsonPath).value(in: object)
      switch (column.type, value) {
      case ("date", .string(let text)): return .string(world.age(of: text))
      case ("date", _): return "<unknown>"
      case (_, nil): return .null
      case ("string", .string(let text)): return .string(text)
      case ("string", let value?): return .string(value.text())
      case (_, let value?): return value
      }
    }
  }
}

extension World {
  /// The time since a timestamp as `kubectl get` prints it.
  func age(of timestamp: String?) -> String {
    guard let timestamp, let date = try? Date(timestamp, strategy: .iso8601) else { return "<unknown>" }
    return ReadableAge.text(seconds: Int(self.date(at: now).timeIntervalSince(date)))
  }
}
