import Testing
import ZeroTouchPipeline

struct PipelineCoreTests {
  /// A random graph without circles: each step needs some of those before it.
  private static func graph(_ seed: UInt64) -> [Step] {
    var random = SeededGenerator(seed: seed)
    let count = Int.random(in: 1...24, using: &random)
    return (0..<count).map { index in
      let needs = (0..<index).filter { _ in Int.random(in: 0..<4, using: &random) == 0 }.map { id($0) }
      let state = Observation.State.allCases.randomElement(using: &random) ?? .missing
      return Step(
        id(index), "step \(index)", needs: needs, probe: Probe([]) { _ in Observation(state, "seen") },
        action: Action(missing: [], unreachable: .askAgain(within: .seconds(6))))
    }
  }

  private static func id(_ index: Int) -> StepID { StepID("step", "n\(index)") }

  /// What happened in one run of the core against a world that answers in a random order.
  private struct Trace {
    var commands: [String] = []
    var ends: [StepID: [PipelineCore.End]] = [:]
    var ended = 0
    var violations: [String] = []
  }

  private static func run(_ steps: [Step], seed: UInt64, failing: Double, interruptAfter: Int? = nil) -> Trace {
    var core = PipelineCore(steps: steps, seed: seed)
    var random = SeededGenerator(seed: seed &+ 99)
    var trace = Trace()
    var open: [PipelineCore.Event] = [.began]
    var handled = 0
    let byID = Dictionary(uniqueKeysWithValues: steps.map { ($0.id, $0) })
    while !open.isEmpty {
      if handled == interruptAfter { open.insert(.interrupted, at: 0) }
      let event =
        handled == interruptAfter ? open.removeFirst() : open.remove(at: Int.random(in: 0..<open.count, using: &random))
      handled += 1
      for command in core.handle(event) {
        trace.commands.append("\(command)".prefix(60).description)
        switch command {
        case .observe(let id, _):
          for need in byID[id]?.needs ?? [] where core.end(of: need)?.isGood != true {
            trace.violations.append("\(id) began before \(need) was done")
          }
          open.append(.observed(id, byID[id]?.probe.conclude([]) ?? .done("")))
        case .act(let id, _):
          let fails = Double.random(in: 0..<1, using: &random) < failing
          open.append(fails ? .failed(id, .unreachable("x", after: .zero)) : .acted(id))
        case .announce(let id, let end): trace.ends[id, default: []].append(end)
        case .end: trace.ended += 1
        }
      }
    }
    return trace
  }

  @Test func `whoever is not let in asks for half a minute, and whoever hears nothing asks until the bound`() {
    func asked(_ sights: [String]) -> Duration? {
      let id = StepID("step")
      let step = Step(
        id, "step", probe: Probe([]) { _ in .done("") },
        action: Action(missing: [], unreachable: .askAgain(within: .seconds(300))))
      var core = PipelineCore(steps: [step], seed: 0)
      _ = core.handle(.began)
      for number in 0..<1000 where core.end(of: id) == nil {
        _ = core.handle(.observed(id, .unreachable(sights[number % sights.count]), took: .zero))
      }
      guard case .failed(.unreachable(_, let after)) = core.end(of: id) else { return nil }
      return after
    }
    let refused = "error: You must be logged in to the server (Unauthorized)"
    #expect(asked([refused]) == .seconds(30))
    #expect(asked(["no route to host"]) == .seconds(300))
    #expect(asked([refused, refused, "no route to host"]) == .seconds(300))
  }

  @Test(arguments: 0..<400)
  func `no step starts before its needs are done, and each ends exactly once`(_ seed: Int) {
    let steps = Self.graph(UInt64(seed))
    let trace = Self.run(steps, seed: UInt64(seed), failing: 0.05)
    #expect(trace.violations.isEmpty)
    #expect(trace.ended == 1)
    #expect(trace.ends.count == steps.count)
    #expect(trace.ends.values.allSatisfy { $0.count == 1 })
  }

