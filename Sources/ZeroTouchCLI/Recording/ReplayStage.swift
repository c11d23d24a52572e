import Foundation
import Synchronization
import ZeroTouchModel
import ZeroTouchReadiness
import ZeroTouchRecording
import ZeroTouchSecrets
import ZeroTouchSimulation
import ZeroTouchTools

/// What stands in the place of the world in a replay: recorded programs, recorded secrets without their values, and
/// virtual time.
struct ReplayStage: Sendable {
  let tools: ReplayingTools
  let clock: SeededClock
  let pace: GatePace
  let examination: Duration
  let began: Date
  let answers: SecretResolver.Answers

  init(
    _ recording: Recording, _ places: RecordedPlaces, seed: UInt64, lacking: @escaping @Sendable (String) -> Void
  ) {
    clock = SeededClock(seed: seed)
    tools = ReplayingTools(recording.calls, clock: clock, places: places, lacking: lacking)
    pace = recording.ground.pace.pace
    examination = .seconds(recording.ground.pace.examination)
    began = recording.ground.began
    let held = RecordedValues(recording.secrets, places)
    answers = { reference in
      if let answer = held.next(for: reference) { return answer }
      lacking("\(reference)")
      return .failure(SecretError(reference, "nobody asked for it in the recorded run"))
    }
  }

  /// The time of day, as the run had it.
  var now: Date { began + clock.now.offset.inSeconds }
}

/// What came of reading references, in its order; the last answer stays.
private final class RecordedValues: Sendable {
  private let left: Mutex<[String: [RecordedSecret]]>
  private let places: RecordedPlaces

  init(_ secrets: [RecordedSecret], _ places: RecordedPlaces) {
    left = Mutex(Dictionary(grouping: secrets, by: \.reference))
    self.places = places
  }

  func next(for reference: SecretReference) -> Result<Secret, SecretError>? {
    let name = places.named("\(reference)")
    let secret = left.withLock { left -> RecordedSecret? in
      guard let held = left[name], let first = held.first else { return nil }
      if held.count > 1 { left[name] = Array(held.dropFirst()) }
      return first
    }
    guard let secret else { return nil }
    if let standIn = secret.standIn { return .success(Secret(standIn)) }
    return .failure(
      SecretError(
        reference, places.located(secret.reason ?? ""), remedy: places.located(secret.remedy ?? SecretError.usualRemedy)
      ))
  }
}
