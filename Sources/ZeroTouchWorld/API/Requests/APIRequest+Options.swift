import ZeroTouchModel

/// What happens to fields that a schema does not know.
enum FieldValidation: String {
  case ignore = "Ignore"
  case warn = "Warn"
  case strict = "Strict"
}

extension APIRequest {
  var isDryRun: Bool { query.contains { $0.name == "dryRun" && $0.value == "All" } }

  /// A query flag as Go reads it.
  func flag(_ name: String) -> Bool { ["true", "1"].contains(first(name) ?? "") }

  var fieldValidation: FieldValidation { first("fieldValidation").flatMap(FieldValidation.init) ?? .warn }

  /// Who writes: the named field manager, or the client program.
  var manager: String {
    if let named = first("fieldManager"), !named.isEmpty { return named }
    let agent = headers["user-agent"]?.split(separator: "/").first.map(String.init) ?? ""
    return agent.isEmpty ? "unknown" : agent
  }

  var contentType: String {
    let full = headers["content-type"] ?? "application/json"
    return full.split(separator: ";").first.map { $0.trimmingPrefix { $0 == " " }.lowercased() } ?? full
  }
}

/// The form in which a client wants to see objects.
enum Representation: Hashable, Sendable {
  /// What a row of a Table carries of its object.
  enum RowObject: String, Sendable {
    case none = "None"
    case metadata = "Metadata"
    case object = "Object"
  }

  case whole
  case metadataOnly
  case table(RowObject)

  init(_ request: APIRequest) {
    // The first form that is offered counts, as in content negotiation without weights.
    for offer in (request.headers["accept"] ?? "").split(separator: ",") {
      if offer.contains("as=Table") {
        self = .table(request.first("includeObject").flatMap(RowObject.init) ?? .metadata)
        return
      }
      if offer.contains("as=PartialObjectMetadata") {
        self = .metadataOnly
        return
      }
      if offer.contains("application/json"), !offer.contains("as=") { break }
    }
    self = .whole
  }
}
