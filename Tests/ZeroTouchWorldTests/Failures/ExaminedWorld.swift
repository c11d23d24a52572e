import Foundation
import TestSupport
import Testing
import ZeroTouchDiagnosis
import ZeroTouchModel
import ZeroTouchRehearsal
import ZeroTouchTools

@testable import ZeroTouchWorld

/// A world as `zerotouch diagnose` sees it: through kubectl's command lines, one after the other.
enum ExaminedWorld {
  static func diagnosis(of world: World) async throws -> Diagnosis {
    Diagnosis(of: try await examination(of: world))
  }

  static func examination(of world: World) async throws -> Examination {
    var world = world
    world.isServing = true
    let clock = ManualClock()
    let host = WorldHost(
      world, endpoint: APIEndpoint(port: 1, prefix: "examined"), clock: clock, speed: 1, errands: NoErrands())
    return try await withTemporaryFolder { folder in
      let path = "\(folder)/kubeconfig"
      try host.kubeconfig.write(toFile: path, atomically: true, encoding: .utf8)
      let reading = ScriptedToolRunner { invocation throws(ToolError) in
        throw .notFound(tool: invocation.tool)
      }
      let examined = await Examiner(
        tools: InProcessTools(host: host, clock: clock, local: reading), clock: clock
      ).examine(ExaminedCluster(name: "examined", kubectl: Kubectl(kubeconfig: path), talosctl: nil, nodes: []))
      #expect(examined.calls.contains { $0.status == 0 }, "\(examined)")
      return examined
    }
  }
}

/// Nobody renders anything while a world is looked at.
private struct NoErrands: ErrandRunner {
  func perform(_ errand: Errand) async -> ErrandResult { .failed("nobody renders here") }
}
