import Testing
import ZeroTouchModel
import ZeroTouchTools

@testable import ZeroTouchPipeline

/// Parts of plans, and plans that were saved.
struct SelectionTests {
  private static func step(_ name: String, needs: [String] = [], _ words: [String] = ["a"]) -> Step {
    let call = ToolInvocation("change", words, effect: .mutates)
    return Step(
      StepID(name), name, needs: needs.map { StepID($0) }, probe: Probe([]) { _ in .missing("nothing") },
      action: Action(missing: [.run(call)]))
  }

  private let plan = BootstrapPlan(
    cluster: "demo",
    steps: [step("a"), step("b", needs: ["a"]), step("c", needs: ["b"]), step("d", needs: ["a"])])

  private func sightings(_ states: [String: Observation.State], of plan: BootstrapPlan) -> [PipelineObserver.Sighting] {
    plan.steps.map {
      .init(step: $0.id, title: $0.title, observation: Observation(states[$0.id.description] ?? .missing, ""))
    }
  }

  @Test(arguments: [
    (StepSelection(from: "b"), ["b", "c"]), (StepSelection(until: "b"), ["a", "b"]),
    (StepSelection(only: ["c", "d"]), ["c", "d"]), (StepSelection(from: "b", until: "b"), ["b"]),
    (StepSelection(), ["a", "b", "c", "d"]),
  ])
  func `steps are selected by what builds on them and what they build on`(
    selection: StepSelection, ids: [String]
  ) throws {
    #expect(try plan.selecting(selection).steps.map(\.id.description) == ids)
  }

  @Test func `a step that nobody knows is refused with the names of those that exist`() {
    let error = #expect(throws: InvalidInput.self) { try plan.selecting(StepSelection(only: ["z"])) }
    #expect(error?.description.contains("name one of a, b, c, d") == true)
  }

  @Test func `a saved plan holds until a step would do something else or the world has moved`() throws {
    let saved = try #require(
      SavedPlan(parsing: SavedPlan(plan, sightings(["a": .done], of: plan)).json.text(.indented)))
    #expect(saved.differences(to: SavedPlan(plan, sightings(["a": .done], of: plan))) == [])
    #expect(
      saved.differences(to: SavedPlan(plan, sightings([:], of: plan))) == ["`a` was done and is missing"])
    let changed = BootstrapPlan(cluster: "demo", steps: plan.steps.dropLast() + [Self.step("d", needs: ["a"], ["b"])])
    #expect(
      saved.differences(to: SavedPlan(changed, sightings(["a": .done], of: changed)))
        == ["`d` would do something else"])
  }

  @Test func `only steps that would change something are pending`() {
    #expect(plan.pending(sightings(["a": .done, "b": .done], of: plan)).map(\.description) == ["c", "d"])
  }
}
