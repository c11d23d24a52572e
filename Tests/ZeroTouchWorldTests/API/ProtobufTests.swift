import Foundation
import Testing
import ZeroTouchModel
import ZeroTouchWorld

struct ProtobufTests {
  /// Writes messages as Go's typed clients do.
  private enum Wire {
    static func field(_ number: UInt8, _ bytes: [UInt8]) -> [UInt8] {
      [number << 3 | 2] + length(bytes.count) + bytes
    }
    static func text(_ number: UInt8, _ text: String) -> [UInt8] { field(number, Array(text.utf8)) }
    static func pair(_ number: UInt8, _ key: String, _ value: [UInt8]) -> [UInt8] {
      field(number, text(1, key) + field(2, value))
    }
    static func body(_ apiVersion: String, _ kind: String, _ raw: [UInt8]) -> Data {
      Data([0x6b, 0x38, 0x73, 0] + field(1, text(1, apiVersion) + text(2, kind)) + field(2, raw))
    }
    private static func length(_ count: Int) -> [UInt8] {
      count < 128 ? [UInt8(count)] : [UInt8(count & 0x7f | 0x80), UInt8(count >> 7)]
    }
  }

  private static let type = "application/vnd.kubernetes.protobuf"

  @Test func `a secret arrives with its bytes and labels`() {
    var client = APIClient()
    let metadata =
      Wire.text(1, "s") + Wire.text(2, "") + Wire.text(3, "default") + Wire.field(8, [])
      + Wire.pair(11, "owner", Array("helm".utf8))
    let raw = Wire.field(1, metadata) + Wire.pair(2, "release", [1, 2, 255]) + Wire.text(3, "helm.sh/release.v1")
    let answer = client.send(
      "POST", "/api/v1/namespaces/default/secrets", data: Wire.body("v1", "Secret", raw), type: Self.type)
    #expect(answer.status == 201, "\(answer.text)")
    #expect(answer.body["data"] == ["release": "AQL/"])
    #expect(answer.body[path: "metadata", "labels"] == ["owner": "helm"])
    #expect(answer.body["type"] == "helm.sh/release.v1")
  }

  @Test func `a question about rights is answered`() {
    var client = APIClient()
    let raw = Wire.field(1, []) + Wire.field(2, Wire.field(1, Wire.text(2, "create") + Wire.text(5, "secrets")))
    let body = Wire.body("authorization.k8s.io/v1", "SelfSubjectAccessReview", raw)
    let answer = client.send(
      "POST", "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", data: body, type: Self.type)
    #expect(answer.body[path: "status", "allowed"] == true)
    #expect(answer.body[path: "spec", "resourceAttributes", "resource"] == "secrets")
  }

  @Test func `a deletion keeps to its policy`() {
    var client = APIClient()
    let maps = "/api/v1/namespaces/default/configmaps"
    _ = client.send("POST", maps, Sample.configMap("a"))
    let body = Wire.body("v1", "DeleteOptions", Wire.text(4, "Nonsense"))
    #expect(client.send("DELETE", maps + "/a", data: body, type: Self.type).status == 400)
    let orphan = Wire.body("v1", "DeleteOptions", Wire.text(4, "Orphan"))
    #expect(client.send("DELETE", maps + "/a", data: orphan, type: Self.type).status == 200)
  }

  @Test func `truncated, unknown and endless messages are refused`() {
    var client = APIClient()
    let maps = "/api/v1/namespaces/default/configmaps"
    let whole = Wire.body("v1", "ConfigMap", Wire.field(1, Wire.text(1, "a")))
    for length in 4..<whole.count {
      let answer = client.send("POST", maps + "?dryRun=All", data: whole.prefix(length), type: Self.type)
      #expect(answer.status >= 400)
      #expect(answer.body["kind"] == "Status")
    }
    let unknown = client.send("POST", maps, data: Wire.body("v1", "Gizmo", []), type: Self.type)
    #expect(unknown.message == "no kind \"Gizmo\" is registered for version \"v1\"")
    let endless = Data([0x6b, 0x38, 0x73, 0] + Array(repeating: 0xff, count: 40))
    #expect(client.send("POST", maps, data: endless, type: Self.type).status == 400)
  }
}
