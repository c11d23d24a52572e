import Foundation
import ZeroTouchModel

/// The part of a list that a request wants: all of it, or the next so many objects behind a place.
struct ListPage {
  private let limit: Int?
  /// The revision the list began at and the last object it gave, where it goes on.
  private let start: (revision: UInt64, after: ObjectKey)?

  init(_ request: APIRequest, _ resource: GroupResource) throws(APIFailure) {
    limit = request.first("limit").flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil }
    guard let token = request.first("continue"), !token.isEmpty else {
      start = nil
      return
    }
    guard let place = Self.place(token, resource) else {
      throw .badRequest("invalid continue token: continue key is not valid")
    }
    start = place
  }

  /// Cuts the page out of what there is; the metadata say whether more follows.
  func cut(
    _ store: ObjectStore, _ resource: GroupResource, _ namespace: String?, _ filter: ObjectFilter
  ) throws(APIFailure) -> (items: [JSONValue], metadata: JSONValue) {
    let revision = start?.revision ?? store.revision
    guard let all = store.list(resource, namespace: namespace, at: revision) else {
      throw APIFailure(
        status: 410, reason: "Expired",
        message: "The provided continue parameter is too old to display a consistent list result. "
          + "Start a new list without the continue parameter.")
    }
    let rest = all.filter { entry in start.map { $0.after < entry.key } ?? true && filter.matches(entry.object) }
    let page = rest.prefix(limit ?? rest.count)
    var metadata: JSONValue = ["resourceVersion": .string(String(revision))]
    if page.count < rest.count, let last = page.last {
      metadata["continue"] = .string(Self.token(revision, last.key))
      if filter.isEverything { metadata["remainingItemCount"] = JSONValue(rest.count - page.count) }
    }
    return (page.map(\.object), metadata)
  }

  /// Whether the whole list is wanted.
  var isWhole: Bool { limit == nil && start == nil }

  private static func token(_ revision: UInt64, _ key: ObjectKey) -> String {
    let place: JSONValue = ["rv": JSONValue(Int(revision)), "ns": .string(key.namespace), "start": .string(key.name)]
    return place.encoded().base64EncodedString().replacing("=", with: "")
  }

  private static func place(_ token: String, _ resource: GroupResource) -> (revision: UInt64, after: ObjectKey)? {
    let padded = token + String(repeating: "=", count: (4 - token.utf8.count % 4) % 4)
    guard let data = Data(base64Encoded: padded), let place = try? JSONValue(parsing: data),
      let revision = place["rv"]?.intValue.flatMap({ UInt64(exactly: $0) }), let name = place["start"]?.stringValue
    else { return nil }
    return (revision, ObjectKey(resource, place["ns"]?.stringValue ?? "", name))
  }
}
