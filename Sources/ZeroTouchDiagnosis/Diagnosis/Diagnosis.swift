package import ZeroTouchModel

/// What is wrong with a cluster, and why: the known failures that were met, each with what speaks for it, and what is
/// wrong beside them.
package struct Diagnosis: Sendable, Hashable {
  /// A known failure that was met.
  package struct Cause: Sendable, Hashable {
    package let failure: KnownFailure
    /// What speaks for it.
    package let evidence: [Symptom]
  }

  /// The causes, the likeliest first: those a failed step speaks of, then those that lie lowest; what only says where to
  /// look comes last.
  package let causes: [Cause]
  /// What looks wrong and is as it should be.
  package let notes: [Cause]
  /// What is wrong and explained by nothing that is known.
  package let unexplained: [Symptom]
  /// What could not be read.
  package let unread: [Examination.Unread]

  /// - Parameter focus: What a failed step said; what it names comes first.
  package init(
    of examination: Examination, focus: String = "", catalogue: [KnownFailure] = FailureCatalogue.all
  ) {
    let met = catalogue.compactMap { failure -> Cause? in
      let evidence = failure.evidence(in: examination.symptoms)
      return evidence.isEmpty ? nil : Cause(failure: failure, evidence: evidence)
    }
    let said = { (cause: Cause) in cause.evidence.contains { $0.isSpoken(of: focus) } }
    let causes = met.filter { $0.failure.nature == .cause }
    self.causes =
      causes.filter(said) + causes.filter { !said($0) } + met.filter { $0.failure.nature == .consequence }
    notes = met.filter { $0.failure.nature == .normal }
    let told = Set(met.flatMap(\.evidence).map(\.subject))
    let rest = examination.symptoms.filter { $0.isTrouble && !told.contains($0.subject) }
    let words = examination.symptoms.filter { [.log, .event].contains($0.place) && !told.contains($0.subject) }
    let open = Set(rest.map(\.subject))
    let wrong = (rest + words.filter { open.contains($0.subject) }).sortedBySubject
    unexplained = wrong.filter { $0.isSpoken(of: focus) } + wrong.filter { !$0.isSpoken(of: focus) }
    unread = examination.unread
  }

  private init(causes: [Cause], notes: [Cause], unexplained: [Symptom], unread: [Examination.Unread]) {
    (self.causes, self.notes, self.unexplained, self.unread) = (causes, notes, unexplained, unread)
  }

  /// Whether nothing was found that is wrong, in what could be read.
  package var isHealthy: Bool { causes.isEmpty && unexplained.isEmpty }

  /// Whether there is nothing to say.
  package var isEmpty: Bool { isHealthy && notes.isEmpty && unread.isEmpty }

  /// The same with every secret taken out of every text.
  package func redacted(by redactor: Redactor) -> Diagnosis {
    let clean = { (cause: Cause) in
      Cause(failure: cause.failure, evidence: cause.evidence.map { $0.redacted(by: redactor) })
    }
    return Diagnosis(
      causes: causes.map(clean), notes: notes.map(clean), unexplained: unexplained.map { $0.redacted(by: redactor) },
      unread: Examination(unread: unread).redacted(by: redactor).unread)
  }
}

extension Symptom {
  /// Whether somebody's words are about it: they are it, or name what it is about.
  fileprivate func isSpoken(of focus: String) -> Bool {
    if place == .said { return true }
    let name = subject.split(separator: " ").last?.split(separator: "/").last.map(String.init) ?? subject
    return !focus.isEmpty && focus.contains(name)
  }
}

extension [Symptom] {
  /// What is about one thing stands together; first what tells most.
  fileprivate var sortedBySubject: [Symptom] {
    var best: [String: (rank: Int, place: Int)] = [:]
    for (place, symptom) in enumerated() {
      let known = best[symptom.subject] ?? (symptom.rank, place)
      best[symptom.subject] = (Swift.min(known.rank, symptom.rank), known.place)
    }
    func key(_ symptom: Symptom) -> (Int, Int) { best[symptom.subject] ?? (0, 0) }
    return enumerated().sorted { one, other in
      let (left, right) = (key(one.element), key(other.element))
      return left == right
        ? (one.element.rank, one.offset) < (other.element.rank, other.offset) : left < right
    }.map(\.element)
  }
}

extension Symptom {
  /// How much it tells: what a program itself says most, what others conclude from it least.
  fileprivate var rank: Int {
    let telling: [Place] = [.log, .event, .pod, .volume, .workload, .application]
    return telling.firstIndex(of: place) ?? telling.count
  }
}
