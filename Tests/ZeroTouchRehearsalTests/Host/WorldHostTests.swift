import Foundation
import Synchronization
import TestSupport
import Testing
import ZeroTouchModel
import ZeroTouchWorld

@testable import ZeroTouchRehearsal

/// Runs errands when it is told to, and counts how many run at once.
private final class GatedErrands: ErrandRunner {
  private let state = Mutex((running: 0, most: 0, done: 0))
  private let gate = Signals<Void>()

  var counts: (running: Int, most: Int, done: Int) { state.withLock { $0 } }

  func release() { gate.send(()) }

  func perform(_ errand: Errand) async -> ErrandResult {
    state.withLock {
      $0.running += 1
      $0.most = max($0.most, $0.running)
    }
    for await _ in gate.stream { break }
    state.withLock {
      $0.running -= 1
      $0.done += 1
    }
    return .resolved(commit: "commit \(errand.id)")
  }
}

struct WorldHostTests {
  @Test func `the world's time is real time multiplied by its speed`() async throws {
    try await OpenWorld.open(speed: 50) { world in
      #expect(await world.host.withWorld { $0.now } == .zero)
      world.clock.advance(by: .milliseconds(1500))
      #expect(await world.host.withWorld { $0.now } == .seconds(75))
    }
  }

  @Test func `what is due happens although nobody asks`() async throws {
    let late = Machine(address: IPAddress(10, 0, 0, 9), name: "late")
    let cluster = OpenWorld.cluster { $0.addMachine(late, answersAfter: .seconds(60)) }
    try await OpenWorld.open(cluster, speed: 10) { world in
      let isThere = { @Sendable (world: World) in world.machines[late.address]?.state == .rescue }
      await world.clock.sleepers(atLeast: 1)
      #expect(await world.host.read { isThere($0) } == false)
      world.clock.advance(by: .seconds(6))
      await world.settle { await world.host.read { isThere($0) } }
      #expect(await world.host.read { isThere($0) })
    }
  }

  @Test func `waiting for a condition looks after every change`() async throws {
    try await OpenWorld.open { world in
      async let met = world.host.wait { $0.objects[ObjectKey(.configMaps, "default", "b")] != nil }
      await world.setConfigMap("a", "1")
      await world.setConfigMap("b", "1")
      #expect(await met)
    }
  }

  @Test func `errands run two at a time and their answers come back`() async throws {
    let errands = GatedErrands()
    try await OpenWorld.open(errands: errands) { world in
      let numbers = await world.host.withWorld { world in
        (1...5).map { world.send(.resolve(repoURL: "https://git.example", revision: "v\($0)")) }
      }
      for done in 1...5 {
        await world.settle { errands.counts.running == min(2, 6 - done) }
        errands.release()
        await world.settle { errands.counts.done == done }
      }
      await world.settle { await world.host.read { $0.results.count } == 5 }
      #expect(await world.host.read { $0.results[numbers[4]] } == .resolved(commit: "commit \(numbers[4])"))
      #expect(errands.counts.most == 2)
    }
  }

  @Test func `a change wakes only the watches of its resource`() async throws {
    try await OpenWorld.open { world in
      guard
        case .watch(let pods) = await world.host.answer(
          APIRequest("GET", "/api/v1/pods", query: [.init(name: "watch", value: "true")]))
      else {
        Issue.record("no watch")
        return
      }
      var wakes = pods.wakes.makeAsyncIterator()
      _ = await wakes.next()
      await world.setConfigMap("a", "1")
      pods.end()
      #expect(await wakes.next() == nil)
    }
  }

  @Test func `a reader that is behind misses nothing, and a quiet watch does not expire`() async throws {
    try await OpenWorld.open { world in
      let watch = APIRequest.QueryItem(name: "watch", value: "true")
      guard
        case .watch(let busy) = await world.host.answer(APIRequest("GET", "/api/v1/configmaps", query: [watch])),
        case .watch(let quiet) = await world.host.answer(APIRequest("GET", "/api/v1/pods", query: [watch]))
      else {
        Issue.record("no watch")
        return
      }
      _ = await world.host.events(of: busy)
      await world.setConfigMap("a", "0")
      // More than the world remembers of its changes.
      for round in 1...9 {
        await world.host.withWorld { world in
          for step in 0..<1000 {
            world.objects.update(ObjectKey(.configMaps, "default", "a")) {
              $0[path: "data", "v"] = .string("\(round)-\(step)")
            }
          }
        }
      }
      let events = await world.host.events(of: busy).events
      #expect(events.count == 9001)
      #expect(events.last?[path: "object", "data", "v"] == "9-999")
      #expect(await world.host.events(of: quiet).events.isEmpty)
    }
  }

  @Test func `the kubeconfig leads to the world and holds no credentials`() {
    let kubeconfig = Kubeconfig(endpoint: APIEndpoint(port: 4711, prefix: "abc"), name: "demo")
    #expect(
      kubeconfig.text == """
        # The path of the server's address is the secret: whoever knows it may do everything in this cluster.
        apiVersion: v1
        kind: Config
        clusters:
          - name: demo
            cluster:
              server: http://127.0.0.1:4711/abc
        users:
          - name: admin@demo
            user: {}
        contexts:
          - name: admin@demo
            context:
              cluster: demo
              user: admin@demo
              namespace: default
        current-context: admin@demo

        """)
  }
}
