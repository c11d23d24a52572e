package import ZeroTouchModel

/// Which of the platform's variants a cluster follows; its name is that of the folders.
package struct Overlay: Sendable, Hashable, CustomStringConvertible {
  package let environment: ClusterSpec.Environment
  package let stage: ClusterSpec.Stage
  /// Whether zerotouch makes what ExternalSecrets make elsewhere.
  package let isStoreless: Bool

  package init(_ environment: ClusterSpec.Environment, _ stage: ClusterSpec.Stage, isStoreless: Bool = false) {
    self.environment = environment
    self.stage = stage
    self.isStoreless = isStoreless
  }

  /// The one that a spec asks for.
  package init(of spec: ClusterSpec) {
    self.init(spec.environment, spec.stage, isStoreless: spec.secrets.isStoreless)
  }

  /// The same with ExternalSecrets.
  package var withStore: Overlay { Overlay(environment, stage) }

  package var description: String {
    "\(environment.rawValue)-\(isStoreless ? "\(Self.storeless)-" : "")\(stage.rawValue)"
  }

  /// The variant that a path is called after; nil where it is none's.
  package init?(path: String) {
    let name = path.split(separator: "/").last.map(String.init)
    guard let found = Self.all.first(where: { $0.description == name }) else { return nil }
    self = found
  }

  private static let all: [Overlay] = ClusterSpec.Environment.allCases.flatMap { environment in
    ClusterSpec.Stage.allCases.flatMap { stage in
      [false, true].map { Overlay(environment, stage, isStoreless: $0) }
    }
  }

  /// Whether ExternalSecrets of a folder may be read where a cluster is of a stage; of any stage where it is nil.
  package static func mayRead(_ path: String, at stage: ClusterSpec.Stage?) -> Bool {
    guard !path.split(separator: "/").contains(Substring(storeless)) else { return false }
    guard let overlay = Overlay(path: path) else { return true }
    return !overlay.isStoreless && (stage == nil || overlay.stage == stage)
  }

  /// Whether a path is that of such a variant without a store.
  package static func isStoreless(path: String) -> Bool {
    let name = path.split(separator: "/").last ?? ""
    return ClusterSpec.Environment.allCases.contains { name.hasPrefix("\($0.rawValue)-\(storeless)-") }
  }

  private static let storeless = "storeless"
}
