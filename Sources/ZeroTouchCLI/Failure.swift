import ArgumentParser
import Foundation
import ZeroTouchModel
import ZeroTouchPipeline
import ZeroTouchReadiness
import ZeroTouchSecrets
import ZeroTouchTools

/// An error on its way out: what is said, where, and with which status.
struct Failure: Sendable {
  let status: ExitStatus
  let text: String
  /// Help and versions are results; everything else is narration.
  let isResult: Bool

  init(_ error: any Error) {
    isResult = ZeroTouch.exitCode(for: error) == .success
    (status, text) = Self.reading(error)
  }

  func show(on console: Console) -> ExitStatus {
    if isResult { console.result(text) } else { console.narrate(text) }
    return status
  }

  private static func reading(_ error: any Error) -> (ExitStatus, String) {
    switch error {
    case let invalid as InvalidInput: (.inputWrong, invalid.description)
    case let failed as PipelineError: (failed.exitStatus, "zerotouch: \(failed)")
    case let artifacts as ArtifactError: (artifacts.exitStatus, "zerotouch: \(artifacts)")
    case let closed as GateError: (.gateNotReached, "zerotouch: \(closed)")
    case let tool as ToolError: (tool.isCancellation ? .interrupted : .runFailed, "zerotouch: \(tool)")
    case let store as ParameterStoreError: (.runFailed, "zerotouch: \(store)\n  \(store.remedy)")
    case let provider as ProviderError: (.runFailed, "zerotouch: \(provider)")
    case let refusal as Refusal: (refusal.status, "zerotouch: \(refusal.message)\n  \(refusal.remedy)")
    case let file as CocoaError: (.runFailed, "zerotouch: \(reason(of: file))")
    case is CancellationError: (.interrupted, "zerotouch: interrupted")
    default: usage(error)
    }
  }

  /// A file that could not be read or written, in the system's own words.
  private static func reason(of error: CocoaError) -> String {
    let code = (error.underlying as? POSIXError)?.code.rawValue
    let reason = code.map { String(cString: strerror($0)) } ?? error.localizedDescription
    return "\(error.filePath.map { "`\($0)`: " } ?? "")\(reason)\n  check the file's owner, mode and free space"
  }

  /// What the argument parser has to say: help is no failure, everything else is a usage error.
  private static func usage(_ error: any Error) -> (ExitStatus, String) {
    if ZeroTouch.exitCode(for: error) == .success { return (.done, ZeroTouch.message(for: error)) }
    let isUsage = ZeroTouch.exitCode(for: error) == .validationFailure
    return (isUsage ? .inputWrong : .runFailed, ZeroTouch.fullMessage(for: error))
  }
}

/// A command that will not go on, with the status that says which kind of no it is.
struct Refusal: Error, Sendable {
  let status: ExitStatus
  let message: String
  let remedy: String

  init(_ status: ExitStatus, _ message: String, remedy: String) {
    self.status = status
    self.message = message
    self.remedy = remedy
  }
}

extension ToolError {
  fileprivate var isCancellation: Bool { if case .cancelled = self { true } else { false } }
}
