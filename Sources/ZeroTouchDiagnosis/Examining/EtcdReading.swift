import ZeroTouchTools

/// What one machine says of its etcd.
struct EtcdReading: Sendable {
  let node: String
  /// Empty where it has none, or did not say.
  var members: [EtcdMember] = []
  /// Whether its etcd runs, and the majority of its members does not.
  var isLeaderless = false
  /// Whether the machine does not answer at all.
  var isSilent = false

  /// What is wrong with the etcd of a cluster, as all its machines tell it.
  static func symptoms(of readings: [EtcdReading]) -> [Symptom] {
    strangers(readings) + leaderless(readings) + missing(readings)
  }

  /// Control planes whose etcds know nobody in common.
  private static func strangers(_ readings: [EtcdReading]) -> [Symptom] {
    let known = readings.filter { !$0.members.isEmpty }
    guard let first = known.first else { return [] }
    let ids = Set(first.members.map(\.id))
    return known.dropFirst().filter { ids.isDisjoint(with: $0.members.map(\.id)) }.map { other in
      Symptom(.etcd, "etcd", "the etcds of \(first.node) and \(other.node) have no member in common")
    }
  }

  private static func leaderless(_ readings: [EtcdReading]) -> [Symptom] {
    readings.filter(\.isLeaderless).map { Symptom(.etcd, "etcd of \($0.node)", "it runs and has no leader") }
  }

  /// Members that others count on, and whose machines are silent.
  private static func missing(_ readings: [EtcdReading]) -> [Symptom] {
    let counted = Set(readings.flatMap(\.members).map(\.hostname))
    return readings.filter { $0.isSilent && counted.contains($0.node) }.map {
      Symptom(.etcd, "member \($0.node)", "it is counted as a member of etcd, and its machine does not answer")
    }
  }
}
