package import ZeroTouchDiagnosis
package import ZeroTouchModel

/// Why a run ended before its end.
package enum PipelineError: Error, Sendable, Hashable {
  /// Nothing was touched: the preflight found these problems.
  case preflight([Diagnostic])
  /// These steps failed; the ones that were running beside them were let end.
  case stepsFailed([FailedStep])
  /// The run was asked to stop while these steps ran.
  case interrupted(at: [StepID])
  /// Another run holds the cluster's lock.
  case locked(holder: String, path: String)
  /// A file of the state directory could not be read or written.
  case workspace(path: String, reason: String)
}

/// A step that failed, with the reason.
package struct FailedStep: Sendable, Hashable {
  package let step: StepID
  package let failure: StepFailure
  /// Whether the cluster as a whole was found wanting, rather than one step broken.
  package let isVerdict: Bool
  /// What explains it, where somebody looked.
  package let diagnosis: Diagnosis?

  package init(step: StepID, failure: StepFailure, isVerdict: Bool = false, diagnosis: Diagnosis? = nil) {
    self.step = step
    self.failure = failure
    self.isVerdict = isVerdict
    self.diagnosis = diagnosis
  }
}

extension FailedStep: CustomStringConvertible {
  /// The last reason first, then what explains it.
  package var description: String {
    "`\(step)` failed: \(failure)" + (diagnosis?.summary.map { "\n\($0)" } ?? "")
  }
}

extension PipelineError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .preflight(let problems):
      "the preflight failed, and nothing was touched\n" + problems.map(\.description).joined(separator: "\n")
    case .stepsFailed(let failures):
      failures.map(\.description).joined(separator: "\n")
        + "\n  run the same command again once the cause is gone: it does only what is missing"
    case .interrupted(let steps):
      "interrupted\(steps.isEmpty ? "" : " at " + steps.map { "`\($0)`" }.joined(separator: ", "))"
        + "\n  run the same command again to go on: it does only what is missing"
    case .locked(let holder, let path):
      "another run holds the cluster: \(holder)\n  wait for it or end it; the lock is `\(path)`"
    case .workspace(let path, let reason): "`\(path)` could not be used: \(reason)\n  check its owner and mode"
    }
  }

  /// What the process is to exit with.
  package var exitStatus: ExitStatus {
    switch self {
    case .preflight: .preflightFailed
    case .interrupted: .interrupted
    case .locked: .refused
    case .workspace: .runFailed
    case .stepsFailed(let failures): Self.exitStatus(of: failures)
    }
  }

  private static func exitStatus(of failures: [FailedStep]) -> ExitStatus {
    if failures.contains(where: { $0.failure.isForeign }) { return .refused }
    if failures.allSatisfy({ $0.failure.isWrongInput }) { return .inputWrong }
    if failures.allSatisfy({ $0.failure.wantsPermission }) { return .refused }
    return failures.allSatisfy { $0.isVerdict || $0.failure.isClosedGate } ? .gateNotReached : .runFailed
  }

  /// The machines whose disks carry data that nobody permitted to be wiped.
  package var machinesWithData: Set<String> {
    guard case .stepsFailed(let failures) = self else { return [] }
    return Set(failures.filter(\.failure.wantsPermission).compactMap(\.step.node))
  }

  /// The error with every secret taken out of every text.
  package func message(redactedBy redactor: Redactor) -> String { redactor.redact(description) }
}
