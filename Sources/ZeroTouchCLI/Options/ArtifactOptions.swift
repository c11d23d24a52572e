import ArgumentParser
import Foundation
import ZeroTouchManifests
import ZeroTouchModel
import ZeroTouchPipeline

/// Which lock and which cache are meant.
struct ArtifactOptions: ParsableArguments, Sendable {
  @OptionGroup var repository: RepositoryOptions

  @OptionGroup var format: ResultFormat

  /// The lock with its file, and the cache of this user.
  func shelf(in environment: LiveEnvironment) throws -> ArtifactShelf {
    let layout = try repository.layout(in: environment)
    let text = try layout.textInGit(layout.lock)
    let lock = try ArtifactLock.parse(text, file: layout.lock)
    var schematic: TalosSchematic?
    if FileManager.default.fileExists(atPath: layout.schematic) {
      schematic = try TalosSchematic.parse(layout.textInGit(layout.schematic), file: layout.schematic)
    }
    return ArtifactShelf(
      layout: layout, text: text, lock: lock, schematic: schematic,
      store: ArtifactStore(directory: environment.cacheDirectory))
  }
}

/// Where artifacts are fetched from.
struct MirrorOption: ParsableArguments, Sendable {
  @Option(
    name: .long,
    help: "A server that holds every file as BASE/HOST/PATH of its origin; ZEROTOUCH_MIRROR where none is named.")
  var mirror: String?

  func mirror(in environment: LiveEnvironment) throws -> ArtifactMirror? {
    guard let text = mirror ?? environment.variables["ZEROTOUCH_MIRROR"], !text.isEmpty else { return nil }
    return try ArtifactMirror(text)
  }
}

/// The lock of a repository beside the cache that its artifacts lie in.
struct ArtifactShelf: Sendable {
  let layout: RepositoryLayout
  /// The lock as it stands in its file.
  let text: String
  let lock: ArtifactLock
  /// What the Talos image is made of; nil where Git does not say.
  let schematic: TalosSchematic?
  let store: ArtifactStore

  /// The artifacts of these names, or all; a name that the lock does not know ends the command.
  func artifacts(_ names: [String]) throws -> [ArtifactLock.Artifact] {
    guard !names.isEmpty else { return lock.artifacts }
    return try names.reduce(into: []) { found, name in
      let matches = lock.artifacts(named: name)
      guard !matches.isEmpty else {
        throw Refusal(
          .inputWrong, "the lock has no artifact `\(name)`",
          remedy: "name one of \(lock.artifacts.map(\.name).joined(separator: ", "))")
      }
      found += matches.filter { !found.contains($0) }
    }
  }

  /// Refuses an image that is made by another schematic than the one that Git holds.
  func checkSchematic() throws {
    guard let schematic else { return }
    let problems = lock.problems(with: schematic, at: layout.schematic, lock: layout.lock)
    guard problems.isEmpty else { throw InvalidInput(problems) }
  }
}

extension LiveEnvironment {
  /// What brings artifacts into the cache, told on standard error.
  func fetcher(for shelf: ArtifactShelf, from mirror: ArtifactMirror?) -> ArtifactFetcher {
    let view = ArtifactEventView(console: console)
    return ArtifactFetcher(tools: tools(), clock: clock, store: shelf.store, mirror: mirror) { view.show($0) }
  }

  /// How another run of this program is told who holds the cache.
  var holder: String { "zerotouch, process \(Process.id)" }
}
