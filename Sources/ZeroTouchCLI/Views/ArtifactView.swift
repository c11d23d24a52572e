import ZeroTouchManifests
import ZeroTouchModel
import ZeroTouchPipeline

/// The artifacts of a lock and what the cache has of them.
struct ArtifactView: Sendable {
  private let rows: [(artifact: ArtifactLock.Artifact, state: ArtifactState, path: String)]

  init(_ artifacts: [ArtifactLock.Artifact], in store: ArtifactStore) {
    rows = artifacts.map { ($0, store.state(of: $0), store.path(of: $0)) }
  }

  /// What keeps an artifact from being used.
  var problems: [ArtifactError] {
    rows.compactMap { row in
      switch row.state {
      case .present: nil
      case .absent: .notAccepted(row.artifact.absent, isUnset: false)
      case .wrong(let problem): .notAccepted(problem, isUnset: false)
      case .unset: .notAccepted(row.artifact.unpinned, isUnset: true)
      }
    }
  }

  func text() -> String {
    var table = Table(header: ["ARTIFACT", "VERSION", "STATE", "SIZE", "SHA-256", "PURPOSE"])
    table.rows = rows.map { artifact, state, _ in
      [
        artifact.name, artifact.version, artifact.isStandIn ? "\(state.word), stand-in" : state.word,
        artifact.size.map(\.inBytes) ?? "-", artifact.sha256.map { String($0.prefix(12)) } ?? "unset", artifact.purpose,
      ]
    }
    return table.text
  }

  var json: JSONValue {
    let artifacts = rows.map { artifact, state, path -> JSONValue in
      var value: JSONValue = [
        "name": .string(artifact.name), "version": .string(artifact.version), "url": .string(artifact.url),
        "state": .string(state.word), "path": .string(path), "purpose": .string(artifact.purpose),
      ]
      value["sha256"] = artifact.sha256.map { .string($0) }
      value["size"] = artifact.size.map { JSONValue($0) }
      if artifact.isStandIn { value["standIn"] = true }
      if case .wrong(let problem) = state { value["problem"] = .string(problem.message) }
      return value
    }
    return ["artifacts": .array(artifacts)]
  }
}

/// Tells on standard error how artifacts arrive.
struct ArtifactEventView: Sendable {
  let console: Console

  func show(_ event: ArtifactEvent) { console.narrate(Self.line(for: event)) }

  static func line(for event: ArtifactEvent) -> String {
    switch event {
    case .began(let name, let address): "▸ \(name)  from \(address)"
    case .progressed(let name, let bytes, let size?) where size > 0:
      "◎ \(name)  \(bytes * 100 / size) % of \(size.inBytes)"
    case .progressed(let name, let bytes, _): "◎ \(name)  \(bytes.inBytes)"
    case .retrying(let name, let attempt, let reason): "↻ \(name)  attempt \(attempt): \(reason)"
    case .restarted(let name, let reason): "↻ \(name)  from the beginning: \(reason)"
    case .arrived(let name, .cached): "✔ \(name)  in the cache already"
    case .arrived(let name, .fetched(let bytes, 0)): "✔ \(name)  \(bytes.inBytes)"
    case .arrived(let name, .fetched(let bytes, let start)): "✔ \(name)  \(bytes.inBytes), resumed at \(start.inBytes)"
    }
  }
}

extension Int {
  /// A number of bytes as people read it: `7785 B`, `203.3 kB`, `98.4 MB`.
  fileprivate var inBytes: String {
    guard self >= 10_000 else { return "\(self) B" }
    let (unit, name) = self >= 10_000_000 ? (1_000_000, "MB") : (1000, "kB")
    return "\(self / unit).\(self % unit * 10 / unit) \(name)"
  }
}
