import ZeroTouchModel
import ZeroTouchTools

extension ClusterState {
  /// What events say about things in trouble. Those about anything else tell of what is over.
  func eventSymptoms(about troubles: [Symptom]) -> [Symptom] {
    let subjects = Set(troubles.filter(\.isTrouble).map(\.subject))
    var seen: Set<Symptom> = []
    return (items("events") ?? []).compactMap { json in
      guard let event = ObservedEvent(json) else { return nil }
      guard let subject = Self.subject(of: event, json, among: subjects) else { return nil }
      guard event.type != "Normal" || subject.hasPrefix("PersistentVolumeClaim ") else { return nil }
      let symptom = Symptom(.event, subject, "\(event.reason): \(event.message.inOneLine)", isTrouble: false)
      return seen.insert(symptom).inserted ? symptom : nil
    }
  }

  /// The thing in trouble that an event is about: itself, or the workload whose ReplicaSet it names.
  private static func subject(of event: ObservedEvent, _ json: JSONValue, among subjects: Set<String>) -> String? {
    let about = json["involvedObject"]
    let (kind, name) = (about?["kind"]?.stringValue ?? "", about?["name"]?.stringValue ?? "")
    let place = about?["namespace"]?.stringValue.map { "\($0)/" } ?? ""
    let own = "\(kind) \(place)\(name)"
    if subjects.contains(own) { return own }
    guard kind == "ReplicaSet", let dash = name.lastIndex(of: "-") else { return nil }
    let owner = "Deployment \(place)\(name[..<dash])"
    return subjects.contains(owner) ? owner : nil
  }
}
