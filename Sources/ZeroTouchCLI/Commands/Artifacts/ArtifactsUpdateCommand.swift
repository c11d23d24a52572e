import ArgumentParser
import Foundation
import ZeroTouchManifests
import ZeroTouchModel
import ZeroTouchPipeline
import ZeroTouchTools

/// `zerotouch artifacts update`.
struct ArtifactsUpdateCommand: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "update", abstract: "Fetch an artifact, show its sum and write it to the lock.",
    discussion: """
      Trusts what the network brings this one time; compare the sum with one that the publisher names where there is one.
      The lock keeps its comments. A sum that changes although the version does not is refused (exit 5).

      EXAMPLES
        zerotouch artifacts update talos-image          measure what has no sum yet
        zerotouch artifacts update cilium@1.19.7        another version
        zerotouch artifacts update gateway-api@1.4.1    all artifacts of a group
      """)

  @Argument(help: "NAME or NAME@VERSION; a group such as gateway-api is updated as a whole.")
  var artifact: String

  @Flag(name: .long, help: "Accept other bytes under the same version.")
  var accept = false

  @OptionGroup var mirror: MirrorOption
  @OptionGroup var options: ArtifactOptions

  func execute(in environment: LiveEnvironment) async throws -> ExitStatus {
    let shelf = try options.shelf(in: environment)
    let wanted = try wanted(on: shelf)
    let fetcher = environment.fetcher(for: shelf, from: try mirror.mirror(in: environment))
    try await Toolbox.fetching.demand(of: environment.tools())
    let measured = try await fetcher.measure(wanted, holder: environment.holder)
    do {
      try check(measured, against: shelf.lock)
      try pin(measured, on: shelf)
      try fetcher.adopt(measured)
    } catch {
      fetcher.discard(measured)
      throw error
    }
    show(measured, on: shelf, environment)
    return .done
  }

  /// What is to be measured: the named artifacts in the named version, the image as its schematic makes it.
  private func wanted(on shelf: ArtifactShelf) throws -> [ArtifactLock.Artifact] {
    let parts = artifact.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    return try shelf.artifacts([parts[0]]).map { known in
      let versioned = parts.count > 1 ? try known.updated(to: parts[1]) : known
      return shelf.schematic.map { versioned.made(by: $0) } ?? versioned
    }
  }

  private func check(_ measured: [ArtifactLock.Artifact], against lock: ArtifactLock) throws {
    for new in measured where !accept {
      guard let old = lock[new.name], old.url == new.url, let sum = old.sha256, sum.lowercased() != new.sha256 else {
        continue
      }
      throw Refusal(
        .refused,
        "what \(new.url) holds has changed: its SHA-256 is \(new.sha256 ?? "unset"), and the lock says \(sum)",
        remedy: "find out why; a published version does not change. Add --accept to pin the new bytes")
    }
  }

  private func pin(_ measured: [ArtifactLock.Artifact], on shelf: ArtifactShelf) throws {
    let text = try ArtifactLock.text(shelf.text, replacing: measured, file: shelf.layout.lock)
    guard text != shelf.text else { return }
    do { try text.write(toFile: shelf.layout.lock, atomically: true, encoding: .utf8) } catch {
      throw Refusal(
        .runFailed, "`\(shelf.layout.lock)` cannot be written: \(error.localizedDescription)",
        remedy: "check its owner and mode")
    }
  }

  private func show(_ measured: [ArtifactLock.Artifact], on shelf: ArtifactShelf, _ environment: LiveEnvironment) {
    switch options.format.output {
    case .json: environment.console.result(ArtifactView(measured, in: shelf.store).json.text(.indented))
    case .text:
      var table = Table(header: ["ARTIFACT", "VERSION", "SIZE", "SHA-256", "BEFORE"])
      table.rows = measured.map { new in
        let old = shelf.lock[new.name]?.sha256
        return [
          new.name, new.version, new.size.map { "\($0)" } ?? "-", new.sha256 ?? "unset",
          old == new.sha256 ? "the same" : old ?? "unset",
        ]
      }
      environment.console.result(table.text)
    }
    for note in disagreements(measured, shelf) { environment.console.narrate("\(note)") }
  }

  /// Where the new version does not stand yet.
  private func disagreements(_ measured: [ArtifactLock.Artifact], _ shelf: ArtifactShelf) -> [Diagnostic] {
    guard let data = FileManager.default.contents(atPath: shelf.layout.versions),
      let versions = try? PlatformVersions.parse(String(decoding: data, as: UTF8.self), file: shelf.layout.versions)
    else { return [] }
    return versions.disagreements(with: shelf.lock.replacing(measured))
  }
}
