package import ZeroTouchWorld

/// A world that runs inside this process, with its API open: for tests and for simulations by the thousand.
package struct RunningWorld: Sendable {
  package let host: WorldHost
  package var endpoint: APIEndpoint { host.endpoint }

  /// Opens a world for as long as the work lasts.
  package static func open<Value: Sendable>(
    _ world: World, clock: any Clock<Duration>, speed: Double = 1, errands: any ErrandRunner,
    during work: (RunningWorld) async throws -> Value
  ) async throws -> Value {
    let server = try APIServer(clock: clock)
    let host = WorldHost(world, endpoint: server.endpoint, clock: clock, speed: speed, errands: errands)
    return try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { await host.run() }
      group.addTask { try await server.serve(host) }
      defer { group.cancelAll() }
      return try await work(RunningWorld(host: host))
    }
  }
}
