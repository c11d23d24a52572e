import Testing
import ZeroTouchModel

@testable import ZeroTouchWorld

struct SyncWaveTests {
  /// Two children, the first of which needs a Deployment that does not become available by itself.
  func platform(_ script: String?) -> ArgoCDWorld {
    var argo = ArgoCDWorld(healthScript: script)
    argo.repository = [
      "root": [Wanted.application("first", wave: -1), Wanted.application("second", wave: 0)],
      "first": [Wanted.deployment("slow")],
      "second": [Wanted.configMap("late")],
    ]
    argo.apply(Wanted.application("root"))
    return argo
  }

  @Test func `with the health check a wave waits until the child before it is synced and healthy`() {
    var argo = platform(ArgoCDWorld.gatingScript)
    argo.after(300)
    #expect(argo.state("first") == "Synced Progressing")
    #expect(!argo.exists("second"))
    #expect(argo.phase("root") == "Running")
    #expect(argo.message("root") == "waiting for healthy state of argoproj.io/Application/first")
    argo.report("slow", available: 1)
    argo.after(30)
    #expect(argo.state("first") == "Synced Healthy")
    #expect(argo.state("second") == "Synced Healthy")
    #expect(argo.phase("root") == "Succeeded")
    #expect(argo.message("root") == "successfully synced (all tasks run)")
    #expect(argo.state("root") == "Synced Healthy")
  }

  @Test func `without the health check the next wave begins although the child before it is not healthy`() {
    var argo = platform(nil)
    argo.after(30)
    #expect(argo.state("first") == "Synced Progressing")
    #expect(argo.state("second") == "Synced Healthy")
    #expect(argo.phase("root") == "Succeeded")
    #expect(argo.state("root") == "Synced Healthy")
  }

  @Test func `taking the health check out while a wave waits lets the wave go on`() {
    var argo = platform(ArgoCDWorld.gatingScript)
    argo.after(60)
    #expect(!argo.exists("second"))
    argo.settings(nil)
    argo.after(10)
    #expect(argo.exists("second"))
  }

  @Test func `a degraded child fails the parent's sync when the script copies its health`() {
    var argo = platform(ArgoCDWorld.copyingScript)
    argo.after(20)
    argo.report(
      "slow", available: 0,
      condition: ["type": "Progressing", "status": "False", "reason": "ProgressDeadlineExceeded"])
    argo.after(2)
    #expect(argo.state("first") == "Synced Degraded")
    #expect(argo.message("root").hasPrefix("one or more synchronization tasks completed unsuccessfully"))
    #expect(argo.message("root").contains("Retrying attempt #1"))
    #expect(!argo.exists("second"))
  }

  @Test func `a degraded child only holds the parent when the script never says degraded`() {
    var argo = platform(ArgoCDWorld.gatingScript)
    argo.after(20)
    argo.report(
      "slow", available: 0,
      condition: ["type": "Progressing", "status": "False", "reason": "ProgressDeadlineExceeded"])
    argo.after(600)
    #expect(argo.state("first") == "Synced Degraded")
    #expect(argo.phase("root") == "Running")
    #expect(argo.operation("root")["retryCount"] == nil)
  }

  @Test func `an updated child is judged by what it was before`() {
    var argo = platform(ArgoCDWorld.gatingScript)
    argo.after(20)
    argo.report("slow", available: 1)
    argo.after(30)
    argo.repository["root"] = [
      Wanted.application("first", path: "other", wave: -1), Wanted.application("second", path: "more", wave: 0),
    ]
    argo.repository["other"] = [Wanted.deployment("never")]
    argo.repository["more"] = [Wanted.configMap("eager")]
    argo.commit = "c2"
    argo.after(180)
    #expect(argo.state("first") == "Synced Progressing")
    // The wave before it had not been looked at again when its old verdict let this one go on.
    #expect(argo.object(.configMaps, "eager") != nil)
  }

  @Test func `waves inside an application wait for workloads but not for the last wave`() {
    var argo = ArgoCDWorld()
    argo.repository["app"] = [
      Wanted.deployment("one", wave: 1), Wanted.deployment("two", wave: 2), Wanted.configMap("zero"),
    ]
    argo.apply(Wanted.application("app"))
    argo.after(20)
    #expect(argo.object(.configMaps, "zero") != nil)
    #expect(argo.object(.deployments, "one") != nil)
    #expect(argo.object(.deployments, "two") == nil)
    #expect(argo.message("app") == "waiting for healthy state of apps/Deployment/one")
    argo.report("one", available: 1)
    argo.after(5)
    #expect(argo.object(.deployments, "two") != nil)
    #expect(argo.phase("app") == "Succeeded")
    #expect(argo.state("app") == "Synced Progressing")
  }

  @Test func `an object whose health is to be ignored does not keep its application from being healthy`() {
    var argo = ArgoCDWorld()
    argo.repository["app"] = [Wanted.deployment("slow", annotations: [ArgoCDNames.ignoreHealthCheck: "true"])]
    argo.apply(Wanted.application("app"))
    argo.after(20)
    #expect(argo.state("app") == "Synced Healthy")
  }

  @Test func `two waves are two seconds apart`() {
    var argo = ArgoCDWorld()
    argo.repository["app"] = [
      Wanted.configMap("a", annotations: [ArgoCDNames.syncWave: "1"]),
      Wanted.configMap("b", annotations: [ArgoCDNames.syncWave: "2"]),
    ]
    argo.apply(Wanted.application("app"))
    while argo.object(.configMaps, "a") == nil { argo.after(1) }
    argo.after(1)
    #expect(argo.object(.configMaps, "b") == nil)
    argo.after(1)
    #expect(argo.object(.configMaps, "b") != nil)
  }
}
