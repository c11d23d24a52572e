import Foundation
import TestSupport
import Testing
import ZeroTouchManifests
import ZeroTouchTools

@testable import ZeroTouchValidation

/// A copy of this repository, read once and built once, for all the cases that change a little of it.
struct SoundRepository: Sendable {
  @TaskLocal static var current: SoundRepository?

  let copy: CheckedRepository
  let tree: RepositoryTree
  let surveyor: Surveyor

  /// Every environment with every fault takes minutes, and is for whoever asks: `ZEROTOUCH_DEFECTS=whole`.
  private static let isWhole = ProcessInfo.processInfo.environment["ZEROTOUCH_DEFECTS"] == "whole"
  /// What is left out otherwise, of several that are alike: environments, of which two remain, one of each platform
  /// with different stages, and what the APIs are to refuse, of which that of one API remains.
  private static let more = [
    "bootstrap/root/main-dev", "bootstrap/root/main-staging", "bootstrap/root/preview-production",
    "bootstrap/root/preview-staging", "platform/overlays/main-dev", "platform/overlays/main-staging",
    "platform/overlays/preview-production", "platform/overlays/preview-staging", "platform/stages/staging",
    "bootstrap/root/main-storeless-dev", "bootstrap/root/main-storeless-staging",
    "bootstrap/root/main-storeless-production", "bootstrap/root/preview-storeless-dev",
    "bootstrap/root/preview-storeless-staging", "bootstrap/root/preview-storeless-production",
    "platform/overlays/main-storeless-dev", "platform/overlays/main-storeless-staging",
    "platform/overlays/main-storeless-production", "platform/overlays/preview-storeless-dev",
    "platform/overlays/preview-storeless-staging", "platform/overlays/preview-storeless-production",
    "platform/storeless",
    "platform/apis/dragonflyinstance/fixtures/invalid", "platform/apis/eventdrivenservice/fixtures/invalid",
    "platform/apis/postgresinstance/fixtures/invalid",
  ]

  init() async throws {
    copy = try CheckedRepository.ours()
    for folder in Self.more where !Self.isWhole { try FileManager.default.removeItem(atPath: "\(copy.root)/\(folder)") }
    tree = await RepositoryLoader(root: copy.root).load()
    let tools = SubprocessToolRunner(
      environment: ToolEnvironment(inheriting: CheckedRepository.variables), clock: ContinuousClock())
    surveyor = Surveyor(tools: tools, catalogue: try .embedded(), cache: "\(copy.root).kept")
  }

  func remove() {
    copy.remove()
    try? FileManager.default.removeItem(atPath: "\(copy.root).kept")
  }
}

/// Makes the copy before the first case and takes it away behind the last.
struct OneSoundRepository: SuiteTrait, TestScoping {
  func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @Sendable @concurrent () async throws -> Void
  ) async throws {
    let sound = try await SoundRepository()
    defer { sound.remove() }
    try await SoundRepository.$current.withValue(sound) { try await function() }
  }
}

extension Trait where Self == OneSoundRepository {
  /// All tests of the suite change copies of one repository.
  static var onCopiesOfOurs: Self { Self() }
}
