import TestSupport
import Testing
import ZeroTouchModel
import ZeroTouchPipeline
import ZeroTouchReadiness

/// Every gate that a bootstrap waits for, in a world that never gets there.
struct ClosedGateTests {
  private static func waits(_ provider: ClusterSpec.Provider) -> [Gate] {
    var spec = Fixtures.spec(controlPlanes: 3, workers: 1, provider: provider, hasSecrets: true)
    spec.network.gateway = AddressPool("192.168.1.224/28").map { .l2(pool: $0) } ?? .hostNetwork
    let plan = Fixtures.bootstrap(spec, kubeconfig: "/given").plan()
    return plan.steps.flatMap(\.action.operations).compactMap { if case .wait(let gate) = $0 { gate } else { nil } }
  }

  @Test(arguments: ClusterSpec.Provider.allCases)
  func `a gate that never opens ends the run at its bound, with the reason and exit 3`(provider: ClusterSpec.Provider)
    async throws
  {
    let gates = Self.waits(provider)
    #expect(Set(gates.map(\.name)) == Set(GateName.allCases.filter { $0.providers.contains(provider) }))
    for gate in gates {
      let scratch = ScratchDirectory()
      let tools = ScriptedToolRunner { _ in .failing("dial tcp 203.0.113.10:6443: connect: connection refused") }
      let clock = ManualClock()
      let start = clock.now
      let environment = Fixtures.environment(tools, clock, scratch.path)
      let step = Step(StepID("a"), "a", probe: .always, action: Action(missing: [.wait(gate)]))
      let error = await #expect(throws: PipelineError.self) {
        _ = try await clock.running {
          try await PipelineRunner(environment).run(BootstrapPlan(cluster: "demo", steps: [step]))
        }
      }
      #expect(error?.exitStatus == .gateNotReached, "\(gate)")
      #expect(error?.description.contains("`\(gate)` was not reached within") == true)
      #expect(error?.description.contains("connection refused") == true, "\(gate): \(String(describing: error))")
      let passed = start.duration(to: clock.now)
      #expect(passed >= gate.bound && passed < gate.bound + .seconds(60), "\(gate)")
      #expect(tools.mutations.isEmpty)
    }
  }
}
