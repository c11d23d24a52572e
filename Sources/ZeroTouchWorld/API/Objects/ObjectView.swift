import ZeroTouchModel

/// Shows objects of one kind in the version and form a client asked for.
struct ObjectView: Sendable {
  let type: ResourceType
  let version: String
  let representation: Representation

  init(_ type: ResourceType, version: String, representation: Representation) {
    self.type = type
    self.version = version
    self.representation = representation
  }

  /// One object.
  func one(_ object: JSONValue, in world: World) -> JSONValue {
    switch representation {
    case .whole: return type.served(object, as: version)
    case .metadataOnly: return Self.metadataOnly(object)
    case .table(let rows):
      let revision = object[path: "metadata", "resourceVersion"]
      return table([object], rows, metadata: revision.map { ["resourceVersion": $0] } ?? [:], in: world)
    }
  }

  /// A list of objects at a revision.
  func list(_ objects: [JSONValue], revision: UInt64, in world: World) -> JSONValue {
    list(objects, metadata: ["resourceVersion": .string(String(revision))], in: world)
  }

  /// A list, or a page of one, with the metadata that say so.
  func list(_ objects: [JSONValue], metadata: JSONValue, in world: World) -> JSONValue {
    switch representation {
    case .whole:
      return [
        "kind": .string(type.listKind), "apiVersion": .string(GroupVersion(type.id.group, version).description),
        "metadata": metadata, "items": .array(objects.map { type.served($0, as: version) }),
      ]
    case .metadataOnly:
      return [
        "kind": "PartialObjectMetadataList", "apiVersion": "meta.k8s.io/v1", "metadata": metadata,
        "items": .array(objects.map(Self.metadataOnly)),
      ]
    case .table(let rows): return table(objects, rows, metadata: metadata, in: world)
    }
  }

  private func table(
    _ objects: [JSONValue], _ rows: Representation.RowObject, metadata: JSONValue, in world: World
  ) -> JSONValue {
    let columns = TableColumns(type, version: version)
    return [
      "kind": "Table", "apiVersion": "meta.k8s.io/v1", "metadata": metadata,
      "columnDefinitions": .array(columns.definitions),
      "rows": .array(
        objects.map { object in
          var row: JSONValue = ["cells": .array(columns.cells(of: object, in: world))]
          switch rows {
          case .none: break
          case .metadata: row["object"] = Self.metadataOnly(object)
          case .object: row["object"] = type.served(object, as: version)
          }
          return row
        }),
    ]
  }

  static func metadataOnly(_ object: JSONValue) -> JSONValue {
    [
      "kind": "PartialObjectMetadata", "apiVersion": "meta.k8s.io/v1", "metadata": object["metadata"] ?? [:],
    ]
  }
}

extension ObjectView {
  /// A bookmark in the form the client watches in.
  func bookmark(_ object: JSONValue, _ metadata: JSONValue) -> JSONValue {
    switch representation {
    case .whole: object
    case .metadataOnly: Self.metadataOnly(object)
    case .table:
      [
        "kind": "Table", "apiVersion": "meta.k8s.io/v1",
        "metadata": ["resourceVersion": metadata["resourceVersion"] ?? ""],
        "columnDefinitions": .array(TableColumns(type, version: version).definitions),
        "rows": [["cells": [], "object": Self.metadataOnly(object)]],
      ]
    }
  }
}
