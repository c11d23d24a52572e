import Foundation
import TestSupport
import Testing
import ZeroTouchModel
import ZeroTouchWorld

@testable import ZeroTouchRehearsal

struct ExecSocketTests {
  private let handshake = [
    "Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13",
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
  ]

  /// A world with one node and one running pod.
  private func open<Value: Sendable>(_ work: (OpenWorld) async throws -> Value) async throws -> Value {
    let pod: JSONValue = [
      "apiVersion": "v1", "kind": "Pod", "metadata": ["name": "p", "namespace": "kube-system"],
      "spec": [
        "hostNetwork": true, "tolerations": [["operator": "Exists"]], "containers": [["name": "c", "image": "i:1"]],
      ],
    ]
    let cluster = OpenWorld.cluster { world in
      world.registerNode(NodeRegistration(name: "n1", role: .worker, address: "10.0.0.1"))
      _ = world.apply(pod, manager: "test")
      world.advance(to: .seconds(300))
    }
    return try await OpenWorld.open(cluster, during: work)
  }

  private func exec(_ world: OpenWorld, _ query: String, protocols: String) async throws -> SocketClient {
    let client = try await SocketClient.connect(to: world.endpoint)
    try await client.send(
      world.request(
        "GET /PREFIX/api/v1/namespaces/kube-system/pods/p/exec?\(query)",
        headers: handshake + ["Sec-WebSocket-Protocol: \(protocols)"]))
    return client
  }

  @Test(arguments: ["v5.channel.k8s.io", "v4.channel.k8s.io"])
  func `a command's output and status come on their channels`(subprotocol: String) async throws {
    try await open { world in
      let client = try await exec(world, "command=ls&stdout=true&stderr=true", protocols: "v1.x, \(subprotocol)")
      let answer = try await client.receive(until: "NonZeroExitCode")
      #expect(answer.hasPrefix("HTTP/1.1 101 Switching Protocols\r\n"))
      #expect(answer.contains("Sec-WebSocket-Protocol: \(subprotocol)\r\n"))
      // The example of RFC 6455, section 1.3.
      #expect(answer.contains("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"))
      let frames = answer.components(separatedBy: "\r\n\r\n")[1]
      #expect(frames.contains("\u{2}OCI runtime exec failed"))
      #expect(frames.contains("\u{3}{\"details\":{\"causes\":[{\"message\":\"127\",\"reason\":\"ExitCode\"}]}"))
    }
  }

  @Test func `the answer waits for the end of standard input`() async throws {
    try await open { world in
      let client = try await exec(world, "command=ls&stdin=true", protocols: "v5.channel.k8s.io")
      #expect(try await client.receive(until: "\r\n\r\n").hasSuffix("\r\n\r\n"))
      // Masked with zeros: three bytes on channel 0, then the end of channel 0.
      try await client.send([0x82, 0x84, 0, 0, 0, 0, 0, 0x61, 0x62, 0x63] as [UInt8])
      try await client.send([0x82, 0x82, 0, 0, 0, 0, 255, 0] as [UInt8])
      #expect(try await client.receive(until: "NonZeroExitCode").contains("OCI runtime exec failed"))
    }
  }

  @Test func `standard input that never ends is waited for only a moment`() async throws {
    try await open { world in
      let client = try await exec(world, "command=ls&stdin=true", protocols: "v5.channel.k8s.io")
      _ = try await client.receive(until: "\r\n\r\n")
      await world.clock.sleepers(atLeast: 1)
      world.clock.advance(by: .seconds(1))
      #expect(try await client.receive(until: "NonZeroExitCode").contains("OCI runtime exec failed"))
    }
  }

  @Test func `an upgrade that is refused is answered in plain HTTP`() async throws {
    try await open { world in
      let unknown = try await exec(world, "command=ls", protocols: "v9.channel.k8s.io")
      #expect(try await unknown.receive(until: "}").contains("Upgrade request required"))
      let client = try await SocketClient.connect(to: world.endpoint)
      try await client.send(
        world.request(
          "GET /PREFIX/api/v1/namespaces/default/pods/none/exec?command=ls",
          headers: handshake + ["Sec-WebSocket-Protocol: v5.channel.k8s.io"]))
      let answer = try await client.receiveAll()
      #expect(answer.hasPrefix("HTTP/1.1 404 Not Found\r\n"))
      #expect(answer.contains("\r\nConnection: close\r\n"))
      #expect(answer.contains("pods \\\"none\\\" not found"))
    }
  }
}
