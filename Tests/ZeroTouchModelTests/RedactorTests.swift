import Foundation
import Testing
import ZeroTouchModel

struct RedactorTests {
  private static let value = "S3cr\"et va/lue+ü<&>'x\nsecond/line of it\r\n    third, indented"

  private static func base64(_ text: String, before: Int = 0) -> String {
    Data((String(repeating: "x", count: before) + text).utf8).base64EncodedString()
  }

  private static let encodings: [String] = {
    let json = String(JSONValue.string(value).text().dropFirst().dropLast())
    let percent = value.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    return [
      value, base64(value), base64(value + "\n"), json, JSONValue.string(json).text(), "second/line of it",
      "third, indented", base64("second/line of it"), "second%2Fline%20of%20it", "second%2fline+of+it",
      "second\\/line of it", percent, json.replacingOccurrences(of: "ü", with: "\\u00fc"),
      json.replacingOccurrences(of: "<&>", with: "\\u003c\\u0026\\u003e"),
      Data(value.utf8).map { byte in
        String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
      }.joined(), base64(value).replacingOccurrences(of: "+", with: "-").replacingOccurrences(of: "/", with: "_"),
    ]
  }()

  @Test(arguments: encodings)
  func `no encoding of a value survives`(text: String) {
    let clean = Redactor([Secret(Self.value)]).redact("before \(text) after")
    #expect(!clean.contains(text))
    #expect(clean.hasPrefix("before ") && clean.hasSuffix(" after") && clean.contains("<redacted>"))
  }

  @Test(arguments: [
    "abc%2Fdef+ghi%40jkl=%C3%A4%22%F0%9F%98%80", "abc/def%2Bghi%40jkl%3D%C3%A4%22%F0%9F%98%80",
    "abc\\/def\\u002Bghi@jkl=\\u00E4\\\"\\uD83D\\uDE00",
  ])
  func `a value is found however much of it is escaped`(text: String) {
    let redactor = Redactor([Secret("abc/def+ghi@jkl=ä\"😀")])
    #expect(redactor.redact("100% \\q \(text)\\u12 %4") == "100% \\q <redacted>\\u12 %4")
  }

  @Test(arguments: 0..<6)
  func `base64 of something that holds the value at any place is cut out`(before: Int) throws {
    let whole = "user:\(String(repeating: "p", count: before))correct horse battery staple@host.example"
    let clean = Redactor([Secret("correct horse battery staple")]).redact(Self.base64(whole))
    let left = try #require(clean.components(separatedBy: "<redacted>").first)
    #expect(clean.contains("<redacted>"))
    let kept = Data(base64Encoded: left + String(repeating: "A", count: (4 - left.count % 4) % 4)) ?? Data()
    #expect(!String(decoding: kept, as: UTF8.self).contains("co"), "\(clean)")
  }

  @Test func `base64 that a tool broke into lines is cut out line by line`() {
    let key = (0..<40).map { "line \($0) of a long key" }.joined()
    let text = Self.base64(key)
    for (width, separator) in [(64, "\n"), (76, "\r\n"), (60, "\n    "), (11, "\n")] {
      let lines = stride(from: 0, to: text.count, by: width).map { String(text.dropFirst($0).prefix(width)) }
      let clean = Redactor([Secret(key)]).redact("a\n\(lines.joined(separator: separator))\nb")
      #expect(clean == "a\n<redacted>\nb", "\(width)")
    }
  }

  @Test func `a Secret in base64, which holds base64 itself, is cut out`() {
    let inner = #"{"data": {"key": "\#(Self.base64("correct horse battery"))"}}"#
    let clean = Redactor([Secret("correct horse battery")]).redact(Self.base64(inner))
    #expect(clean.contains("<redacted>") && clean.count < Self.base64(inner).count - 20, "\(clean)")
  }

  @Test func `bytes that are no text are found as a program's output shows them`() {
    let bytes = Data([0xFF, 0xFE, 0x41, 0x42, 0x43, 0x80, 0x44])
    let redactor = Redactor([Secret(bytes)])
    #expect(redactor.redact("<\(String(decoding: bytes, as: UTF8.self))>") == "<<redacted>>")
    #expect(redactor.redact(bytes.base64EncodedString()) == "<redacted>")
  }

  @Test func `values that overlap are one, and nothing of the second is left`() {
    let redactor = Redactor([Secret("abcdefgh"), Secret("efghijkl"), Secret("cdef")])
    #expect(redactor.redact("-abcdefghijkl-") == "-<redacted>-")
    #expect(redactor.redact("abcdefgh, efghijkl") == "<redacted>, <redacted>")
  }

  @Test func `other texts are left alone, also lines that every key has`() {
    var redactor = Redactor([Secret("abc")])
    #expect(redactor.redact("abc stays, for it is too short") == "abc stays, for it is too short")
    redactor.learn(Secret("long-enough"))
    redactor.learn(Secret("-----BEGIN KEY-----\nMIIEvQIBADANBgkq\n-----END KEY-----\n"))
    #expect(redactor.redact("a long-enough text, ü") == "a <redacted> text, ü")
    #expect(redactor.redact("-----BEGIN KEY-----\nMIIEvQIBADANBgkq") == "-----BEGIN KEY-----\n<redacted>")
    #expect(redactor.redact("") == "" && redactor.redact("lon") == "lon")
  }

  @Test func `with 200 secrets a text is still read once`() {
    let secrets = (0..<200).map { Secret("sk-common-prefix-of-all-\($0)-\(String($0, radix: 36))-end") }
    let redactor = Redactor(secrets)
    let text = (0..<200).map { "line \($0) says nothing of sk-common-prefix-of-any\n" }.joined()
    #expect(redactor.redact(text) == text)
    let leaky = text + secrets.map { String(decoding: $0.exposed, as: UTF8.self) }.joined(separator: " ")
    #expect(redactor.redact(leaky).components(separatedBy: "<redacted>").count == 201)
  }

  @Test func `a variable holds a credential by its name, unless it only says where one lies`() {
    for name in ["AWS_SECRET_ACCESS_KEY", "GITHUB_TOKEN", "db_password", "OPENAI_API_KEY", "AWS_SESSION_TOKEN"] {
      #expect(CredentialVariables.holdsCredential(name), "\(name)")
    }
    #expect(CredentialVariables.holdsCredential("SOPS_AGE_KEY"))
    for name in [
      "SOPS_AGE_KEY_FILE", "SOPS_AGE_KEY_CMD", "HOME", "AWS_SHARED_CREDENTIALS_FILE", "AWS_WEB_IDENTITY_TOKEN_FILE",
      "SECRET_NAME", "KEYBOARD",
    ] {
      #expect(!CredentialVariables.holdsCredential(name), "\(name)")
    }
  }

  @Test func `of a proxy's address what lets one in is a credential, however it is written`() {
    let variables = [
      "HTTPS_PROXY": "http://me:p%40ss%2Fword@proxy:3128", "ALL_PROXY": "token-alone@proxy", "NO_PROXY": "a.b,c",
      "http_proxy": "http://proxy:3128/",
    ]
    #expect(CredentialVariables.secrets(in: variables) == [Secret("token-alone"), Secret("p@ss/word")])
    let redactor = Redactor(CredentialVariables.secrets(in: variables))
    #expect(redactor.redact("at http://me:p%40ss%2fword@proxy") == "at http://me:<redacted>@proxy")
  }
}
