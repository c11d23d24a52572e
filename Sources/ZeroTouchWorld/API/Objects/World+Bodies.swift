import ZeroTouchModel

extension World {
  /// The object a client sent, in JSON or protobuf, as the schema of its kind allows it.
  func object(in request: APIRequest, for write: inout ObjectWrite) throws(APIFailure) -> JSONValue {
    let body = try request.document()
    guard body.objectValue != nil else {
      throw .badRequest("the object provided is unrecognized (must be of type \(write.type.kind))")
    }
    let kind = body["kind"]?.stringValue ?? ""
    let expected = write.apiVersion
    let isScale = write.subresource == "scale"
    if !isScale, kind != write.type.kind || body["apiVersion"]?.stringValue != expected {
      throw .badRequest(
        "\(kind) in version \"\(body["apiVersion"]?.stringValue ?? "")\" cannot be handled as a \(write.type.kind)"
          + ": expected \(expected), Kind=\(write.type.kind)")
    }
    return try pruned(body, &write)
  }

  /// The object without fields its schema does not know; under strict validation they are refused.
  func pruned(_ object: JSONValue, _ write: inout ObjectWrite) throws(APIFailure) -> JSONValue {
    guard let schema = write.type.version(write.version)?.schema else { return object }
    var unknown: [String] = []
    let result = StructuralSchema(schema).pruned(object, unknown: &unknown)
    guard !unknown.isEmpty else { return object }
    let texts = unknown.sorted().map { "unknown field \"\($0)\"" }
    switch write.validation {
    case .strict: throw .badRequest("strict decoding error: " + texts.joined(separator: ", "))
    case .warn: write.warnings += texts
    case .ignore: break
    }
    return result
  }

  /// The options of a DELETE, which may be missing.
  func deleteOptions(in request: APIRequest) throws(APIFailure) -> JSONValue {
    request.body.isEmpty ? [:] : try request.document()
  }
}

extension APIRequest {
  /// The body as a value, whichever of the formats it is in.
  func document() throws(APIFailure) -> JSONValue {
    if body.starts(with: ProtobufBody.magic) {
      return try ProtobufBody.read(body)
    }
    switch contentType {
    case "application/vnd.kubernetes.protobuf":
      throw .badRequest("provided data does not appear to be a protobuf message, expected prefix [107 56 115 0]")
    case "application/cbor": throw .unsupportedMediaType(["application/json", "application/vnd.kubernetes.protobuf"])
    default: break
    }
    do {
      return try JSONValue(parsing: body)
    } catch {
      throw .badRequest("couldn't get version/kind; json parse error: \(error)")
    }
  }
}