  @Test(arguments: 0..<200)
  func `an interruption at any moment starts nothing more and still ends every step`(_ seed: Int) {
    let steps = Self.graph(UInt64(seed))
    let trace = Self.run(steps, seed: UInt64(seed), failing: 0, interruptAfter: seed % 7 + 1)
    #expect(trace.violations.isEmpty)
    #expect(trace.ended == 1)
    #expect(trace.ends.count == steps.count)
    #expect(trace.ends.values.allSatisfy { $0.count == 1 })
  }

  @Test func `the same seed gives the same commands, another seed another order`() {
    let steps = (0..<12).map {
      Step(Self.id($0), "s", probe: .always, action: Action(missing: []))
    }
    let runs = [1, 1, 2].map { Self.run(steps, seed: $0, failing: 0).commands }
    #expect(runs[0] == runs[1])
    #expect(runs[0] != runs[2])
  }

  @Test func `a failure starts nothing new and lets what runs end`() {
    let steps = [
      Step(Self.id(0), "fails", probe: .always, action: Action(missing: [])),
      Step(Self.id(1), "runs beside it", probe: .always, action: Action(missing: [])),
      Step(Self.id(2), "comes after", needs: [Self.id(1)], probe: .always, action: Action(missing: [])),
    ]
    var core = PipelineCore(steps: steps, seed: 1)
    _ = core.handle(.began)
    for index in 0...1 { _ = core.handle(.observed(Self.id(index), .missing(""))) }
    let failure = StepFailure.timedOut(gate: "g", after: .seconds(1), last: "never")
    _ = core.handle(.failed(Self.id(0), failure))
    let last = core.handle(.acted(Self.id(1)))
    #expect(core.end(of: Self.id(0)) == .failed(failure))
    #expect(core.end(of: Self.id(1)) == .made)
    #expect(core.end(of: Self.id(2)) == .notStarted)
    #expect(last.contains { if case .end = $0 { true } else { false } })
  }

  @Test func `an unreachable world is asked again until the bound, and then named`() {
    let step = Step(
      Self.id(0), "s", probe: .always, action: Action(missing: [], unreachable: .askAgain(within: .seconds(10))))
    var core = PipelineCore(steps: [step], seed: 0)
    var commands = core.handle(.began)
    var asked = 0
    while commands.contains(where: { if case .observe = $0 { true } else { false } }) {
      asked += 1
      commands = core.handle(.observed(Self.id(0), .unreachable("no route to host")))
    }
    #expect(asked == 6)
    #expect(core.end(of: Self.id(0)) == .failed(.unreachable("no route to host", after: .seconds(10))))
  }

  @Test func `the time in which nobody answers counts towards the bound as well`() {
    let step = Step(
      Self.id(0), "s", probe: .always, action: Action(missing: [], unreachable: .askAgain(within: .seconds(60))))
    var core = PipelineCore(steps: [step], seed: 0)
    _ = core.handle(.began)
    for _ in 0..<2 { _ = core.handle(.observed(Self.id(0), .unreachable("silent"), took: .seconds(20))) }
    #expect(core.end(of: Self.id(0)) == nil)
    _ = core.handle(.observed(Self.id(0), .unreachable("silent"), took: .seconds(20)))
    #expect(core.end(of: Self.id(0)) == .failed(.unreachable("silent", after: .seconds(60))))
  }

  @Test func `steps that need each other end the run instead of hanging it`() {
    let steps = [
      Step(Self.id(0), "a", needs: [Self.id(1)], probe: .always, action: Action(missing: [])),
      Step(Self.id(1), "b", needs: [Self.id(0)], probe: .always, action: Action(missing: [])),
    ]
    var core = PipelineCore(steps: steps, seed: 0)
    #expect(core.handle(.began).count == 3)
    #expect(core.end(of: Self.id(0)) == .notStarted)
  }
}
