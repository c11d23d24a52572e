import ZeroTouchManifests
import ZeroTouchModel

/// What Applications in a gated order need so that it goes on by itself.
extension Rule {
  static let givesUp = Rule(
    "ZT332", .warning, "an Application in a gated order that gives up",
    why:
      "without `retry` Argo CD gives a commit up after five tries, and the waves behind it wait for somebody to press Sync",
    remedy: "give `syncPolicy.retry` a limit of -1, with a back-off",
    example: Example(
      wrong: "syncPolicy: {automated: {}}",
      right: "syncPolicy:\n  automated: {}\n  retry: {limit: -1, backoff: {duration: 5s, factor: 2, maxDuration: 3m}}"),
    check: { survey in
      guard survey.argoCDSettings.judgesApplications else { return [] }
      // Where no other Application goes on for ever, nobody counts on it.
      let persistent = survey.applications.filter { $0.application.retries < 0 }.map { $0.cluster.entry }
      return survey.applications.compactMap { cluster, application in
        guard persistent.contains(cluster.entry), application.isAutomated,
          application.manifest.annotation(DeployedApplication.waveKey) != nil,
          application.manifest["spec", "syncPolicy", "retry"] == nil
        else { return nil }
        return Violation(
          at: survey.place(of: application.manifest, at: "spec", "syncPolicy"),
          "`\(application.name)` (wave \(application.wave)) is tried five times and then given up, others for ever")
      }
    })

  static let ignoredAndWritten = Rule(
    "ZT333", .warning, "differences that are ignored and written all the same",
    why: "what is not compared is applied nevertheless whenever something else changes: it is undone, and made again",
    remedy: "add `RespectIgnoreDifferences=true` to `syncPolicy.syncOptions`",
    example: Example(
      wrong:
        "ignoreDifferences: [{group: apps, kind: Deployment, jsonPointers: [/spec/replicas]}]\nsyncPolicy: {automated: {selfHeal: true}}",
      right:
        "ignoreDifferences: [{group: apps, kind: Deployment, jsonPointers: [/spec/replicas]}]\nsyncPolicy: {automated: {selfHeal: true}, syncOptions: [RespectIgnoreDifferences=true]}"
    ),
    check: { survey in
      guard survey.argoCDSettings.judgesApplications else { return [] }
      return survey.eachApplication { application in
        guard application.isAutomated, application.has(option: "ServerSideApply=true"),
          application.manifest["spec", "ignoreDifferences"]?.items?.isEmpty == false,
          !application.has(option: "RespectIgnoreDifferences=true")
        else { return nil }
        return (["spec", "ignoreDifferences"], "`\(application.name)` ignores differences and writes over them")
      }
    })
}
