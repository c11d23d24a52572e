package import ZeroTouchTools

/// Which failures of programs are worth another attempt, and how many; the one place where anything is retried.
package struct RetryPolicy: Sendable, Hashable {
  package let attempts: Int
  private let first: Duration
  private let longest: Duration

  package init(attempts: Int = 12, first: Duration = .seconds(1), longest: Duration = .seconds(15)) {
    self.attempts = attempts
    self.first = first
    self.longest = longest
  }

  /// The pause before an attempt; the first attempt is number 1 and has none.
  package func pause(before attempt: Int) -> Duration {
    guard attempt > 1 else { return .zero }
    let doubled = first * (1 << min(attempt - 2, 16))
    return min(doubled, longest)
  }

  /// Whether the failure speaks of a world that is still coming up, rather than of a wrong request.
  package func isTransient(_ error: ToolError) -> Bool {
    guard case .exited(let invocation, let output) = error else { return false }
    switch invocation.tool {
    case "kubectl":
      return ToolFailure(kubectl: output.errorText).isRetryable || output.errorText.contains("failed calling webhook")
    case "talosctl": return ToolFailure(talosctl: output.errorText).isRetryable
    case "curl": return CurlFailure(output)?.isPassing ?? false
    case "ssh":
      return SSHFailure(output)?.isPassing ?? output.errorText.contains(InstallOSStage.brokenDownload)
    default: return false
    }
  }
}
