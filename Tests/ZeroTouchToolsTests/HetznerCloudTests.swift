import Foundation
import TestSupport
import Testing
import ZeroTouchModel
import ZeroTouchTools

/// The real curl against a server that holds it to what Hetzner Cloud's documentation says.
struct HetznerCloudTests {
  private func server(_ id: Int, _ last: Int) -> String {
    #"{"id":\#(id),"name":"w\#(id)","status":"running","server_type":{"name":"cx22"},"datacenter":{"name":"fsn1-dc14"},"public_net":{"ipv4":{"ip":"203.0.113.\#(last)"},"ipv6":{"ip":"2001:db8:\#(id)::/64"}}}"#
  }

  private func api(outcome: String = "success", reboot: ProviderStandIn.Reply? = nil) throws -> ProviderStandIn {
    let pages = [server(1, 20), server(2, 21)]
    return try ProviderStandIn { call, before in
      guard call.authorization == "Bearer token" else {
        return .init(401, #"{"error":{"code":"unauthorized","message":"unable to authenticate","details":null}}"#)
      }
      let action = #"{"id":7,"command":"x","status":"running","error":null}"#
      switch (call.method, call.target) {
      case ("GET", "/servers?per_page=50&page=1"):
        return .init(200, #"{"servers":[\#(pages[0])],"meta":{"pagination":{"page":1,"next_page":2}}}"#)
      case ("GET", "/servers?per_page=50&page=2"):
        return .init(200, #"{"servers":[\#(pages[1])],"meta":{"pagination":{"page":2,"next_page":null}}}"#)
      case ("GET", let target) where target.hasPrefix("/ssh_keys?fingerprint="):
        return .init(200, #"{"ssh_keys":[{"id":99}]}"#)
      case ("POST", "/servers/2/actions/enable_rescue"):
        return call.body.contains(#""type":"linux64""#)
          ? .init(201, #"{"root_password":"zCWbFhnu950dUTko5f40","action":\#(action)}"#)
          : .init(422, #"{"error":{"code":"invalid_input","message":"invalid input in field 'type'"}}"#)
      case ("POST", "/servers/2/actions/reboot"): return reboot ?? .init(201, #"{"action":\#(action)}"#)
      case ("GET", "/actions/7"):
        let error = outcome == "error" ? #"{"code":"action_failed","message":"Action failed"}"# : "null"
        let status = before < 2 ? "running" : outcome
        return .init(
          200, #"{"action":{"id":7,"command":"x","status":"\#(status)","error":\#(before < 2 ? "null" : error)}}"#)
      default: return .init(404, #"{"error":{"code":"not_found","message":"not found"}}"#)
      }
    }
  }

  private func cloud(_ api: ProviderStandIn, _ clock: ManualClock, token: String = "token") -> HetznerCloud {
    let tools = SubprocessToolRunner(
      environment: ToolEnvironment(inheriting: BuiltProgram.variables.filter { $0.key == "PATH" }),
      clock: ContinuousClock())
    return HetznerCloud(token: Secret(token), tools: tools, clock: clock, base: api.address)
  }

  @Test func `servers of all pages are found, and actions are followed to their end`() async throws {
    let api = try api()
    let clock = ManualClock()
    try await clock.running {
      let cloud = cloud(api, clock)
      let servers = try await cloud.servers()
      let server = try #require(servers.first { $0.has(IPAddress(203, 0, 113, 21)) })
      #expect(servers.count == 2)
      #expect(server.number == 2)
      let ticket = try await cloud.activateRescue(server, key: nil)
      #expect(ticket.password == Secret("zCWbFhnu950dUTko5f40"))
      #expect(api.received.count { $0.target == "/actions/7" } == 3)
      let keyed = try await cloud.activateRescue(
        server, key: SSHFingerprint("56:29:99:a4:5d:ed:ac:95:c1:f5:88:82:90:5d:dd:10"))
      #expect(keyed.password == nil)
      try await cloud.restart(server)
      #expect(api.received.contains { $0.target == "/servers/2/actions/reboot" })
    }
  }

  @Test func `an action that fails, a server that is busy and a limit are told apart`() async throws {
    let clock = ManualClock()
    try await clock.running {
      let failing = try api(outcome: "error")
      let server = try #require(try await cloud(failing, clock).servers().last)
      await #expect(throws: ProviderError.actionFailed("action_failed: Action failed")) {
        try await cloud(failing, clock).restart(server)
      }
      let cases: [(Int, String, ProviderError)] = [
        (423, "locked", .busy("m")), (409, "conflict", .busy("m")),
        (429, "rate_limit_exceeded", .limited("m", seconds: nil)),
      ]
      for (status, code, error) in cases {
        let api = try api(reboot: .init(status, #"{"error":{"code":"\#(code)","message":"m"}}"#))
        await #expect(throws: error) { try await cloud(api, clock).restart(server) }
        #expect(api.received.count == 1)
      }
      let api = try api()
      await #expect(throws: ProviderError.unauthorized("unable to authenticate")) {
        _ = try await cloud(api, clock, token: "old").servers()
      }
      #expect(api.received.count == 1)
    }
  }
}
