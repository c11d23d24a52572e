import ZeroTouchModel
package import ZeroTouchSecrets
package import ZeroTouchTools

/// Why a step failed: facts, with the last thing seen.
package enum StepFailure: Error, Sendable, Hashable {
  case tool(ToolError)
  /// A gate stayed closed until its bound.
  case timedOut(gate: String, after: Duration, last: String)
  /// A gate will not open by waiting.
  case blocked(gate: String, reason: String)
  /// What was seen is not to be touched.
  case refused(Observation, remedy: String)
  case unreachable(String, after: Duration)
  case composition(String, reason: String)
  /// A file in Git that does not fit, with its place.
  case wrongInput(String)
  case secret(SecretError)
  case file(String, reason: String)
}

extension StepFailure: CustomStringConvertible {
  package var description: String {
    switch self {
    case .tool(let error): error.description
    case .timedOut(let gate, let after, let last): "`\(gate)` was not reached within \(after.inWords): \(last)"
    case .blocked(let gate, let reason): "`\(gate)` cannot be reached: \(reason)"
    case .refused(let observation, let remedy): Self.text(of: observation, remedy: remedy)
    case .unreachable(let saw, let after): "nobody answered for \(after.inWords): \(saw)"
    case .composition(let title, let reason): "\(title) could not be made: \(reason)"
    case .wrongInput(let problems): problems
    case .secret(let error): error.description
    case .file(let path, let reason): "`\(path)` could not be read or written: \(reason)"
    }
  }

  private static func text(of observation: Observation, remedy: String) -> String {
    if observation.problems.isEmpty { return "\(observation.saw)\n  \(remedy)" }
    return observation.problems.map(\.description).joined(separator: "\n")
  }

  /// Whether what was seen belongs to somebody else, or to a cluster whose keys are not here.
  package var isForeign: Bool { if case .refused(let seen, _) = self { seen.state == .foreign } else { false } }

  /// Whether it is a gate that was not reached, rather than something that broke.
  package var isClosedGate: Bool {
    switch self {
    case .timedOut, .blocked, .unreachable: true
    case .tool, .refused, .composition, .wrongInput, .secret, .file: false
    }
  }

  /// Whether a disk carries data that nobody permitted to be wiped.
  package var wantsPermission: Bool {
    guard case .tool(.exited(let invocation, let output)) = self else { return false }
    return invocation.tool == "ssh" && output.errorText.contains(InstallOSStage.carriesData)
  }

  /// Whether somebody has to correct a file before anything else can help.
  package var isWrongInput: Bool { if case .wrongInput = self { true } else { false } }
}
