import Foundation
import Synchronization
import ZeroTouchManifests
package import ZeroTouchModel
import ZeroTouchSecrets
import ZeroTouchTools

extension Recorder {
  /// What was heard, without any secret; nil where the run ended before it had a place.
  ///
  /// - Parameters:
  ///   - status: What it exits with.
  ///   - said: Its last words.
  ///   - concealment: The secrets that were met on the way.
  package func recording(status: ExitStatus, said: String, concealment: Concealment) async -> Recording? {
    let state = state.withLock(\.self)
    guard let scene = state.scene else { return nil }
    let withholding = await withholding(state, scene, concealment)
    let last = state.calls.map { $0.at + $0.took }.max() ?? 0
    var recording = Recording(
      ground: scene.ground.cleaned(by: withholding, adding: typed),
      end: RecordedEnd(status: status.rawValue, after: last, said: withholding.cleaned(said)))
    recording.files = state.files.map { RecordedFile($0, withholding) }
    recording.secrets = state.secrets.map { heard in
      RecordedSecret(
        reference: withholding.cleaned("\(heard.reference)"),
        standIn: heard.value.map { _ in state.standIn(for: heard.reference) },
        reason: heard.failure.map { withholding.cleaned($0.reason) },
        remedy: heard.failure.map { withholding.cleaned($0.remedy) })
    }
    recording.calls = state.calls.map { RecordedCall($0, withholding) }
    recording.events = state.events.map(withholding.cleaned)
    return recording
  }

  private func withholding(_ state: State, _ scene: RecordedScene, _ concealment: Concealment) async -> Withholding {
    var pseudonyms = Pseudonyms()
    var permitted: Set<String> = []
    for heard in state.secrets {
      guard let value = heard.value else { continue }
      pseudonyms.learn(value.exposed, as: Data(state.standIn(for: heard.reference).utf8))
    }
    let standIns = SecretResolver(answering: { .success(Secret(state.standIn(for: $0))) })
    for (injection, values) in state.injections {
      guard let shown = try? await injection.resolved(by: standIns).values else { continue }
      for (key, value) in values {
        guard let standIn = shown[key] else { continue }
        pseudonyms.learn(value.exposed, as: standIn.exposed)
        permitted.insert(standIn.exposed.base64EncodedString())
      }
    }
    for bundle in Self.bundles(state, scene) {
      for (value, standIn) in zip(bundle.values, TalosSecrets.placeholder.values) {
        pseudonyms.learn(value.exposed, as: standIn.exposed)
      }
    }
    return Withholding(
      pseudonyms: pseudonyms, redactor: concealment.redactor, permitted: permitted, places: scene.places)
  }

  /// The Talos secrets that the run found, and those that it left.
  private static func bundles(_ state: State, _ scene: RecordedScene) -> [TalosSecrets] {
    let path = scene.secretsBundle
    let texts =
      state.files.filter { $0.path == path }.map(\.bytes)
      + [FileManager.default.contents(atPath: path)].compactMap(\.self)
    return texts.compactMap { try? TalosSecrets(text: String(decoding: $0, as: UTF8.self), file: path) }
  }
}

extension Recorder.State {
  /// What stands for the value of a reference: the same wherever the run takes place again.
  fileprivate func standIn(for reference: SecretReference) -> String {
    "withheld-\((secrets.firstIndex { $0.reference == reference } ?? secrets.count) + 1)"
  }
}

extension RecordedGround {
  fileprivate func cleaned(by withholding: Withholding, adding words: [String]) -> RecordedGround {
    RecordedGround(
      program: program, arguments: (arguments + words).map(withholding.cleaned),
      directory: withholding.cleaned(directory),
      began: began, variables: variables.mapValues(withholding.cleaned), pace: pace)
  }
}

extension RecordedFile {
  fileprivate init(_ kept: KeptFile, _ withholding: Withholding) {
    let path = withholding.places.named(kept.path)
    if let text = String(bytes: kept.bytes, encoding: .utf8) {
      self.init(path: path, text: withholding.cleaned(text))
    } else {
      self.init(path: path, bytes: kept.bytes)
    }
  }
}

extension RecordedCall {
  fileprivate init(_ kept: KeptCall, _ withholding: Withholding) {
    let words = [kept.invocation.tool] + kept.invocation.arguments
    self.init(
      words: words.map(withholding.cleaned),
      input: kept.input.map { Self.mark(of: withholding.cleaned(String(decoding: $0, as: UTF8.self))) }, at: kept.at,
      took: kept.took,
      said: kept.said.map {
        Said(
          after: $0.after, text: withholding.cleaned($0.bytes, of: kept), isError: $0.isError)
      },
      end: kept.end, files: kept.files.map { RecordedFile($0, withholding) })
  }

  /// What stands for a text, as FNV-1a has it.
  static func mark(of text: String) -> String {
    String(text.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3 }, radix: 16)
  }
}
