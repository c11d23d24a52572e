import Foundation
import ZeroTouchManifests
import ZeroTouchModel
import ZeroTouchReadiness
import ZeroTouchRecording

extension RecordedScene {
  /// The place of a run in a repository.
  init(
    of cluster: String, _ layout: RepositoryLayout, _ composition: BootstrapComposition, arguments: [String],
    in environment: LiveEnvironment
  ) {
    let named = arguments.map { word in
      environment.absolute(word.firstIndex(of: "=").map { String(word[word.index(after: $0)...]) } ?? word)
    }
    let files = named.filter { path in
      var isFolder: ObjCBool = false
      return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && !isFolder.boolValue
    }
    let isInside = "\(environment.currentDirectory)/".hasPrefix("\(layout.root)/")
    let directory = isInside ? environment.currentDirectory : layout.root
    self.init(
      ground: RecordedGround(
        program: Version.current, arguments: arguments, directory: directory,
        began: environment.now, variables: Self.told(composition.variables), pace: RecordedPace(composition)),
      repository: layout.root, cache: composition.cache,
      secretsBundle: "\(layout.state(of: cluster))/secrets.yaml", home: environment.variables["HOME"],
      program: environment.executable, named: files)
  }

  /// The variables that commands read; of most it counts only that they are set, and their values may be secrets.
  private static func told(_ variables: [String: String]) -> [String: String] {
    let open: Set = ["AWS_REGION", "AWS_DEFAULT_REGION", "ZEROTOUCH_MIRROR"]
    let ours = variables.filter { $0.key.hasPrefix("AWS_") || $0.key.hasPrefix("ZEROTOUCH_") }
    return Dictionary(uniqueKeysWithValues: ours.map { ($0.key, open.contains($0.key) ? $0.value : "withheld") })
  }
}

extension RecordedPace {
  init(_ composition: BootstrapComposition) {
    let pace = composition.pace
    self.init(
      interval: pace.interval.inSeconds, relist: pace.relist.inSeconds, heartbeat: pace.heartbeat.inSeconds,
      polls: pace.polls, lists: pace.lists, examination: composition.examination.inSeconds)
  }

  /// The pace of the run, for its replay.
  var pace: GatePace {
    GatePace(
      interval: .seconds(interval), relist: .seconds(relist), heartbeat: .seconds(heartbeat), polls: polls,
      lists: lists)
  }
}
