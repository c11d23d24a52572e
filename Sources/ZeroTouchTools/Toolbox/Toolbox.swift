package import ZeroTouchModel

/// The programs a bootstrap needs, in the versions that fit a set of pinned versions.
package struct Toolbox: Sendable, Hashable {
  package let requirements: [ToolRequirement]

  /// What a bootstrap of this cluster starts; machines of our own need talosctl and ssh as well.
  /// The pinned Kubernetes says nothing about a cluster that somebody else made.
  package static func bootstrap(
    _ versions: VersionSet, provider: ClusterSpec.Provider, encrypts: Bool = false
  ) -> Toolbox {
    let platform = [anyKubectl, helm, ToolRequirement(.git)]
    switch provider {
    case .existing: return Toolbox(requirements: platform)
    case .kind: return Toolbox(requirements: [kind] + platform)
    case .talos:
      let machines = [talosctl(versions), kubectl(versions), helm, ToolRequirement(.git), ToolRequirement(.ssh)]
      return Toolbox(requirements: machines + age(encrypts))
    }
  }

  /// What the installation of machines alone starts.
  package static func installing(_ versions: VersionSet) -> Toolbox {
    Toolbox(requirements: [talosctl(versions), ToolRequirement(.ssh)])
  }

  /// What rendering machine configurations starts.
  package static func machineConfigurations(_ versions: VersionSet, encrypts: Bool) -> Toolbox {
    Toolbox(requirements: [talosctl(versions), helm] + age(encrypts))
  }

  /// Where recipients are named, the PKI is encrypted before a machine is touched.
  private static func age(_ encrypts: Bool) -> [ToolRequirement] { encrypts ? [ToolRequirement(.age)] : [] }

  /// What reading a repository starts: kubectl renders its kustomizations.
  package static let reading = Toolbox(requirements: [anyKubectl])

  /// What turns a repository and its charts into manifests, without a machine.
  package static let rendering = Toolbox(requirements: [anyKubectl, helm, ToolRequirement(.git)])

  /// What brings artifacts.
  package static let fetching = Toolbox(requirements: [ToolRequirement(.curl)])

  /// Everything that `doctor` looks at; age is needed only where recipients are set, curl only for downloads.
  package static func complete(_ versions: VersionSet) -> Toolbox {
    Toolbox(requirements: [
      talosctl(versions), kubectl(versions), helm, ToolRequirement(.ssh), ToolRequirement(.git),
      ToolRequirement(.curl, isRequired: false), ToolRequirement(.age, isRequired: false),
    ])
  }

  /// Asks every program for its version, side by side; the verdicts stand in the order of the requirements.
  package func inspect(by tools: any ToolRunner) async -> [ToolVerdict] {
    await requirements.mapSideBySide { await Self.verdict(on: $0, by: tools) }
  }

  private static func verdict(on requirement: ToolRequirement, by tools: any ToolRunner) async -> ToolVerdict {
    do throws(ToolError) {
      return requirement.judge(.success(try await tools.run(requirement.tool.versionQuestion)))
    } catch {
      return requirement.judge(.failure(error))
    }
  }

  private static func talosctl(_ versions: VersionSet) -> ToolRequirement {
    ToolRequirement(.talosctl, oldest: SemanticVersion(1, 12, 0), sameMinorAs: versions.talos)
  }

  private static func kubectl(_ versions: VersionSet) -> ToolRequirement {
    var requirement = anyKubectl
    requirement.withinOneMinorOf = versions.kubernetes
    return requirement
  }

  /// From 0.27 on, the node images' containerd needs no patches.
  private static let kind = ToolRequirement(.kind, oldest: SemanticVersion(0, 27, 0))

  private static let anyKubectl = ToolRequirement(.kubectl, oldest: SemanticVersion(1, 32, 0))

  private static let helm = ToolRequirement(.helm, oldest: SemanticVersion(3, 17, 0))
}
