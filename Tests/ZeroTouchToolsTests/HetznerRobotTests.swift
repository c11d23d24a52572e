import Foundation
import TestSupport
import Testing
import ZeroTouchModel
import ZeroTouchTools

/// The real curl against a server that holds it to what Robot's documentation says.
struct HetznerRobotTests {
  private static let basic = "Basic " + Data("#ws+user:p\"a\\ss".utf8).base64EncodedString()
  private static let fingerprint = "56:29:99:a4:5d:ed:ac:95:c1:f5:88:82:90:5d:dd:10"

  private static let servers = """
    [{"server":{"server_ip":"203.0.113.10","server_ipv6_net":"2001:db8:1::","server_number":321,"server_name":"cp","product":"AX41","dc":"FSN1-DC8","status":"ready","ip":["203.0.113.10"],"subnet":[{"ip":"2001:db8:1::","mask":"64"}]}},
     {"server":{"server_ip":"203.0.113.11","server_ipv6_net":"2001:db8:2::","server_number":322,"server_name":"w","product":"EX44","dc":"HEL1-DC2","status":"ready","ip":["203.0.113.11"],"subnet":null}}]
    """

  private static let inactive =
    #"{"rescue":{"server_number":321,"os":["linux","vkvm"],"arch":[64],"active":false,"password":null,"authorized_key":[],"host_key":[]}}"#

