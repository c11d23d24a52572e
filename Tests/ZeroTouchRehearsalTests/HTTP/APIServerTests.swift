import Foundation
import Testing
import ZeroTouchModel
import ZeroTouchWorld

@testable import ZeroTouchRehearsal

struct APIServerTests {
  @Test func `without the prefix there is nothing`() async throws {
    try await OpenWorld.open { world in
      for line in ["GET /api", "GET /", "GET /00000000000000000000000000000000/api", "POST /api/v1/namespaces"] {
        let answer = try await world.ask(line)
        #expect(answer.hasPrefix("HTTP/1.1 404 Not Found\r\n"), "\(line)")
        #expect(answer.hasSuffix("\r\nContent-Length: 0\r\n\r\n"), "\(line)")
      }
    }
  }

  @Test func `requests of one connection are answered in order`() async throws {
    try await OpenWorld.open { world in
      let client = try await SocketClient.connect(to: world.endpoint)
      try await client.send(
        world.request("GET /PREFIX/api/v1/namespaces/default") + world.request("GET /PREFIX/api/v1/namespaces/nope")
          + world.request("GET /PREFIX/version", headers: ["Connection: close"]))
      let answer = try await client.receiveAll()
      let statuses = answer.components(separatedBy: "HTTP/1.1 ").dropFirst().map { $0.prefix(3) }
      #expect(statuses == ["200", "404", "200"])
      #expect(answer.contains("namespaces \\\"nope\\\" not found"))
    }
  }

  @Test func `HEAD has the length of what it leaves out`() async throws {
    try await OpenWorld.open { world in
      let whole = try await world.ask("GET /PREFIX/version")
      let head = try await world.ask("HEAD /PREFIX/version")
      #expect(head == whole.components(separatedBy: "\r\n\r\n")[0] + "\r\n\r\n")
      #expect(head.contains("Content-Length: "))
    }
  }

  @Test func `an unchanged document is 304 without a length`() async throws {
    try await OpenWorld.open { world in
      let first = try await world.ask("GET /PREFIX/api")
      let tag = try #require(first.components(separatedBy: "\r\n").first { $0.lowercased().hasPrefix("etag: ") })
      let second = try await world.ask("GET /PREFIX/api", headers: ["If-None-Match: \(tag.dropFirst(6))"])
      #expect(second.hasPrefix("HTTP/1.1 304 Not Modified\r\n"))
      #expect(!second.lowercased().contains("content-length"))
      #expect(second.hasSuffix("\r\n\r\n"))
    }
  }

  @Test(arguments: [
    "garbage\r\n\r\n", "\u{16}\u{3}\u{1}\u{2}", "GET\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "\0\0\0\0\r\n\r\n",
    "POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n", "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
  ])
  func `garbage ends its own connection and no other`(bytes: String) async throws {
    try await OpenWorld.open { world in
      let other = try await SocketClient.connect(to: world.endpoint)
      try await other.send(world.request("GET /PREFIX/livez"))
      _ = try await other.receive(until: "ok")
      let client = try await SocketClient.connect(to: world.endpoint)
      try await client.send(bytes)
      #expect(try await client.receiveAll().hasPrefix("HTTP/1.1 400 Bad Request\r\n"))
      try await other.send(world.request("GET /PREFIX/version", headers: ["Connection: close"]))
      #expect(try await other.receiveAll().hasPrefix("HTTP/1.1 200 OK\r\n"))
    }
  }

  @Test func `a body beyond eight mebibytes is refused with a Status and read to its end`() async throws {
    try await OpenWorld.open { world in
      let body = String(repeating: "x", count: (8 << 20) + 1)
      let client = try await SocketClient.connect(to: world.endpoint)
      try await client.send(
        world.request("POST /PREFIX/api/v1/namespaces", headers: ["Content-Length: \(body.utf8.count)"]) + body)
      let answer = try await client.receive(until: "}")
      #expect(answer.hasPrefix("HTTP/1.1 413 "))
      #expect(answer.contains(#""reason":"RequestEntityTooLarge""#))
      try await client.send(world.request("GET /PREFIX/version"))
      #expect(try await client.receive(until: "gitVersion").hasPrefix("HTTP/1.1 200 OK\r\n"))
    }
  }

  @Test func `a path that cannot be decoded is refused with a Status`() async throws {
    try await OpenWorld.open { world in
      let answer = try await world.ask("GET /PREFIX/api/%zz")
      #expect(answer.hasPrefix("HTTP/1.1 400 Bad Request\r\n"))
      #expect(answer.contains(#""kind":"Status""#))
    }
  }

  @Test func `a client that waits for permission to send gets it`() async throws {
    try await OpenWorld.open { world in
      let body = #"{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"asked"}}"#
      let client = try await SocketClient.connect(to: world.endpoint)
      try await client.send(
        world.request(
          "POST /PREFIX/api/v1/namespaces",
          headers: ["Expect: 100-continue", "Content-Type: application/json", "Content-Length: \(body.utf8.count)"]))
      #expect(try await client.receive(until: "\r\n\r\n") == "HTTP/1.1 100 Continue\r\n\r\n")
      try await client.send(body)
      #expect(try await client.receive(until: "\r\n\r\n").hasPrefix("HTTP/1.1 201 Created\r\n"))
    }
  }

  @Test func `while no API server runs connections close without a word`() async throws {
    try await OpenWorld.open(OpenWorld.cluster { $0.isServing = false }) { world in
      let silence = try await world.ask("GET /PREFIX/version")
      #expect(silence == "")
      await world.host.withWorld { $0.isServing = true }
      let answer = try await world.ask("GET /PREFIX/version")
      #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n"))
    }
  }

  @Test func `two worlds at once do not know each other`() async throws {
    try await OpenWorld.open { first in
      try await OpenWorld.open { second in
        await first.setConfigMap("mine", "1")
        #expect(first.endpoint != second.endpoint)
        let mine = try await first.ask("GET /PREFIX/api/v1/namespaces/default/configmaps/mine")
        #expect(mine.hasPrefix("HTTP/1.1 200 OK\r\n"))
        let other = try await second.ask("GET /PREFIX/api/v1/namespaces/default/configmaps/mine")
        #expect(other.hasPrefix("HTTP/1.1 404 Not Found\r\n"))
      }
    }
  }
}
