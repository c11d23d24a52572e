import Foundation
import ZeroTouchManifests
import ZeroTouchTools

extension ArtifactFetcher {
  /// Has curl bring the rest of a file, and looks at it from time to time.
  func transfer(_ artifact: ArtifactLock.Artifact, to part: String) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await download(artifact, to: part) }
      group.addTask {
        // Ends only with the transfer.
        while true {
          try await clock.sleep(for: interval)
          report(.progressed(name: artifact.name, bytes: store.size(of: part) ?? 0, of: artifact.size))
        }
      }
      defer { group.cancelAll() }
      try await group.next()
    }
  }

  private func download(_ artifact: ArtifactLock.Artifact, to part: String) async throws {
    var attempt = 1
    var restarts = 1
    while true {
      let invocation = Curl.download(
        address(of: artifact), to: part, resumes: true, credentials: mirror?.credentials)
      let output = try await answer(to: invocation, artifact)
      guard let failure = CurlFailure(output) else { return }
      if failure == .rangeNotServed, restarts > 0 {
        restarts -= 1
        report(.restarted(name: artifact.name, reason: "the server sends whole files only"))
        store.remove(part)
        continue
      }
      guard failure.isPassing, attempt < retries.attempts else { throw error(failure, output, artifact, part) }
      attempt += 1
      report(.retrying(name: artifact.name, attempt: attempt, reason: output.complaint))
      try await clock.sleep(for: retries.pause(before: attempt))
    }
  }

  private func answer(
    to invocation: ToolInvocation, _ artifact: ArtifactLock.Artifact
  ) async throws -> ToolOutput {
    do throws(ToolError) { return try await tools.run(invocation) } catch {
      if case .cancelled = error { throw CancellationError() }
      let lines = error.description.split(separator: "\n", maxSplits: 1).map(String.init)
      throw ArtifactError.notFetched(
        name: artifact.name, address: address(of: artifact), reason: lines[0],
        remedy: lines.count > 1 ? lines[1].trimmingCharacters(in: .whitespaces) : Self.networkRemedy)
    }
  }

  private static let networkRemedy =
    "check the network and HTTPS_PROXY, or name a mirror with --mirror; run the command again to go on"

  private func error(
    _ failure: CurlFailure, _ output: ToolOutput, _ artifact: ArtifactLock.Artifact, _ part: String
  ) -> ArtifactError {
    switch failure {
    case .notWritten:
      store.remove(part)
      return .cacheUnusable(path: store.directory, reason: "a file could not be written: \(output.complaint)")
    case .refused(let status) where status == 404 || status == 410:
      return .notFetched(
        name: artifact.name, address: address(of: artifact), reason: output.complaint,
        remedy: missingRemedy(artifact))
    case .refused, .rangeNotServed, .network, .other:
      return .notFetched(
        name: artifact.name, address: address(of: artifact), reason: output.complaint, remedy: Self.networkRemedy)
    }
  }

  private func missingRemedy(_ artifact: ArtifactLock.Artifact) -> String {
    if mirror != nil { return "put the file there, or leave the mirror out" }
    guard let id = TalosSchematic.id(in: artifact.url) else { return "correct version and address in the lock" }
    return
      "correct the version in the lock; where the image factory has never seen the schematic \(id.prefix(12))…, show it: "
      + "curl --data-binary @bootstrap/talos/schematic.yaml https://factory.talos.dev/schematics"
  }
}
