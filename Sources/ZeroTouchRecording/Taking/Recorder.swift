import Foundation
import Synchronization
package import ZeroTouchManifests
package import ZeroTouchModel
package import ZeroTouchSecrets
import ZeroTouchTools

/// Listens to a run: keeps what is asked and answered until the run has ended, and all its secrets are known. Only then
/// can anything be written.
package final class Recorder: Sendable {
  /// How many bytes of answers are kept; a run that says more is recorded without what comes after.
  private static let limit = 256 << 20

  /// What came of reading a reference.
  struct Heard: Sendable {
    let reference: SecretReference
    var value: Secret?
    var failure: SecretError?
  }

  struct State: Sendable {
    var scene: RecordedScene?
    var files: [KeptFile] = []
    var calls: [KeptCall] = []
    var events: [String] = []
    var secrets: [Heard] = []
    var injections: [(injection: SecretInjection, values: [String: Secret])] = []
    var bytes = 0
    var stopwatch: Stopwatch?
  }

  let state = Mutex(State())

  /// The command line behind the program's name.
  package let arguments: [String]
  private let permission = Mutex<[String]>([])

  package init(arguments: [String]) { self.arguments = arguments }

  /// Takes what somebody typed at the terminal, as the words that say the same on a command line.
  package func note(typed words: [String]) { permission.withLock { $0 += words } }
  var typed: [String] { permission.withLock(\.self) }

  /// Says where the run takes place; what lies there is kept as it is now. The first place counts.
  package func take(place scene: RecordedScene) {
    let files = scene.files()
    state.withLock { state in
      guard state.scene == nil else { return }
      state.scene = scene
      state.files = files
    }
  }

  /// The time since the run began, by the clock that is asked for first.
  func stopwatch(_ clock: any Clock<Duration>) -> Stopwatch {
    state.withLock { state in
      let stopwatch = state.stopwatch ?? Stopwatch(clock)
      state.stopwatch = stopwatch
      return stopwatch
    }
  }

  /// Takes a line of the journal.
  package func note(event line: String) { state.withLock { $0.events.append(line) } }

  func note(_ call: KeptCall) {
    state.withLock { state in
      state.bytes += call.said.reduce(0) { $0 + $1.bytes.count }
      if state.bytes <= Self.limit { state.calls.append(call) }
    }
  }

  var places: RecordedPlaces? { state.withLock { $0.scene?.places } }
}

extension Recorder: SecretListener {
  package func hear(_ reference: SecretReference, _ result: Result<Secret, SecretError>) {
    var heard = Heard(reference: reference)
    switch result {
    case .success(let value): heard.value = value
    case .failure(let error): heard.failure = error
    }
    state.withLock { [heard] in $0.secrets.append(heard) }
  }

  package func hear(_ injection: SecretInjection, _ values: [String: Secret]) {
    state.withLock { $0.injections.append((injection, values)) }
  }
}
