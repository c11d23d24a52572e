import Synchronization
import ZeroTouchModel
package import ZeroTouchTools

/// Reads what explains a failure out of a cluster and its machines; every program it starts only reads.
///
/// It never fails: what cannot be read is said to be unread, and what was read until the bound is what there is.
package struct Examiner: Sendable {
  /// How long one examination may take, whatever answers.
  package static let usualBound = Duration.seconds(45)
  /// How long one of its programs may take.
  static let patience = Duration.seconds(15)
  /// How many of them run side by side.
  static let width = 6

  private let tools: any ToolRunner
  private let clock: any Clock<Duration>
  package let bound: Duration

  package init(tools: any ToolRunner, clock: any Clock<Duration>, bound: Duration = usualBound) {
    self.tools = tools
    self.clock = clock
    self.bound = bound
  }

  /// Looks at all there is, within the bound.
  package func examine(_ cluster: ExaminedCluster) async -> Examination {
    let notes = ExaminationNotes()
    await withTaskGroup(of: Bool.self) { group in
      group.addTask {
        await withTaskGroup(of: Void.self) { looks in
          if let kubectl = cluster.kubectl {
            looks.addTask { await ClusterExamination(kubectl, Inquiry(tools, notes)).look() }
          }
          looks.addTask { await MachineExamination(cluster, Inquiry(tools, notes)).look() }
        }
        return true
      }
      group.addTask { [clock, bound] in
        try? await clock.sleep(for: bound)
        return false
      }
      if await group.next() == false, !Task.isCancelled {
        notes.note(unread: "the rest", "it took longer than \(bound.inWords)")
      }
      group.cancelAll()
    }
    return notes.examination
  }
}

/// What has been read so far, by all looks together.
final class ExaminationNotes: Sendable {
  private let held = Mutex(Examination())

  /// Everything in an order that does not depend on who answered first.
  var examination: Examination {
    var all = held.withLock(\.self)
    all.symptoms.sort { ($0.place.rank, $0.subject, $0.text) < ($1.place.rank, $1.subject, $1.text) }
    all.unread.sort { ($0.what, $0.reason) < ($1.what, $1.reason) }
    all.calls.sort { $0.command < $1.command }
    return all
  }

  func note(_ symptoms: [Symptom]) { held.withLock { $0.symptoms += symptoms } }
  func note(unread what: String, _ reason: String) { held.withLock { $0.unread.append(.init(what, reason)) } }
  func note(_ call: Examination.Call) { held.withLock { $0.calls.append(call) } }
}

extension Symptom.Place {
  /// Its place among the places.
  fileprivate var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
