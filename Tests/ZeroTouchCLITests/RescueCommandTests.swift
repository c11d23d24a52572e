import Foundation
import TestSupport
import Testing

/// `zerotouch rescue` against a Robot that knows one key, whose servers answer nowhere.
struct RescueCommandTests {
  private static let spec = """
    apiVersion: zerotouch.dev/v1alpha1
    kind: Cluster
    metadata: {name: demo}
    spec:
      endpoint: https://203.0.113.10:6443
      nodes:
        - {name: cp01, role: control-plane, address: 203.0.113.10, access: {sshKey: "file:FOLDER/key"}}
        - {name: worker01, role: worker, address: 203.0.113.20}
        - {name: worker02, role: worker, address: 203.0.113.21}

    """

  /// The server of an address ends with the same number.
  private static let servers =
    "["
    + [10, 20, 21].map {
      #"{"server":{"server_ip":"203.0.113.\#($0)","server_number":\#($0),"server_name":"s","product":"AX41","dc":"F","status":"ready","ip":["203.0.113.\#($0)"],"subnet":null}}"#
    }.joined(separator: ",") + "]"

  /// Knows a key by its fingerprint; server 20 has no rescue system, and after `limit` restarts it takes no more.
  private static func robot(knowing key: String, limit: Int = 50) throws -> ProviderStandIn {
    try ProviderStandIn { call, before in
      func error(_ status: Int, _ code: String) -> ProviderStandIn.Reply {
        .init(status, #"{"error":{"status":\#(status),"code":"\#(code)","message":"no"}}"#)
      }
      func rescue(_ password: String) -> ProviderStandIn.Reply {
        .init(
          200, #"{"rescue":{"os":"linux","active":true,"password":\#(password),"authorized_key":[],"host_key":[]}}"#)
      }
      let words = call.target.split(separator: "/").map(String.init)
      switch (call.method, words[0]) {
      case ("GET", "server"): return .init(200, servers)
      case ("GET", "key"): return .init(200, #"[{"key":{"name":"me","fingerprint":"\#(key)"}}]"#)
      case ("GET", "boot"):
        return .init(
          200, #"{"rescue":{"os":["linux"],"active":false,"password":null,"authorized_key":[],"host_key":[]}}"#)
      case ("POST", "boot") where words[1] == "20": return error(404, "BOOT_NOT_AVAILABLE")
      case ("POST", "boot"): return rescue(call.body.contains("authorized_key") ? "null" : #""for-one-start""#)
      case ("GET", "reset"): return .init(200, #"{"reset":{"type":["hw"]}}"#)
      case ("POST", "reset"):
        return limit == 0 ? error(403, "RATE_LIMIT_EXCEEDED") : .init(200, #"{"reset":{"type":"hw"}}"#)
      default: return error(404, "NOT_FOUND")
      }
    }
  }

  private struct Site {
    let folder: String
    let api: ProviderStandIn
    let program: BuiltProgram

    func rescue(_ names: String..., with more: [String] = []) async throws -> BuiltProgram.Answer {
      try await program.run(
        ["rescue"] + names + [
          "--via", "robot", "--confirm", "demo", "--api", api.address, "--robot-user", "file:\(folder)/user",
          "--robot-password", "file:\(folder)/user",
        ] + more)
    }

    func kept(_ name: String) -> String {
      String(
        decoding: FileManager.default.contents(atPath: "\(folder)/.zerotouch/demo/ssh/\(name)") ?? Data(), as: UTF8.self
      )
    }
  }

  private static func with(limit: Int = 50, _ work: (Site) async throws -> Void) async throws {
    try await withTemporaryFolder { folder in
      try copyRepository(to: folder)
      let program = BuiltProgram(in: folder)
      for name in ["key", "stranger"] {
        let made = try await program.tool("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", "\(folder)/\(name)"])
        try #require(made.status == 0, "\(made)")
      }
      let printed = try await program.tool("ssh-keygen", ["-E", "md5", "-l", "-f", "\(folder)/key"]).output
      let key = try #require(printed.split(separator: " ").first { $0.hasPrefix("MD5:") }?.dropFirst(4))
      try spec.replacing("FOLDER", with: folder).write(
        toFile: "\(folder)/zerotouch.yaml", atomically: true, encoding: .utf8)
      try "user\n".write(toFile: "\(folder)/user", atomically: true, encoding: .utf8)
      try await work(Site(folder: folder, api: try robot(knowing: String(key), limit: limit), program: program))
    }
  }

  @Test func `the key that the spec names is given to the provider`() async throws {
    try await Self.with { site in
      let answer = try await site.rescue("cp01")
      #expect(answer.status == 0, "\(answer.narration)")
      #expect(site.api.received.contains { $0.target == "/boot/10/rescue" && $0.body.contains("authorized_key") })
      #expect(site.kept("cp01.ticket").isEmpty)
    }
  }

  @Test func `a key of the command line is kept for the installation, and one that nobody knows is named`() async throws
  {
    try await Self.with { site in
      let known = try await site.rescue("worker02", with: ["--ssh-key", "key"])
      #expect(known.status == 0, "\(known.narration)")
      #expect(site.kept("worker02.identity") == "\(site.folder)/key")
      let unknown = try await site.rescue("worker02", with: ["--ssh-key", "stranger"])
      #expect(unknown.narration.contains("worker02  the account does not know the key `\(site.folder)/stranger`"))
      #expect(site.kept("worker02.ticket") == "for-one-start" && site.kept("worker02.identity").isEmpty)
      let absent = try await site.rescue("worker02", with: ["--ssh-key", "nowhere"])
      #expect(absent.status == 2 && absent.narration.contains("nothing was touched"), "\(absent.narration)")
    }
  }

  @Test func `a server that cannot be sent leaves the others alone`() async throws {
    try await Self.with { site in
      let answer = try await site.rescue("worker01", "cp01", "worker02")
      #expect(answer.status == 1)
      #expect(
        answer.narration.contains("1 of 3 did not come to their rescue systems\n`worker01`: "), "\(answer.narration)")
      #expect(answer.narration.contains("BOOT_NOT_AVAILABLE"))
      let restarted = site.api.received.filter { $0.method == "POST" && $0.target.hasPrefix("/reset") }.map(\.target)
      #expect(restarted == ["/reset/10", "/reset/21"])
    }
  }

  @Test func `where the provider takes no more requests nobody else is asked for`() async throws {
    try await Self.with(limit: 0) { site in
      let answer = try await site.rescue("cp01", "worker01", "worker02")
      #expect(answer.status == 1)
      #expect(answer.narration.contains("3 of 3 did not come"), "\(answer.narration)")
      #expect(answer.narration.contains("`worker02`: not asked for any more"))
      #expect(site.api.received.count { $0.method == "POST" && $0.target.hasPrefix("/boot") } == 1)
    }
  }
}
