import Foundation

extension OpenAPIDocuments {
  /// The old document, which kubectl reads before it applies a `List`: it names no kind, so kubectl leaves the
  /// validation of every one to the server.
  ///
  /// A protobuf message of gnostic's OpenAPIv2: `swagger` (field 1), `info` (2) and empty `paths` (8); kubectl accepts
  /// no other form.
  static let version2 = APIResponse.Reply(
    contentType: "application/com.github.proto-openapi.spec.v2.v1.0+protobuf",
    body: Data(
      field(1, Array("2.0".utf8))
        + field(2, field(1, Array("Kubernetes".utf8)) + field(2, Array("unversioned".utf8))) + field(8, [])))

  /// A length-delimited field; all of these are shorter than 128 bytes.
  private static func field(_ number: UInt8, _ bytes: [UInt8]) -> [UInt8] {
    [number << 3 | 2, UInt8(bytes.count)] + bytes
  }
}
