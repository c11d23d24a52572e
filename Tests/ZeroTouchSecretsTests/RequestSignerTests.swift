import Foundation
import Testing
import ZeroTouchModel
import ZeroTouchSecrets

struct RequestSignerTests {
  private let moment = Date(timeIntervalSince1970: 1_440_938_160)

  /// What botocore 1.43 signs for the same request at 2015-08-30T12:36:00Z.
  @Test(arguments: [
    (nil, "2ee0c48d506c421d79ff5650bf40389d64b64fef01d529258906597cf5dbc5db"),
    ("tok", "da6ec4dd547c04b1e4117e3a38dcba6fb068975533c2391e17701a1511ce2050"),
  ])
  func `a request is signed as the SDK of AWS signs it`(token: String?, signature: String) {
    let identity = AWSCredentials(
      keyID: "AKIDEXAMPLE", key: Secret("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"), token: token.map { Secret($0) })
    let signer = RequestSigner(identity, service: "ssm", region: "us-east-1", now: moment)
    let headers = signer.headers(
      host: "127.0.0.1:5000",
      ["content-type": "application/x-amz-json-1.1", "x-amz-target": "AmazonSSM.PutParameter"],
      body: Data(#"{"Name":"/a/b"}"#.utf8))
    let names = "content-type;host;x-amz-date;\(token == nil ? "" : "x-amz-security-token;")x-amz-target"
    #expect(
      headers["authorization"]
        == Secret(
          "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/ssm/aws4_request, SignedHeaders=\(names), Signature=\(signature)"
        ))
    #expect(headers["x-amz-date"] == Secret("20150830T123600Z"))
  }

  @Test(arguments: [
    (0.0, "19700101T000000Z"), (951_782_399, "20000228T235959Z"), (951_782_400, "20000229T000000Z"),
    (1_767_225_599, "20251231T235959Z"), (4_107_542_400, "21000301T000000Z"),
  ])
  func `the moment is told in the calendar`(seconds: Double, text: String) {
    let signer = RequestSigner(
      AWSCredentials(keyID: "a", key: Secret("b")), service: "s", region: "r", now: Date(timeIntervalSince1970: seconds)
    )
    #expect(signer.headers(host: "h", [:], body: Data())["x-amz-date"] == Secret(text))
  }

  @Test func `credentials are those of variables or of what aws exports, and an empty token is none`() {
    let variables = ["AWS_ACCESS_KEY_ID": "id", "AWS_SECRET_ACCESS_KEY": "key", "AWS_SESSION_TOKEN": ""]
    #expect(AWSCredentials(variables: variables) == AWSCredentials(keyID: "id", key: Secret("key")))
    #expect(AWSCredentials(variables: ["AWS_ACCESS_KEY_ID": "id"]) == nil)
    let exported = #"{"Version": 1, "AccessKeyId": "id", "SecretAccessKey": "key", "SessionToken": "token"}"#
    #expect(
      AWSCredentials(exported: exported) == AWSCredentials(keyID: "id", key: Secret("key"), token: Secret("token")))
    #expect(AWSCredentials(exported: "no JSON") == nil)
  }

  @Test func `values do not travel without encryption, but to this machine itself`() throws {
    #expect(
      try ParameterEndpoint(region: "eu-central-1", variables: [:]).url
        == "https://ssm.eu-central-1.amazonaws.com/")
    let local = try ParameterEndpoint(region: "r", variables: ["AWS_ENDPOINT_URL": "http://127.0.0.1:5000"])
    #expect(local.url == "http://127.0.0.1:5000/" && local.host == "127.0.0.1:5000")
    for address in ["http://example.org", "ftp://127.0.0.1", "127.0.0.1"] {
      #expect(throws: InvalidInput.self) {
        try ParameterEndpoint(region: "r", variables: ["AWS_ENDPOINT_URL_SSM": address])
      }
    }
  }
}
