package import ZeroTouchModel

/// What was read of a cluster and its machines, at one time.
package struct Examination: Sendable, Hashable {
  /// A look that gave no answer, and why.
  package struct Unread: Sendable, Hashable {
    package let what: String
    package let reason: String

    package init(_ what: String, _ reason: String) { (self.what, self.reason) = (what, reason) }
  }

  /// One program that was asked.
  package struct Call: Sendable, Hashable {
    package let command: String
    /// Its exit status; nil where it did not end by itself.
    package let status: Int32?
    /// What it printed on standard error, or why it did not run.
    package let error: String
  }

  package var symptoms: [Symptom]
  package var unread: [Unread]
  package var calls: [Call]

  package init(symptoms: [Symptom] = [], unread: [Unread] = [], calls: [Call] = []) {
    self.symptoms = symptoms
    self.unread = unread
    self.calls = calls
  }

  /// Whether nothing at all could be read.
  package var sawNothing: Bool { !calls.contains { $0.status == 0 } }

  /// The same with the words of a step that failed.
  package func hearing(_ words: String, of step: String) -> Examination {
    var heard = self
    heard.symptoms.insert(Symptom(.said, step, words, isTrouble: false), at: 0)
    return heard
  }

  /// The same with every secret taken out of every text.
  package func redacted(by redactor: Redactor) -> Examination {
    Examination(
      symptoms: symptoms.map { $0.redacted(by: redactor) },
      unread: unread.map { Unread(redactor.redact($0.what), redactor.redact($0.reason)) },
      calls: calls.map {
        Call(command: redactor.redact($0.command), status: $0.status, error: redactor.redact($0.error))
      })
  }
}

extension Symptom {
  func redacted(by redactor: Redactor) -> Symptom {
    Symptom(place, redactor.redact(subject), redactor.redact(text), isTrouble: isTrouble)
  }
}
