import Foundation
import ZeroTouchModel

/// Reads the envelope in which typed clients send objects as protobuf.
enum ProtobufBody {
  /// `k8s` and a zero byte.
  static let magic: [UInt8] = [0x6b, 0x38, 0x73, 0x00]

  /// The object in a body, as JSON would carry it.
  static func read(_ body: Data) throws(APIFailure) -> JSONValue {
    let bytes = Array(body)
    do throws(ProtobufSyntaxError) {
      var envelope = ProtobufReader(bytes[magic.count...])
      var (apiVersion, kind) = ("", "")
      var raw: ArraySlice<UInt8> = []
      while let field = try envelope.next() {
        if field.number == 1, let type = field.bytes { (apiVersion, kind) = try typeMeta(type) }
        if field.number == 2, let bytes = field.bytes { raw = bytes }
      }
      let isOldAutoscaler = kind == "HorizontalPodAutoscaler" && apiVersion == "autoscaling/v1"
      let old = isOldAutoscaler ? ProtobufMessage.top([2: ("spec", .message(.autoscalerVersion1))]) : nil
      guard let message = old ?? ProtobufMessage.named[kind] else {
        throw ProtobufSyntaxError(reason: "no kind \"\(kind)\" is registered for version \"\(apiVersion)\"")
      }
      var object = try message.decode(raw, depth: 0) ?? [:]
      object["apiVersion"] = .string(apiVersion)
      object["kind"] = .string(kind)
      return object
    } catch {
      throw .badRequest(error.reason)
    }
  }

  private static func typeMeta(_ bytes: ArraySlice<UInt8>) throws(ProtobufSyntaxError) -> (String, String) {
    var reader = ProtobufReader(bytes)
    var result = ("", "")
    while let field = try reader.next() {
      if field.number == 1 { result.0 = field.text }
      if field.number == 2 { result.1 = field.text }
    }
    return result
  }
}