  private func api(
    resets: String = #"["sw","hw","man"]"#, keys: String? = nil, rescue: ProviderStandIn.Reply? = nil
  ) throws -> ProviderStandIn {
    try ProviderStandIn { call, _ in
      guard call.authorization == Self.basic else { return .init(401, Self.error(401, "UNAUTHORIZED", "Unauthorized")) }
      switch (call.method, call.target) {
      case ("GET", "/server"): return .init(200, Self.servers)
      case ("GET", "/key"):
        return keys.map { .init(200, $0) } ?? .init(404, Self.error(404, "NOT_FOUND", "No keys found"))
      case ("GET", "/boot/321/rescue"): return .init(200, Self.inactive)
      case ("POST", "/boot/321/rescue"):
        if let rescue { return rescue }
        guard call.body.hasPrefix("os=linux") else {
          return .init(
            400,
            #"{"error":{"status":400,"code":"INVALID_INPUT","message":"invalid input","missing":["os"],"invalid":null}}"#
          )
        }
        let hasKey = call.body.contains("authorized_key[]=")
        return .init(
          200,
          #"{"rescue":{"server_number":321,"os":"linux","arch":64,"active":true,"password":"#
            + (hasKey ? "null" : #""jEt0dtUvomlyOwRr""#) + #","authorized_key":[],"host_key":[]}}"#)
      case ("GET", "/reset/321"):
        return .init(200, #"{"reset":{"server_number":321,"type":\#(resets),"operating_status":"not supported"}}"#)
      case ("POST", "/reset/321") where call.body != "type=man":
        return .init(200, #"{"reset":{"server_number":321,"type":"hw"}}"#)
      default: return .init(404, Self.error(404, "SERVER_NOT_FOUND", "server not found"))
      }
    }
  }

  private static func error(_ status: Int, _ code: String, _ message: String) -> String {
    #"{"error":{"status":\#(status),"code":"\#(code)","message":"\#(message)"}}"#
  }

  private func robot(_ api: ProviderStandIn, password: String = "p\"a\\ss") -> HetznerRobot {
    let tools = SubprocessToolRunner(
      environment: ToolEnvironment(inheriting: BuiltProgram.variables.filter { $0.key == "PATH" }),
      clock: ContinuousClock())
    return HetznerRobot(user: Secret("#ws+user"), password: Secret(password), tools: tools, base: api.address)
  }

  @Test func `a server is found by any of its addresses, in one request`() async throws {
    let api = try api()
    let servers = try await robot(api).servers()
    let found = ["203.0.113.11", "2001:db8:1::2", "203.0.113.12"].map { text in
      servers.first { server in IPAddress(text).map(server.has) ?? false }?.number
    }
    #expect(found == [322, 321, nil])
    #expect(api.received.count == 1)
  }

  @Test func `without a key that the account knows the rescue system gets a password, and the reset is never manual`()
    async throws
  {
    let api = try api()
    let robot = robot(api)
    let server = try #require(try await robot.servers().first)
    let ticket = try await robot.activateRescue(server, key: SSHFingerprint("256 MD5:\(Self.fingerprint) me (ED25519)"))
    #expect(ticket.password == Secret("jEt0dtUvomlyOwRr"))
    try await robot.restart(server)
    #expect(api.received.last?.body == "type=hw")
    let manual = try self.api(resets: #"["man"]"#)
    await #expect(throws: ProviderError.noReset(server: "server 321", offered: ["man"])) {
      try await self.robot(manual).restart(server)
    }
    #expect(!manual.received.contains { $0.method == "POST" })
  }

  @Test func `a fingerprint is read without the label that ssh-keygen puts in front of it`() {
    #expect(SSHFingerprint("256 MD5:\(Self.fingerprint) me (ED25519)\n")?.description == Self.fingerprint)
    #expect(
      SSHFingerprint("3072 MD5:\(Self.fingerprint.uppercased()) no comment (RSA)")?.description == Self.fingerprint)
    #expect(SSHFingerprint("256 SHA256:j9TkSiZeBuDfwx3sn37hGbem+IzSMTnOXKOx me (ED25519)") == nil)
    #expect(SSHFingerprint("MD5:" + Self.fingerprint.dropFirst(3)) == nil)
  }

  @Test func `a key that the account knows is preferred to a password`() async throws {
    let api = try api(
      keys: #"[{"key":{"name":"me","fingerprint":"\#(Self.fingerprint)","type":"ED25519","size":256}}]"#)
    let robot = robot(api)
    let server = try #require(try await robot.servers().first)
    let printed = SSHFingerprint("256 MD5:\(Self.fingerprint) me (ED25519)")
    let ticket = try await robot.activateRescue(server, key: printed)
    #expect(ticket.password == nil)
    #expect(api.received.last?.body.removingPercentEncoding == "os=linux&authorized_key[]=\(Self.fingerprint)")
  }

  @Test func `credentials that are not accepted are tried once`() async throws {
    let api = try api()
    await #expect(throws: ProviderError.unauthorized("Unauthorized")) {
      _ = try await self.robot(api, password: "wrong").servers()
    }
    #expect(api.received.count == 1)
    #expect(ProviderError.unauthorized("x").description.contains("locks this address out for 10 minutes"))
  }

  @Test(arguments: [
    (
      403,
      #"{"error":{"status":403,"code":"RATE_LIMIT_EXCEEDED","max_request":500,"interval":3600,"message":"rate limit exceeded"}}"#,
      ProviderError.limited("rate limit exceeded", seconds: 3600)
    ),
    (404, error(404, "BOOT_NOT_AVAILABLE", "none"), .refused(status: 404, code: "BOOT_NOT_AVAILABLE", message: "none")),
    (409, error(409, "BOOT_ALREADY_ENABLED", "on"), .refused(status: 409, code: "BOOT_ALREADY_ENABLED", message: "on")),
    (503, "maintenance", .maintenance),
  ])
  func `every documented refusal is told apart, and not repeated`(status: Int, body: String, error: ProviderError)
    async throws
  {
    let api = try api(rescue: .init(status, body))
    let robot = robot(api)
    let server = try #require(try await robot.servers().first)
    await #expect(throws: error) { _ = try await robot.activateRescue(server, key: nil) }
    #expect(api.received.count { $0.method == "POST" } == 1)
  }

  @Test(arguments: ["password: S3CR3T", #"{"rescue":{"password":"S3CR3T"}"#])
  func `of an answer in another shape nothing is repeated, for it may hold the password`(body: String) async throws {
    let api = try api(rescue: .init(200, body))
    let robot = robot(api)
    let server = try #require(try await robot.servers().first)
    let error = await #expect(throws: ProviderError.self) { _ = try await robot.activateRescue(server, key: nil) }
    #expect(error == .unknownAnswer("it is no JSON, with the status 200"))
    #expect(error?.description.contains("S3CR3T") == false && api.received.last?.method == "POST")
  }

  @Test func `credentials stand on standard input alone`() {
    let request = ProviderRequest(
      .post, "https://example.org", .basic(user: Secret("me"), password: Secret("hidden")),
      body: .form([.init("os", "linux")]))
    #expect(
      !"\(request.invocation) \(request.invocation.arguments) \(request.invocation.environment)".contains("hidden"))
    #expect(request.invocation.effect == .mutates)
  }
}
