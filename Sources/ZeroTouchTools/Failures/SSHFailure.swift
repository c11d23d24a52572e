/// Why ssh itself failed, rather than what it ran; its exit status is 255 for all of it.
package enum SSHFailure: Sendable, Hashable {
  /// The machine answers and does not let us in.
  case denied
  /// The private key has a passphrase that nobody gives.
  case passphrase
  /// The machine shows another key than the one that is pinned or was seen before in this run.
  case hostKey
  /// Nobody answers, or nothing listens.
  case unreachable
  /// The connection ended in the middle.
  case broken

  /// Reads the error text; nil where ssh did its part.
  package init?(_ output: ToolOutput) {
    guard output.status == 255 else { return nil }
    let text = output.errorText
    func says(_ words: String...) -> Bool { words.contains { text.contains($0) } }
    if says("has a passphrase") {
      self = .passphrase
    } else if says("Host key verification failed", "HOST IDENTIFICATION HAS CHANGED") {
      self = .hostKey
    } else if says("Permission denied", "Too many authentication failures", "no such identity") {
      self = .denied
    } else if says("connect to host", "Could not resolve", "No route to host", "Network is unreachable") {
      self = .unreachable
    } else if says("Connection closed", "Connection reset", "Broken pipe", "not responding", "closed by remote host") {
      self = .broken
    } else {
      return nil
    }
  }

  /// What helps; nil where the program said it itself.
  package var remedy: String? {
    switch self {
    case .denied:
      "name what opens the rescue system: --ssh-key FILE, --root-password-file FILE, --ask-root-password or the variable ZEROTOUCH_ROOT_PASSWORD, or `access` of the node in zerotouch.yaml; nothing was touched"
    case .passphrase: nil
    case .hostKey:
      "if the machine has been sent to its rescue system again, run again; otherwise somebody stands between: do not go on"
    case .unreachable: "boot the machine into its rescue system, and look at the firewall in front of it: port 22"
    case .broken: "run the same command again: what still writes there is ended first"
    }
  }

  /// Whether another attempt may go better.
  package var isPassing: Bool { self == .unreachable || self == .broken }
}
