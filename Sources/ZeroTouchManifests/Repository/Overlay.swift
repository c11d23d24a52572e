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

  /// Whether a path is that of such a variant without a store.
  package static func isStoreless(path: String) -> Bool {
    let name = path.split(separator: "/").last ?? ""
    return ClusterSpec.Environment.allCases.contains { name.hasPrefix("\($0.rawValue)-\(storeless)-") }
  }

  private static let storeless = "storeless"
}
