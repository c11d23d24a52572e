import ZeroTouchModel
import ZeroTouchTools

/// What talosctl's answers say about one machine.
enum TalosAnswer: Sendable, Hashable {
  case maintenance
  /// It runs with a configuration of this cluster; the stage it is in.
  case configured(String)
  /// It trusts another cluster's authority.
  case otherCluster
  /// It is there and wants a certificate, so it has some configuration.
  case wantsCertificate
  case silent(String)

  /// Reads `get machinestatus --insecure`.
  init(insecure answer: Answer) {
    if let status = answer.success.flatMap(MachineStatus.init) {
      self = status.stage == .maintenance ? .maintenance : .configured(status.description)
      return
    }
    let failure = ToolFailure(talosctl: answer.errorText)
    if failure.kind == .unimplemented {
      self = .maintenance
    } else {
      self = failure.kind == .certificate ? .wantsCertificate : .silent(answer.complaint)
    }
  }

  /// Reads `get machinestatus` with a talosconfig.
  init(authenticated answer: Answer) {
    if let status = answer.success.flatMap(MachineStatus.init) {
      self = .configured(status.description)
    } else {
      let failure = ToolFailure(talosctl: answer.errorText)
      self = failure.suggestsOtherCluster ? .otherCluster : .silent(answer.complaint)
    }
  }

  /// The state that `talosctl service NAME` prints; nil where nothing answered.
  static func serviceState(_ answer: Answer) -> String? {
    answer.success.flatMap { TalosServiceStatus($0.text)?.state }
  }
}
