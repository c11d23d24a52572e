import Foundation
import Synchronization
import TestSupport
import Testing
import ZeroTouchManifests
import ZeroTouchModel
import ZeroTouchPipeline
import ZeroTouchTools

/// `secrets rotate` as a whole: the Secret is written, and then everybody who depends on it follows.
struct WholeRotationTests {
  private let scratch = ScratchDirectory()
  private static let path = "secret/external-secrets/aws-access-token"

  /// A cluster with the old credentials.
  private struct Ground {
    let shelf = SecretShelf()
    let cluster = OperatedCluster()

    init() {
      shelf.put(
        [
          "kind": "Secret", "metadata": ["managedFields": [SecretShelf.managed(by: "zerotouch")]],
          "data": [
            "AWS_ACCESS_KEY_ID": "b2xk", "AWS_SECRET_ACCESS_KEY": "b2xk", "AWS_SESSION_TOKEN": "b2xk",
          ],
        ], at: WholeRotationTests.path)
    }
  }

  private func rotate(_ ground: Ground, stamp: String, until end: End = End()) async throws -> [Diagnostic] {
    let clock = ManualClock()
    let environment = Fixtures.environment(
      end.limiting(ground.shelf.tools), clock, scratch.path, secrets: ["KEY_ID": "new-id", "KEY": "new-key"])
    let bootstrap = Fixtures.bootstrap(
      Fixtures.spec(provider: .existing, hasSecrets: true), directory: scratch.path)
    let plan = try bootstrap.injecting(only: ["aws"])
    let operated = SecretCluster(
      tools: end.limiting(ground.cluster.tools), kubectl: Kubectl(kubeconfig: "k"), clock: clock,
      now: { Date(timeIntervalSince1970: 1_795_262_400) })
    return try await clock.running {
      _ = try await PipelineRunner(environment).run(plan)
      return try await SecretRotation(in: operated, stamp: stamp, say: { _ in }).follow(
        .injected([InjectionTable.credentials], isRepository: false))
    }
  }

  @Test(arguments: [false, true])
  func `killed at any call of a rotation, its write included, the next one ends the same, and nothing was ever absent`(
    happens: Bool
  ) async throws {
    let whole = Ground()
    let all = End()
    #expect(try await rotate(whole, stamp: "1", until: all) == [])
    #expect(whole.shelf.writes.map { String($0.prefix(5)) } == ["apply", "patch"])
    #expect(all.calls >= 15)
    for call in 1...all.calls {
      let ground = Ground()
      // Whether this run is told as failed does not matter: nothing of it is remembered.
      _ = try? await rotate(ground, stamp: "1", until: End(at: call, happens: happens))
      #expect(ground.shelf[Self.path] != nil)
      #expect(try await rotate(ground, stamp: "2") == [])
      #expect(ground.shelf.values == whole.shelf.values, "killed at call \(call)")
      #expect(ground.cluster.isUpToDate, "killed at call \(call)")
      #expect(ground.shelf.lost.isEmpty, "killed at call \(call)")
    }
  }
}

/// The end of a program: the last call that it makes, and whether what it asked for still happens.
private final class End: Sendable {
  private let count = Mutex(0)
  private let last: Int
  private let happens: Bool

  init(at last: Int = .max, happens: Bool = true) {
    self.last = last
    self.happens = happens
  }

  var calls: Int { count.withLock(\.self) }

  func limiting(_ tools: ScriptedToolRunner) -> ScriptedToolRunner {
    ScriptedToolRunner { invocation throws(ToolError) in
      let number = self.count.withLock { count in
        count += 1
        return count
      }
      guard number < self.last || number == self.last && self.happens else { throw .cancelled(invocation) }
      let output = try await tools.run(invocation)
      guard number < self.last else { throw .cancelled(invocation) }
      return output
    }
  }
}
