import Foundation
import ZeroTouchModel

/// The old OpenAPI document, without any schema: kubectl only wants to see that a kind it does not find is in none.
///
/// Without the document kubectl reports an unknown kind as a failed download instead of `no matches for kind`.
enum OpenAPIVersion2 {
  private static let protobuf = "application/com.github.proto-openapi.spec.v2@v1.0+protobuf"

  static func reply(to request: APIRequest) -> APIResponse.Reply {
    guard (request.headers["accept"] ?? "").contains("protobuf") else {
      let document: JSONValue = [
        "swagger": "2.0", "info": ["title": "Kubernetes", "version": "unversioned"], "paths": [:], "definitions": [:],
      ]
      return APIResponse.Reply(body: document.encoded())
    }
    let info = text(1, "Kubernetes") + text(2, "unversioned")
    return APIResponse.Reply(contentType: protobuf, body: Data(text(1, "2.0") + field(2, info)))
  }

  private static func text(_ number: UInt8, _ text: String) -> [UInt8] { field(number, Array(text.utf8)) }

  /// A length-delimited field of fewer than 128 bytes.
  private static func field(_ number: UInt8, _ bytes: [UInt8]) -> [UInt8] {
    [number << 3 | 2, UInt8(bytes.count)] + bytes
  }
}
