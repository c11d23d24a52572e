import Foundation
package import ZeroTouchManifests
import ZeroTouchModel
package import ZeroTouchTools

/// Brings artifacts into the cache: side by side, resumed where an earlier run was ended, under their names only once
/// their sums are right.
package struct ArtifactFetcher: Sendable {
  let tools: any ToolRunner
  let clock: any Clock<Duration>
  let store: ArtifactStore
  let mirror: ArtifactMirror?
  let retries: RetryPolicy
  /// How often a transfer is looked at.
  let interval: Duration
  let report: @Sendable (ArtifactEvent) -> Void

  /// How many transfers run at the same time.
  private static let width = 4

  package init(
    tools: any ToolRunner, clock: any Clock<Duration>, store: ArtifactStore, mirror: ArtifactMirror? = nil,
    retries: RetryPolicy = RetryPolicy(attempts: 4), interval: Duration = .seconds(2),
    report: @escaping @Sendable (ArtifactEvent) -> Void = { _ in }
  ) {
    self.tools = tools
    self.clock = clock
    self.store = store
    self.mirror = mirror
    self.retries = retries
    self.interval = interval
    self.report = report
  }

  /// Brings what is missing. Everything that can be brought is, also where something else fails.
  ///
  /// - Parameter holder: Who another run is told to wait for.
  package func fetch(_ artifacts: [ArtifactLock.Artifact], holder: String) async throws {
    let failures = artifacts.filter { $0.sha256 == nil }.map { ArtifactError.notAccepted($0.unpinned, isUnset: true) }
    var missing: [ArtifactLock.Artifact] = []
    for artifact in artifacts where artifact.sha256 != nil {
      if store.state(of: artifact) == .present {
        report(.arrived(name: artifact.name, .cached))
      } else {
        missing.append(artifact)
      }
    }
    let (rest, _) = try await holding(missing, holder) { try await bring($0) }
    if let error = ArtifactError.gathering(rest + failures) { throw error }
  }

  /// Fetches artifacts whose sums nobody knows and takes their sums; they lie in the cache only once they are adopted.
  package func measure(
    _ artifacts: [ArtifactLock.Artifact], holder: String
  ) async throws -> [ArtifactLock.Artifact] {
    let (failures, measured) = try await holding(artifacts, holder) { try await measure($0) }
    if let error = ArtifactError.gathering(failures) { throw error }
    return measured
  }

  /// Gives what ``measure(_:holder:)`` fetched its name in the cache.
  package func adopt(_ measured: [ArtifactLock.Artifact]) throws(ArtifactError) {
    for artifact in measured { try store.adopt(measuring(artifact), as: artifact) }
  }

  /// Forgets what ``measure(_:holder:)`` fetched.
  package func discard(_ measured: [ArtifactLock.Artifact]) {
    for artifact in measured { store.remove(measuring(artifact)) }
  }

  private func measuring(_ artifact: ArtifactLock.Artifact) -> String { "\(store.path(of: artifact)).measured.part" }

  private func measure(_ artifact: ArtifactLock.Artifact) async throws -> ArtifactLock.Artifact {
    let part = measuring(artifact)
    // Nothing says what an older part belongs to.
    store.remove(part)
    report(.began(name: artifact.name, address: address(of: artifact)))
    try await transfer(artifact, to: part)
    guard let file = FileDigest(part) else {
      throw ArtifactError.cacheUnusable(path: part, reason: "it cannot be read")
    }
    report(.arrived(name: artifact.name, .fetched(bytes: file.size, resumedAt: 0)))
    return artifact.pinned(sha256: file.sha256, size: file.size)
  }

  private func bring(_ artifact: ArtifactLock.Artifact) async throws -> ArtifactLock.Artifact {
    let part = store.partial(of: artifact)
    var start = store.size(of: part) ?? 0
    if start > 0, problem(of: part, as: artifact) == nil { return try finish(part, artifact, resumedAt: start) }
    if let size = artifact.size, start >= size {
      store.remove(part)
      start = 0
    }
    report(.began(name: artifact.name, address: address(of: artifact)))
    try await transfer(artifact, to: part)
    if start > 0, problem(of: part, as: artifact) != nil {
      // The beginning may have been another file's.
      report(.restarted(name: artifact.name, reason: "the resumed file has the wrong sum"))
      store.remove(part)
      start = 0
      try await transfer(artifact, to: part)
    }
    if let problem = problem(of: part, as: artifact) {
      store.remove(part)
      throw ArtifactError.notAccepted(described(problem, artifact), isUnset: false)
    }
    return try finish(part, artifact, resumedAt: start)
  }

  private func finish(
    _ part: String, _ artifact: ArtifactLock.Artifact, resumedAt start: Int
  ) throws -> ArtifactLock.Artifact {
    let size = store.size(of: part) ?? 0
    try store.adopt(part, as: artifact)
    report(.arrived(name: artifact.name, .fetched(bytes: size, resumedAt: start)))
    return artifact
  }

  private func problem(of part: String, as artifact: ArtifactLock.Artifact) -> Diagnostic? {
    guard let file = FileDigest(part) else { return artifact.absent }
    return artifact.problem(withBytes: file.size, sum: file.sha256)
  }

  /// What came over the network and was refused needs another remedy than what lies in the cache.
  private func described(_ problem: Diagnostic, _ artifact: ArtifactLock.Artifact) -> Diagnostic {
    Diagnostic(
      "\(problem.message); it came from \(address(of: artifact)) and was thrown away",
      remedy: "find out who changed it before you trust it; a new version is pinned with `zerotouch artifacts update`")
  }

  func address(of artifact: ArtifactLock.Artifact) -> String { mirror?.address(of: artifact.url) ?? artifact.url }
}

extension ArtifactFetcher {
  /// Works on artifacts side by side while no other run may; failures are gathered, an interruption ends it all.
  private func holding(
    _ artifacts: [ArtifactLock.Artifact], _ holder: String,
    _ work: @escaping @Sendable (ArtifactLock.Artifact) async throws -> ArtifactLock.Artifact
  ) async throws -> (failures: [ArtifactError], done: [ArtifactLock.Artifact]) {
    guard !artifacts.isEmpty else { return ([], []) }
    try store.prepare()
    let lock = try takeLock(holder)
    defer { lock.release() }
    let results = try await artifacts.mapSideBySide(atMost: Self.width) { artifact in
      do { return Result<_, ArtifactError>.success(try await work(artifact)) } catch let error as ArtifactError {
        return .failure(error)
      }
    }
    return (
      results.compactMap { if case .failure(let error) = $0 { error } else { nil } },
      results.compactMap { try? $0.get() }
    )
  }

  private func takeLock(_ holder: String) throws -> RunLock {
    do { return try RunLock.take(at: "\(store.directory)/.lock", holder: holder) } catch PipelineError.locked(
      let holder, _)
    {
      throw ArtifactError.busy(holder: holder)
    } catch PipelineError.workspace(let path, let reason) {
      throw ArtifactError.cacheUnusable(path: path, reason: reason.lowercased())
    }
  }
}
