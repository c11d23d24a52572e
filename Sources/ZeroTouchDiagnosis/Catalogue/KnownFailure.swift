import Foundation

/// A failure that people have met before: how it shows, why it happens, and what helps.
package struct KnownFailure: Sendable, Hashable {
  /// Its name, in kebab case.
  package let id: String
  /// What people see first.
  package let symptom: String
  /// It is met where every sign of one of these groups is.
  package let signs: [[Sign]]
  package let cause: String
  package let remedy: String
  /// Where this is known from.
  package let source: String
  package let nature: Nature

  /// What it is beside other failures.
  package enum Nature: String, Sendable, Hashable {
    case cause
    /// Something else is the cause: it says where to look.
    case consequence
    /// Nothing is wrong, although it looks so.
    case normal
  }

  init(
    _ id: String, _ symptom: String, when signs: [[Sign]], cause: String, remedy: String, source: String,
    nature: Nature = .cause
  ) {
    (self.id, self.symptom, self.signs) = (id, symptom, signs)
    (self.cause, self.remedy, self.source, self.nature) = (cause, remedy, source, nature)
  }

  /// The symptoms that speak for it; empty where not all signs of a group are there.
  package func evidence(in symptoms: [Symptom]) -> [Symptom] {
    var found: [Symptom] = []
    for group in signs {
      let met = group.map { sign in symptoms.filter(sign.isSeen) }
      guard met.allSatisfy({ !$0.isEmpty }) else { continue }
      for symptom in met.joined() where !found.contains(symptom) { found.append(symptom) }
    }
    return found
  }
}

/// How a failure shows in one thing that was seen: where, of what, and in which words.
package struct Sign: Sendable, Hashable {
  package let places: [Symptom.Place]
  /// Each of these stands in the text, however it is written.
  package let words: [String]
  /// What the subject holds; any subject where empty.
  package let subject: String
  /// What the text must not hold; nothing where empty.
  package let without: String

  init(_ places: Symptom.Place..., says words: String..., of subject: String = "", without: String = "") {
    (self.places, self.words, self.subject, self.without) = (places, words, subject, without)
  }

  func isSeen(in symptom: Symptom) -> Bool {
    places.contains(symptom.place) && (subject.isEmpty || symptom.subject.contains(subject))
      && words.allSatisfy(symptom.text.holds) && (without.isEmpty || !symptom.text.holds(without))
  }
}

extension String {
  /// Whether another text stands in this one, in capitals or not.
  fileprivate func holds(_ other: String) -> Bool { range(of: other, options: .caseInsensitive) != nil }
}
