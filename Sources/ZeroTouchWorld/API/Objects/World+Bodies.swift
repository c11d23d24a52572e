import Foundation
import ZeroTouchManifests
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
    let live = objects[write.key]
    return try pruned(AutoscalerVersions.converted(body, &write, over: live), &write)
  }

  /// The object without fields its schema does not know; under strict validation they are refused.
  func pruned(_ object: JSONValue, _ write: inout ObjectWrite) throws(APIFailure) -> JSONValue {
    do throws(DecodingProblem) {
      return try decoded(object, &write)
    } catch {
      let kind = write.type.kind
      throw .badRequest("\(kind) in version \"\(write.spokenVersion)\" cannot be handled as a \(kind): \(error.text)")
    }
  }

  /// The object that a patch made, in the same way; the refusal speaks of the patch.
  func pruned(_ object: JSONValue, by patch: JSONValue, _ write: inout ObjectWrite) throws(APIFailure) -> JSONValue {
    do throws(DecodingProblem) {
      return try decoded(object, &write)
    } catch {
      throw .invalidPatch(patch.text(), error.text)
    }
  }

  private func decoded(_ object: JSONValue, _ write: inout ObjectWrite) throws(DecodingProblem) -> JSONValue {
    if !write.type.isCustom { try TypedDecoding(kind: write.type.kind).check(object) }
    var unknown: [String] = []
    var result = object
    if let metadata = object["metadata"] {
      result["metadata"] = StructuralSchema(BuiltInStructure.metadata)
        .pruned(metadata, at: "metadata", unknown: &unknown)
    }
    if let schema = write.type.schema(version: write.version) {
      result = StructuralSchema(schema).pruned(result, unknown: &unknown)
    }
    guard !unknown.isEmpty else { return object }
    let texts = unknown.sorted().map { "unknown field \"\($0)\"" }
    switch write.validation {
    case .strict: throw DecodingProblem(text: "strict decoding error: " + texts.joined(separator: ", "))
    case .warn: write.warnings += texts
    case .ignore: break
    }
    return result
  }

  /// The options of a DELETE, which may be missing.
  func deleteOptions(in request: APIRequest) throws(APIFailure) -> JSONValue {
    request.body == .bytes(Data()) ? [:] : try request.document()
  }
}

extension ResourceType {
  /// The schema that objects of a version are held against; nil where the server has none.
  func schema(version: String) -> JSONValue? {
    isCustom ? self.version(version)?.schema : BuiltInStructure.schema(of: kind)
  }
}

extension APIRequest {
  /// The body as a value, whichever of the formats it is in.
  func document() throws(APIFailure) -> JSONValue {
    let body: Data
    switch self.body {
    case .document(let value): return value
    case .bytes(let bytes): body = bytes
    }
    if body.starts(with: ProtobufBody.magic) {
      return try ProtobufBody.read(body)
    }
    switch contentType {
    case "application/vnd.kubernetes.protobuf":
      throw .badRequest("provided data does not appear to be a protobuf message, expected prefix [107 56 115 0]")
    case "application/cbor": throw .unsupportedMediaType(["application/json", "application/vnd.kubernetes.protobuf"])
    case "application/yaml", "application/apply-patch+yaml": return try yaml()
    case let type where !type.hasSuffix("json"):
      throw .unsupportedMediaType(["application/json", "application/yaml", "application/vnd.kubernetes.protobuf"])
    default: break
    }
    do {
      return try JSONValue(parsing: body)
    } catch {
      throw .badRequest("couldn't get version/kind; json parse error: \(error)")
    }
  }

  /// The one YAML document in the body; most clients send JSON, which is YAML.
  func yaml() throws(APIFailure) -> JSONValue {
    let body: Data
    switch self.body {
    case .document(let value): return value
    case .bytes(let bytes): body = bytes
    }
    if let value = try? JSONValue(parsing: body) { return value }
    do {
      guard let value = try YAMLDocuments.parse(String(decoding: body, as: UTF8.self), file: "the body").first else {
        throw APIFailure.badRequest("error decoding YAML: the body is empty")
      }
      return value
    } catch let failure as APIFailure {
      throw failure
    } catch {
      throw .badRequest("error decoding YAML: \(error)")
    }
  }
}
