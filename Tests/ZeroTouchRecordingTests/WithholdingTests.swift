import Foundation
import Testing
import ZeroTouchModel
import ZeroTouchRecording

struct WithholdingTests {
  private static let token = "ghp_sentinel0123456789"
  private static let standIn = "withheld-1"

  private var withholding: Withholding {
    var pseudonyms = Pseudonyms()
    pseudonyms.learn(Data(Self.token.utf8), as: Data(Self.standIn.utf8))
    return Withholding(
      pseudonyms: pseudonyms, redactor: Redactor([Secret("another-sentinel")]),
      permitted: [Data(Self.standIn.utf8).base64EncodedString()], places: RecordedPlaces(["home": "/root"]))
  }

  @Test func `a stand-in is equal where the secret was`() throws {
    let secret = Data(Self.token.utf8).base64EncodedString()
    let clean = withholding.cleaned(
      #"{"kind":"Secret","data":{"token":"\#(secret)","other":"YW5vdGhlcg=="},"metadata":{"name":"a"}}"#)
    let object = try JSONValue(parsing: clean)
    #expect(object[path: "data", "token"]?.stringValue == Data(Self.standIn.utf8).base64EncodedString())
    #expect(object[path: "data", "other"]?.stringValue == Data("withheld".utf8).base64EncodedString())
  }

  @Test(arguments: [
    "token=ghp_sentinel0123456789 in /root/x", "and another-sentinel",
    "-----BEGIN EC PRIVATE KEY-----\nc2VudGluZWw=\n-----END EC PRIVATE KEY-----",
    "key: \(Data("-----BEGIN ED25519 PRIVATE KEY-----\nsentinel\n-----END".utf8).base64EncodedString())",
    "apiVersion: v1\nkind: Secret\ndata:\n  a: sentinel\n  b: |\n    sentinel\nmetadata:\n  name: kept\n",
    "kind: Secret\nstringData: {a: sentinel}\n", #"{"kind":"Secret","data":{"a":"sentinel"#,
    #"[{"kind":"List","items":[{"kind":"Secret","stringData":{"a":"sentinel"}}]}]"#,
    #"{"kind":"Secret","metadata":{"annotations":{"kubectl.kubernetes.io/last-applied-configuration":"sentinel"}}}"#,
  ])
  func `no secret is left in a text`(text: String) {
    let clean = withholding.cleaned(text)
    #expect(!clean.contains("sentinel"), "\(clean)")
    #expect(!clean.contains(Data("sentinel".utf8).base64EncodedString().prefix(8)), "\(clean)")
    #expect(!clean.contains("/root"))
  }

  @Test(arguments: [
    "apiVersion: external-secrets.io/v1\nkind: SecretStore\ndata:\n  kept: value\n",
    "kind: ConfigMap\ndata:\n  a: b\n---\nkind: ExternalSecret\nspec:\n  data: [{secretKey: a}]\n",
    "certificate-authority-data: \(Data("-----BEGIN CERTIFICATE-----\nabcdefghijklmnop\n".utf8).base64EncodedString())\n",
    #"{"kind":"SecretStore","spec":{"data":"kept"}}"#, "automountServiceAccountToken: false\n",
  ])
  func `what is no secret stays as it is`(text: String) { #expect(withholding.cleaned(text) == text) }
}
