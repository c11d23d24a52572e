import Foundation
import ZeroTouchModel
import ZeroTouchTools

extension PreflightStage {
  /// A program, the oldest version that will do, and why.
  private struct Requirement: Sendable {
    let tool: String
    let oldest: SemanticVersion
    let invocation: ToolInvocation
    /// The one minor version that fits, where only one does.
    var onlyMinorOf: SemanticVersion?
  }

  static func toolChecks(_ bootstrap: Bootstrap) -> [Check] {
    let spec = bootstrap.spec
    let kubernetes = [
      Requirement(tool: "kubectl", oldest: SemanticVersion(1, 32, 0), invocation: Kubectl.clientVersion),
      Requirement(tool: "helm", oldest: SemanticVersion(3, 17, 0), invocation: Helm.version),
    ]
    let talos = Requirement(
      tool: "talosctl", oldest: SemanticVersion(1, 12, 0), invocation: Talosctl.clientVersion,
      onlyMinorOf: spec.versions.talos)
    return ((bootstrap.ownsMachines ? [talos] : []) + kubernetes).map(check)
  }

  private static func check(_ wanted: Requirement) -> Check {
    Check(question: .run(wanted.invocation)) { answer in
      if case .failed(let error) = answer { return [Diagnostic(splitting: error)] }
      guard let output = answer.success else {
        return [
          Diagnostic(
            "`\(wanted.tool)` does not work: \(answer.complaint)",
            remedy: "install `\(wanted.tool)` \(wanted.oldest) or newer, or run `scripts/tools`")
        ]
      }
      return problems(of: wanted, printed: output.text)
    }
  }

  private static func problems(of wanted: Requirement, printed: String) -> [Diagnostic] {
    guard let found = version(in: printed) else {
      return [
        Diagnostic(
          "`\(wanted.tool)` does not say which version it is", remedy: "install it from its own project")
      ]
    }
    if printed.contains("-dispatcher") {
      return [
        Diagnostic(
          "`\(wanted.tool)` is a vendor's dispatcher, which runs another version than it says",
          remedy: "put the real `\(wanted.tool)` first on PATH, or run `scripts/tools`")
      ]
    }
    if found < wanted.oldest {
      return [
        Diagnostic(
          "`\(wanted.tool)` is \(found), older than \(wanted.oldest)",
          remedy: "install `\(wanted.tool)` \(wanted.oldest) or newer, or run `scripts/tools`")
      ]
    }
    if let only = wanted.onlyMinorOf, (found.major, found.minor) != (only.major, only.minor) {
      return [
        Diagnostic(
          "`\(wanted.tool)` is \(found), but the machines run \(only)",
          remedy: "install `\(wanted.tool)` \(only.major).\(only.minor), or change `versions.talos`")
      ]
    }
    return []
  }

  /// The first word of the text that is a version, such as `v1.35.2` in `"gitVersion": "v1.35.2"`.
  static func version(in text: String) -> SemanticVersion? {
    text.split { !($0.isLetter || $0.isNumber || ".-+".contains($0)) }
      .lazy.filter { $0.first == "v" && $0.dropFirst().first?.isNumber == true }
      .compactMap { SemanticVersion(String($0)) }.first
  }
}

extension Diagnostic {
  /// A tool's error as a problem: its first line is what is wrong, the others say what to do.
  fileprivate init(splitting error: ToolError) {
    let lines = error.description.split(separator: "\n", maxSplits: 1).map(String.init)
    let remedy = lines.count > 1 ? lines[1].trimmingCharacters(in: .whitespaces) : "try the program by hand"
    self.init(lines.first ?? "", remedy: remedy)
  }
}
