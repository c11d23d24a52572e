import Synchronization

/// The secrets that this process has met so far, shared by every channel by which anything leaves it.
package final class Concealment: Sendable {
  private let held = Mutex(Redactor())

  package init() {}

  package init(_ secrets: some Sequence<Secret>) { learn(secrets) }

  /// From now on no text holds these values.
  package func learn(_ secrets: some Sequence<Secret>) {
    held.withLock { redactor in
      for secret in secrets { redactor.learn(secret) }
    }
  }

  /// What is known now.
  package var redactor: Redactor { held.withLock { $0 } }

  /// The text without any of the values.
  package func redact(_ text: String) -> String { redactor.redact(text) }
}
