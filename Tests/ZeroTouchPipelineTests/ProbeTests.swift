import Foundation
import TestSupport
import Testing
import ZeroTouchModel
import ZeroTouchPipeline
import ZeroTouchReadiness
import ZeroTouchTools

/// What each step makes of the answers it gets: done, missing, different, foreign or unreachable.
struct ProbeTests {
  private static let configured = Answer.output(.printing("{\"spec\":{\"stage\":\"running\"}}"))
  private static let maintenance = Answer.output(.printing("{\"spec\":{\"stage\":\"maintenance\"}}"))
  private static let shell = Answer.output(.printing(""))
  private static let silent = Answer.output(.failing("rpc error: code = Unavailable desc = connection refused"))
  private static let foreign = Answer.output(
    .failing(
      "rpc error: code = Unavailable desc = connection error: tls: failed to verify certificate: x509: certificate signed by unknown authority (possibly because of \"x509: Ed25519 verification failure\")"
    ))
  private static let wantsCertificate = Answer.output(
    .failing("rpc error: code = Unavailable desc = remote error: tls: certificate required"))
  private static let notFound = Answer.output(.failing("Error from server (NotFound): x \"y\" not found"))
  private static let noServer = Answer.output(.failing("The connection to the server 127.0.0.1:1 was refused"))

  private static func node(ready: String, labels: JSONValue = [:]) -> Answer {
    let object: JSONValue = [
      "metadata": ["name": "worker01", "labels": labels],
      "status": ["conditions": [["type": "Ready", "status": .string(ready)]]],
    ]
    return .node(.seen(ObservedNode(object)))
  }

  private static func root(
    _ url: String, _ revision: String, _ path: String = "platform/overlays/main-production"
  ) -> Answer {
    .output(
      .printing(
        "{\"apiVersion\":\"argoproj.io/v1alpha1\",\"kind\":\"Application\",\"metadata\":{\"name\":\"platform\",\"namespace\":\"argocd\"},"
          + "\"spec\":{\"source\":{\"repoURL\":\"\(url)\",\"targetRevision\":\"\(revision)\",\"path\":\"\(path)\"}}}"))
  }

  private static let worker: JSONValue = ["node-role.kubernetes.io/worker": ""]
  private static let nobody = Answer.node(.seen(nil))

  @Test(arguments: [
    ("install-os/cp01", [maintenance], Observation.State.done), ("install-os/cp01", [silent, configured], .done),
    ("install-os/cp01", [wantsCertificate, silent], .done), ("install-os/cp01", [silent, foreign], .foreign),
    ("install-os/cp01", [silent, silent, shell], .missing),
    ("install-os/cp01", [silent, silent, silent], .unreachable),
    ("apply-config/cp01", [configured], .done), ("apply-config/cp01", [silent, maintenance], .missing),
    ("apply-config/cp01", [foreign], .foreign), ("apply-config/cp01", [silent, silent], .unreachable),
    ("kubernetes-api", [.absent("")], .missing), ("kubernetes-api", [.gate(.waiting("EOF"))], .different),
    ("kubernetes-api", [.gate(.open("ok"))], .done),
    ("network-gate", [.gate(.waiting("no agent"))], .missing),
    ("join-worker/worker01", [node(ready: "True", labels: worker)], .done),
    ("join-worker/worker01", [node(ready: "True")], .different),
    ("join-worker/worker01", [node(ready: "False", labels: worker)], .different),
    ("join-worker/worker01", [.node(.failed("no route"))], .unreachable),
    ("join-worker/worker01", [nobody, configured], .different),
    ("join-worker/worker01", [nobody, silent, maintenance], .missing),
    ("join-worker/worker01", [nobody, foreign], .foreign),
    ("join-worker/worker01", [nobody, silent, silent], .unreachable),
    ("argocd", [root("x", "y")], .done), ("argocd", [notFound], .missing), ("argocd", [noServer], .unreachable),
    ("root-application", [root("https://example.org/platform.git", "main")], .done),
    ("root-application", [notFound], .missing),
    ("root-application", [root("https://example.org/platform.git", "other")], .different),
    ("root-application", [root("https://example.org/theirs.git", "main")], .foreign),
    (
      "root-application",
      [root("https://example.org/platform.git", "main", "platform/overlays/main-storeless-production")], .different
    ),
    ("root-application", [noServer], .unreachable),
  ])
  func `each answer of the world is told from the others`(step: String, answers: [Answer], state: Observation.State)
    throws
  {
    let plan = Fixtures.bootstrap(Fixtures.spec(workers: 1)).plan()
    let probe = try #require(plan.steps.first { $0.id.description == step }).probe
    for count in 1..<answers.count { #expect(probe.judge(Array(answers.prefix(count))) == nil) }
    #expect(probe.conclude(answers).state == state)
  }

  @Test(arguments: [
    (Observation.State.done, [String](), ZeroTouchModel.ExitStatus.done), (.missing, ["change missing"], .done),
    (.different, ["change different"], .done), (.foreign, [], .refused), (.unreachable, [], .gateNotReached),
  ])
  func `what is done follows from what was seen`(
    state: Observation.State, did: [String], status: ZeroTouchModel.ExitStatus
  )
    async throws
  {
    let scratch = ScratchDirectory()
    let tools = ScriptedToolRunner { _ in .printing("") }
    func change(_ word: String) -> ZeroTouchPipeline.Operation {
      .run(ToolInvocation("change", [word], effect: .mutates))
    }
    let step = Step(
      StepID("a"), "a", probe: Probe([]) { _ in Observation(state, "seen") },
      action: Action(
        missing: [change("missing")], different: .perform([change("different")]),
        unreachable: .askAgain(within: .seconds(60)), foreign: .refuse("leave it alone")))
    let clock = ManualClock()
    let environment = Fixtures.environment(tools, clock, scratch.path)
    var ended = ZeroTouchModel.ExitStatus.done
    do {
      _ = try await clock.running {
        try await PipelineRunner(environment).run(BootstrapPlan(cluster: "demo", steps: [step]))
      }
    } catch let error as PipelineError {
      ended = error.exitStatus
      #expect("\(error)".contains("seen"))
    }
    #expect(ended == status)
    #expect(tools.invocations.map(\.description) == did)
  }
}
