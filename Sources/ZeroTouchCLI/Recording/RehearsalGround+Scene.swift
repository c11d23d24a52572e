import ZeroTouchManifests
import ZeroTouchModel
import ZeroTouchRecording

extension RehearsalGround {
  /// The same with somebody who listens to the bootstrap that is rehearsed: a replay of it needs no rehearsal around it.
  func heard(by recorder: Recorder?) -> RehearsalGround {
    var ground = self
    ground.environment.recorder = recorder
    recorder?.take(
      place: RecordedScene(
        of: spec.name, layout, composition, arguments: ["bootstrap", "--repository", layout.root], in: environment))
    return ground
  }
}
