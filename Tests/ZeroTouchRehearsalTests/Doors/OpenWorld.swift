import Foundation
import TestSupport
import Testing
import ZeroTouchModel
import ZeroTouchWorld

@testable import ZeroTouchRehearsal

/// A ready cluster with its API open on this machine, whose time the test moves.
struct OpenWorld: Sendable {
  let running: RunningWorld
  let clock: ManualClock

  var endpoint: APIEndpoint { running.endpoint }
  var host: WorldHost { running.host }

  /// A cluster whose API is ready, with what a test adds to it.
  static func cluster(_ prepare: (inout World) -> Void = { _ in }) -> World {
    var world = World.assembled(epoch: Date(timeIntervalSince1970: 1_800_000_000))
    world.seedCluster()
    prepare(&world)
    return world
  }

  static func open<Value: Sendable>(
    _ world: World = cluster(), speed: Double = 1, errands: any ErrandRunner = RefusingErrandRunner(),
    during work: (OpenWorld) async throws -> Value
  ) async throws -> Value {
    let clock = ManualClock()
    return try await RunningWorld.open(world, clock: clock, speed: speed, errands: errands) {
      try await work(OpenWorld(running: $0, clock: clock))
    }
  }

  /// Sends one request on a connection of its own and reads everything until the server hangs up.
  func ask(_ line: String, headers: [String] = [], body: String = "") async throws -> String {
    let client = try await SocketClient.connect(to: endpoint)
    try await client.send(request(line, headers: headers + ["Connection: close"]) + body)
    return try await client.receiveAll()
  }

  /// A request's head; `/PREFIX` stands for the secret.
  func request(_ line: String, headers: [String] = []) -> String {
    let line = line.replacingOccurrences(of: "/PREFIX", with: "/\(endpoint.prefix)")
    return (["\(line) HTTP/1.1", "Host: 127.0.0.1"] + headers).joined(separator: "\r\n") + "\r\n\r\n"
  }

  /// Waits until the server has noticed something, however busy the machine is; a minute is the end of all patience.
  func settle(until isSo: @Sendable () async -> Bool) async {
    for _ in 0..<6000 {
      if await isSo() { return }
      try? await ContinuousClock().sleep(for: .milliseconds(10))
    }
    Issue.record("the server did not notice within a minute")
  }

  func setConfigMap(_ name: String, _ value: String) async {
    await host.withWorld { world in
      let key = ObjectKey(.configMaps, "default", name)
      let object: JSONValue = ["apiVersion": "v1", "kind": "ConfigMap", "metadata": [:], "data": ["v": .string(value)]]
      if world.objects[key] == nil {
        world.objects.insert(object, at: key, timestamp: world.timestamp)
      } else {
        world.objects.update(key) { $0[path: "data", "v"] = .string(value) }
      }
    }
  }
}
