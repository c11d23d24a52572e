import Foundation
package import ZeroTouchModel

/// What `talosctl get machinestatus -o json` says of a machine.
package struct MachineStatus: Sendable, Hashable, CustomStringConvertible {
  /// The stages a machine goes through, in Talos's words.
  package enum Stage: String, Sendable, Hashable, CaseIterable {
    case booting, installing, maintenance, running, rebooting
    case shuttingDown = "shutting down"
    case resetting, upgrading
  }

  /// Something that keeps a machine from being ready.
  package struct UnmetCondition: Sendable, Hashable, CustomStringConvertible {
    package let name: String
    package let reason: String
    package var description: String { reason.isEmpty ? name : "\(name): \(reason)" }
  }

  /// The stage as printed; an unknown one is kept.
  package let stageName: String
  package let isReady: Bool
  package let unmetConditions: [UnmetCondition]

  package var stage: Stage? { Stage(rawValue: stageName) }

  /// Decodes the document; nil when it is none, or not about a machine's status.
  package init?(_ json: JSONValue) {
    guard let stage = json[path: "spec", "stage"]?.stringValue else { return nil }
    stageName = stage
    isReady = json[path: "spec", "status", "ready"]?.boolValue ?? false
    unmetConditions = (json[path: "spec", "status", "unmetConditions"]?.arrayValue ?? []).map {
      UnmetCondition(name: $0["name"]?.stringValue ?? "", reason: $0["reason"]?.stringValue ?? "")
    }
  }

  package init?(_ output: ToolOutput) {
    guard let json = try? JSONValue(parsing: output.standardOutput) else { return nil }
    self.init(json)
  }

  package var description: String {
    let missing = unmetConditions.map(\.description).joined(separator: ", ")
    return missing.isEmpty ? stageName : "\(stageName) (\(missing))"
  }
}
