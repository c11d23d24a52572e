import ZeroTouchManifests
import ZeroTouchModel

extension Survey {
  /// What rules of machines and of Flux cannot tell from the files alone.
  var furtherUnknowns: [Note] {
    uncountedMachines + unclearReleases + phasesElsewhere + addressesFromElsewhere
  }

  /// A configuration without a host name may be that of one machine or of many.
  private var uncountedMachines: [Note] {
    guard MachineInventory(self).clusters.isEmpty, !CiliumValues.all(in: self).isEmpty else { return [] }
    return talosFiles.filter { $0.isWhole && $0.configuration.isControlPlane }.prefix(1).map {
      Note(
        at: $0.main.location,
        "how many machines get this configuration is unknown: no replicas were compared with their number")
    }
  }

  /// Releases behind the phase of definitions whose charts nobody here can look into.
  private var unclearReleases: [Note] {
    let phases = PhaseOrder(flux.phases).later
    guard !phases.isEmpty else { return [] }
    let sources = FluxSources(self)
    return phases.flatMap { phase in
      phase.objects.filter(\.isHelmRelease).compactMap { release -> Note? in
        guard release["spec", "install", "crds"]?.text != "Skip",
          let chart = sources.chart(of: release), sources.entry(of: release, in: catalogue) == nil
        else { return nil }
        return Note(
          at: place(of: release, at: "spec", "chart"),
          "the chart `\(chart)` is not in the catalogue: whether it installs definitions in the phase "
            + "`\(phase.name)` is unknown")
      }
    }
  }

  /// Services that wait for an address where neither machines nor what gives addresses lies in this tree.
  private var addressesFromElsewhere: [Note] {
    guard !hasMachines else { return [] }
    return clusters.compactMap { cluster in
      let waiting = cluster.objects.first {
        $0.manifest.kind == "Service" && $0.application != nil && AddressWaiters.waiting($0.manifest, false) != nil
      }
      guard let waiting, !AddressWaiters.hasProvider(cluster) else { return nil }
      return Note(
        at: place(of: waiting, in: cluster, at: ["spec", "type"]),
        "whether something outside this tree gives `\(waiting.manifest.title)` an address is unknown")
    }
  }

  /// Kustomizations of Flux whose folders lie in another repository.
  private var phasesElsewhere: [Note] {
    flux.phases.compactMap { phase in
      guard phase.folder == nil, let path = phase.manifest["spec", "path"]?.text, !path.contains("${"),
        RepositoryTree.resolve(path, from: "").map({ !$0.isEmpty }) ?? false
      else { return nil }
      return Note(
        at: place(of: phase.manifest, at: "spec", "path"),
        "the folder `\(path)` of the Kustomization `\(phase.name)` is not in this tree: what it applies is unknown")
    }
  }
}
