import Testing
import ZeroTouchModel
import ZeroTouchPipeline

struct PredictionTests {
  private func step(_ name: String, _ needs: [String], _ expected: ExpectedDuration) -> Step {
    Step(
      StepID(name), name, needs: needs.map { StepID($0) }, probe: .always, action: Action(missing: []),
      expected: expected)
  }

  @Test func `the critical path is the slowest way, and parallel steps cost only their slowest`() {
    let plan = BootstrapPlan(
      cluster: "c",
      steps: [
        step("a", [], ExpectedDuration(.imageWrite)), step("b", ["a"], ExpectedDuration(.maintenanceBoot)),
        step("c", ["a"], ExpectedDuration(.containerStart)), step("d", ["b", "c"], ExpectedDuration(.imagePull)),
      ])
    let prediction = Prediction(of: plan)
    #expect(prediction.typical.legs.map(\.step.description) == ["a", "b", "d"])
    let wanted = [RealWorld.imageWrite, .maintenanceBoot, .imagePull].map(\.declared.typical).reduce(.zero, +)
    #expect(prediction.typical.total == wanted)
    #expect(prediction.pessimistic.total > prediction.typical.total)
  }

  @Test func `two hundred workers take as long as one`() {
    let one = Prediction(of: Fixtures.bootstrap(Fixtures.spec(workers: 1)).plan())
    let many = Prediction(of: Fixtures.bootstrap(Fixtures.spec(workers: 200)).plan())
    #expect(one.typical.total == many.typical.total)
  }

  @Test func `a budget that is exceeded names the steps to blame, slowest first`() throws {
    let prediction = Prediction(of: Fixtures.bootstrap(Fixtures.spec()).plan())
    #expect(prediction.exceeds(prediction.typical.total) == nil)
    let excess = try #require(prediction.exceeds(.seconds(60)))
    #expect(excess.blame.first?.step.description == "install-os/cp01")
    #expect(excess.text.contains("`install-os/cp01`"))
  }

  @Test func `more waves take longer`() {
    let few = Fixtures.bootstrap(Fixtures.spec())
    let more = Bootstrap(
      spec: few.spec, layout: few.layout, lock: few.lock, cache: few.cache, workspace: few.workspace,
      applications: Fixtures.applications([-3, -2, -1, 0, 1, 2]))
    #expect(Prediction(of: more.plan()).typical.total > Prediction(of: few.plan()).typical.total)
  }

  @Test func `waves are expected after the workers on which alone their pods can run`() {
    let prediction = Prediction(of: Fixtures.bootstrap(Fixtures.spec(workers: 2)).plan())
    #expect(
      prediction.typical.legs.map(\.step).suffix(4).map(\.stage) == [
        "join-worker", "sync-waves", "handover", "validate",
      ])
  }

  @Test func `figures without a source are named`() {
    #expect(Prediction(of: Fixtures.bootstrap(Fixtures.spec()).plan()).text.contains("figures without a source"))
  }
}
