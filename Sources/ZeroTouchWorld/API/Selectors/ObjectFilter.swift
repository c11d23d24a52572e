import ZeroTouchModel

/// Which objects of a resource a list or watch wants.
struct ObjectFilter: Sendable, Hashable {
  let labels: LabelSelector
  let fields: FieldSelector

  /// Reads the selectors of a request; a path that names one object narrows to it.
  init(_ request: APIRequest, _ type: ResourceType, name: String? = nil) throws(APIFailure) {
    labels = try LabelSelector(parsing: request.first("labelSelector") ?? "")
    let own = request.first("fieldSelector") ?? ""
    let named = name.map { "metadata.name=\($0)" } ?? ""
    fields = try FieldSelector(parsing: [own, named].filter { !$0.isEmpty }.joined(separator: ","))
    if let refusal = fields.refusal(for: type) { throw refusal }
  }

  /// Whether everything passes.
  var isEverything: Bool { labels.requirements.isEmpty && fields.isEmpty }

  func matches(_ object: JSONValue) -> Bool { fields.matches(object) && labels.matches(object) }
}
