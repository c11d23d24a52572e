import Foundation
import TestSupport
import Testing

/// The kubectl and helm of one end of what is supported; `scripts/tools` brings them.
enum Toolset: String, CaseIterable, Sendable, CustomTestStringConvertible {
  case oldest
  case newest

  var testDescription: String { "the \(rawValue) kubectl and helm" }

  /// The folder with both programs.
  var folder: String { "\(Self.root)/\(rawValue)" }

  private static var root: String {
    ProcessInfo.processInfo.environment["ZEROTOUCH_TOOLS_DIR"] ?? "\(BuiltProgram.packageRoot)/.tools"
  }

  /// The sets that are here.
  static var present: [Toolset] {
    allCases.filter { set in
      ["kubectl", "helm"].allSatisfy { FileManager.default.isExecutableFile(atPath: "\(set.folder)/\($0)") }
    }
  }
}

extension Trait where Self == ConditionTrait {
  /// Skips tests that run real programs where none are installed.
  static var needsTools: Self {
    .enabled(
      if: !Toolset.present.isEmpty, "kubectl and helm are not in .tools/oldest and .tools/newest; run scripts/tools")
  }
}
