package import ZeroTouchModel

/// The programs a bootstrap needs, in the versions that fit a set of pinned versions.
package struct Toolbox: Sendable, Hashable {
  package let requirements: [ToolRequirement]

  /// What a bootstrap of this cluster starts; machines of our own need talosctl and ssh as well.
  package static func bootstrap(_ versions: VersionSet, ownsMachines: Bool) -> Toolbox {
    let everywhere = [kubectl(versions), helm, ToolRequirement(.git)]
    return Toolbox(
      requirements: ownsMachines ? [talosctl(versions)] + everywhere + [ToolRequirement(.ssh)] : everywhere)
  }

  /// Everything that `doctor` looks at; age is needed only where recipients are set, curl only for downloads.
  package static func complete(_ versions: VersionSet) -> Toolbox {
    Toolbox(requirements: [
      talosctl(versions), kubectl(versions), helm, ToolRequirement(.ssh), ToolRequirement(.git),
      ToolRequirement(.curl, isRequired: false), ToolRequirement(.age, isRequired: false),
    ])
  }

  /// Asks every program for its version; the verdicts stand in the order of the requirements.
  package func inspect(by tools: any ToolRunner) async -> [ToolVerdict] {
    var verdicts: [ToolVerdict] = []
    for requirement in requirements {
      do throws(ToolError) {
        verdicts.append(requirement.judge(.success(try await tools.run(requirement.tool.versionQuestion))))
      } catch {
        verdicts.append(requirement.judge(.failure(error)))
      }
    }
    return verdicts
  }

  private static func talosctl(_ versions: VersionSet) -> ToolRequirement {
    ToolRequirement(.talosctl, oldest: SemanticVersion(1, 12, 0), sameMinorAs: versions.talos)
  }

  private static func kubectl(_ versions: VersionSet) -> ToolRequirement {
    ToolRequirement(.kubectl, oldest: SemanticVersion(1, 32, 0), withinOneMinorOf: versions.kubernetes)
  }

  private static let helm = ToolRequirement(.helm, oldest: SemanticVersion(3, 17, 0))
}
