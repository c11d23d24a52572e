import Testing
import ZeroTouchWorld

@testable import ZeroTouchRehearsal

struct RequestTargetTests {
  private func parse(_ uri: String) -> Result<RequestTarget, RequestTarget.Refusal> {
    RequestTarget.parse(uri, prefix: "0123abcd")
  }

  @Test func `the path comes without prefix and percent-encoding`() throws {
    #expect(try parse("/0123abcd/api/v1/namespaces/a%20b").get().path == "/api/v1/namespaces/a b")
    #expect(try parse("/0123abcd").get().path == "/")
    #expect(try parse("/0123abcd/").get().path == "/")
  }

  @Test func `query items keep their order and repeat, and a plus is a space`() throws {
    let query = try parse("/0123abcd/x?command=a+b&command=c%2Bd&stdin=&tty").get().query
    #expect(query.map(\.name) == ["command", "command", "stdin", "tty"])
    #expect(query.map(\.value) == ["a b", "c+d", "", ""])
  }

  @Test(arguments: ["/", "", "*", "/api", "/0123abc/api", "/0123abcde/api", "/x/0123abcd/api", "0123abcd/api"])
  func `any other prefix is refused`(uri: String) {
    #expect(parse(uri) == .failure(.withoutPrefix))
  }

  @Test(arguments: ["/0123abcd/%zz", "/0123abcd/a?x=%f", "/0123abcd/%ff%fe"])
  func `text that is not validly encoded is malformed`(uri: String) {
    #expect(parse(uri) == .failure(.malformed))
  }

  @Test func `two prefixes differ and have 128 bits`() {
    let prefixes = (0..<100).map { _ in APIEndpoint.unguessablePrefix() }
    #expect(Set(prefixes).count == 100)
    #expect(prefixes.allSatisfy { $0.count == 32 && $0.allSatisfy(\.isHexDigit) })
  }
}
