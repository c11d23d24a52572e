import Foundation
import TestSupport
import Testing

/// Every place in which the program waits, and what ends the wait: nothing here waits for ever, in particular not at
/// three in the morning. `BoundTests` holds the bounds of plans themselves.
struct WaitTests {
  /// By source file: how many places there are, and what bounds them.
  private static let bounded: [String: (places: Int, by: String)] = [
    "CLI/Commands/Secrets/InjectSecretsCommand": (1, "--from-stdin: ends with whoever writes"),
    "CLI/Recording/ReplayedRun": (1, "a recorded interruption, in virtual time"),
    "CLI/Terminal/TerminalPrompt": (2, "ten minutes, a tenth of a second each"),
    "Diagnosis/Examining/Examiner": (1, "45 seconds, which is the bound itself"),
    "Model/Concurrency/SideBySide": (1, "as long as the work that is done side by side"),
    "Pipeline/Artifacts/ArtifactFetcher+Transfer": (2, "curl's deadline; the pauses of RetryPolicy"),
    "Pipeline/Running/PipelineRunner": (1, "--wait for another run's lock; at once without it"),
    "Pipeline/Running/RunClock": (1, "what its callers say"),
    "Pipeline/Running/RunLock": (2, "never waits: LOCK_NB and LOCK_UN"),
    "Pipeline/Running/StepPerformer": (1, "the pauses of RetryPolicy, five at most"),
    "Pipeline/Running/ToolSlots": (1, "the deadlines of the programs that hold the slots"),
    "Pipeline/Running/Walk": (1, "Response.askAgain(within:)"),
    "Pipeline/Secrets/SecretCluster": (1, "its patience"),
    "Readiness/Keeping/GateKeeper": (1, "the deadlines of the programs that are asked"),
    "Readiness/Keeping/GateKeeper+Looking": (3, "the gate that looks, and its bound"),
    "Readiness/Keeping/GateKeeper+Wait": (3, "the gate's bound, which one of them is"),
    "Readiness/Keeping/Turnstile": (1, "the deadlines of the programs that are asked"),
    "Recording/Replaying/ReplayingTools": (2, "virtual time"),
    "Rehearsal/HTTP/ExecSocket": (4, "its patience"),
    "Rehearsal/HTTP/WatchResponder": (3, "the watch's timeoutSeconds"),
    "Rehearsal/Host/DetachedProcess": (1, "never waits: WNOHANG"),
    "Rehearsal/Host/ForeignProcess": (1, "never waits: WNOHANG"),
    "Rehearsal/Host/VirtualTime": (1, "what its callers say"),
    "Rehearsal/Host/WorldClient": (2, "five seconds to come up, five to end"),
    "Rehearsal/Host/WorldHost": (6, "the world's own life; `wait(atMost:)`"),
    "Rehearsal/Host/WorldServer": (1, "the world's own life"),
    "Rehearsal/InProcess/InProcessTools": (1, "the invocation's deadline, which it is"),
    "Rehearsal/Kind/KindDoor": (1, "kind's declared duration"),
    "Rehearsal/Kubectl/KubectlSession+Draining": (1, "the invocation's deadline"),
    "Rehearsal/Kubectl/KubectlSession+Reading": (1, "the invocation's deadline, or the gate that watches"),
    "Rehearsal/Shims/WorldConnection": (1, "the socket's SO_RCVTIMEO"),
    "Rehearsal/Shims/WorldSocket": (1, "the connection's life"),
    "Rehearsal/Talos/TalosHealth": (1, "--wait-timeout"),
    "Rehearsal/Time/ScaledClock": (1, "what its callers say"),
    "Secrets/Store/ParameterStoreAccess": (1, "its patience, eight pauses of 20 seconds at most"),
    "Simulation/Hazards/Hazards+World": (3, "the fault's moments, and the world's end"),
    "Simulation/Programs/SimulatedProgram": (1, "virtual time"),
    "Simulation/Programs/DisturbedTools": (1, "the invocation's deadline, or what the fault says"),
    "Simulation/Programs/SimulatedPrograms": (3, "virtual time"),
    "Simulation/Running/SimulatedCluster": (3, "virtual time"),
    "Simulation/Time/SeededClock": (4, "a day of virtual time; work outside has deadlines of its own"),
    "Tools/Hetzner/HetznerCloud": (1, "the number of looks at an action"),
    "Tools/Kubectl/Kubectl": (1, "a watch, which the gate that looks through it ends"),
    "Tools/Running/SubprocessToolRunner": (2, "the invocation's deadline; two seconds of grace"),
    "Tools/SSH/HostKeyScan": (2, "ten minutes, which one of them is"),
  ]

  @Test func `every place in which the program waits is known, with what bounds it`() throws {
    var found: [String: Int] = [:]
    let (sources, waiting) = ("\(BuiltProgram.packageRoot)/Sources", try Self.waiting())
    for file in try FileManager.default.subpathsOfDirectory(atPath: sources) where file.hasSuffix(".swift") {
      let text = try String(contentsOfFile: "\(sources)/\(file)", encoding: .utf8)
      let lines = text.split(separator: "\n").filter { !$0.contains("///") }
      let count = lines.reduce(0) { $0 + $1.matches(of: waiting).count }
      if count > 0 { found[String(file.dropFirst("ZeroTouch".count).dropLast(".swift".count))] = count }
    }
    #expect(found == Self.bounded.mapValues(\.places))
    #expect(Self.bounded.values.allSatisfy { !$0.by.isEmpty })
  }

  /// What waits, in the words of Swift and of the C library; an incident of a simulation is called `sleep` too.
  private static func waiting() throws -> Regex<AnyRegexOutput> {
    let words = [
      #"[a-zA-Z]\.sleep\("#, "withChecked(?:Throwing)?Continuation", #"guard poll\("#, #"waitpid\("#, "deadline: nil",
      #"arrival\.wait\("#, #"readLine\("#, #"\bflock\("#, "for await ", #"recv\("#, #"nanosleep\("#, "pthread_join",
    ]
    return try Regex(words.joined(separator: "|"))
  }
}
