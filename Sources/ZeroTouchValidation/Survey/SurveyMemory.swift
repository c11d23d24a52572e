import Synchronization
import ZeroTouchModel

/// What several rules ask a survey for, made when it is first asked for: each of them is a walk through every file.
struct SurveyMemory: Sendable {
  let sources = SourceIndices()
  let credentials = Remembered<[TextCredential]>()
  let talosFiles = Remembered<[TalosFile]>()
  let argoCDSettings = Remembered<ArgoCDSettings>()
  let flux = Remembered<FluxView>()
}

/// A value that is made once.
final class Remembered<Value: Sendable>: Sendable {
  private let kept = Mutex<Value?>(nil)

  /// The value; two that ask for it at first may both make it.
  func value(_ make: () -> Value) -> Value {
    if let value = kept.withLock(\.self) { return value }
    let value = make()
    kept.withLock { $0 = value }
    return value
  }
}
