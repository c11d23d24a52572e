import TestSupport
import Testing
import ZeroTouchModel
import ZeroTouchWorld

@testable import ZeroTouchRehearsal

struct WatchResponderTests {
  private func watch(_ world: OpenWorld, _ query: String) async throws -> SocketClient {
    let client = try await SocketClient.connect(to: world.endpoint)
    try await client.send(world.request("GET /PREFIX/api/v1/namespaces/default/configmaps?watch=true&\(query)"))
    return client
  }

  @Test func `changes arrive as they happen`() async throws {
    try await OpenWorld.open { world in
      await world.setConfigMap("a", "1")
      let client = try await watch(world, "")
      let first = try await client.receive(until: "\"v\":\"1\"")
      #expect(first.contains("transfer-encoding: chunked"))
      #expect(first.contains(#""type":"ADDED""#))
      await world.setConfigMap("a", "2")
      #expect(try await client.receive(until: "\"v\":\"2\"").contains(#""type":"MODIFIED""#))
    }
  }

  @Test func `a watch ends after the time it asked for, and the connection stays`() async throws {
    try await OpenWorld.open { world in
      let client = try await watch(world, "timeoutSeconds=300")
      _ = try await client.receive(until: "\r\n\r\n")
      await world.clock.sleeper(until: .seconds(300))
      world.clock.advance(by: .seconds(299))
      await world.setConfigMap("a", "1")
      _ = try await client.receive(until: "\"v\":\"1\"")
      world.clock.advance(by: .seconds(1))
      #expect(try await client.receive(until: "0\r\n\r\n").hasSuffix("0\r\n\r\n"))
      try await client.send(world.request("GET /PREFIX/version"))
      #expect(try await client.receive(until: "gitVersion").hasPrefix("HTTP/1.1 200 OK\r\n"))
    }
  }

  @Test func `who asks for bookmarks gets one every thirty seconds`() async throws {
    try await OpenWorld.open { world in
      let client = try await watch(world, "allowWatchBookmarks=true")
      _ = try await client.receive(until: "\r\n\r\n")
      await world.clock.sleeper(until: .seconds(30))
      world.clock.advance(by: .seconds(30))
      let bookmark = try await client.receive(until: "BOOKMARK")
      #expect(bookmark.contains(#""type":"BOOKMARK"#))
    }
  }

  @Test func `a client that goes away is forgotten although nothing happens`() async throws {
    try await OpenWorld.open { world in
      let client = try await watch(world, "")
      _ = try await client.receive(until: "\r\n\r\n")
      await world.settle { await world.host.watches.count == 1 }
      #expect(await world.host.watches.count == 1)
      client.shutdown()
      await world.settle { await world.host.watches.isEmpty }
      #expect(await world.host.watches.isEmpty)
    }
  }

  @Test func `an API server that stops ends its streams`() async throws {
    try await OpenWorld.open { world in
      let client = try await watch(world, "")
      _ = try await client.receive(until: "\r\n\r\n")
      await world.host.withWorld { $0.isServing = false }
      #expect(try await client.receive(until: "0\r\n\r\n").hasSuffix("0\r\n\r\n"))
      await world.settle { await world.host.watches.isEmpty }
      #expect(await world.host.watches.isEmpty)
    }
  }

  @Test func `a client that does not read holds up nobody`() async throws {
    try await OpenWorld.open { world in
      let idle = try await watch(world, "")
      let reader = try await watch(world, "")
      _ = try await reader.receive(until: "\r\n\r\n")
      for number in 0..<200 { await world.setConfigMap("a", "\(number)-" + String(repeating: "x", count: 50_000)) }
      await world.setConfigMap("b", "last")
      #expect(try await reader.receive(until: "\"v\":\"last\"").contains("199-x"))
      _ = idle
    }
  }
}
