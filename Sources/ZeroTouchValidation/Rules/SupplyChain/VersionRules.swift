import ZeroTouchManifests
import ZeroTouchModel

/// Versions that do not run together, and versions that stand in two places.
extension Rule {
  static let kubernetesOutsideWindow = Rule(
    "ZT604", .error, "a Kubernetes that this Talos refuses",
    why: "Talos checks the version in the image's tag and refuses the machine configuration",
    remedy: "use a Kubernetes in the window of the Talos release",
    example: Example(
      wrong:
        "install: {image: factory.talos.dev/metal-installer/…:v1.12.11}\napiServer: {image: registry.k8s.io/kube-apiserver:v1.36.3}",
      right:
        "install: {image: factory.talos.dev/metal-installer/…:v1.13.9}\napiServer: {image: registry.k8s.io/kube-apiserver:v1.36.3}"
    ),
    check: { survey in
      survey.machineImages.compactMap { machine in
        machine.refused.map { refused in
          let talos = machine.versions["talos"]?.version.description ?? ""
          return Violation(
            at: refused.version.location,
            "Kubernetes `\(refused.version.version)` does not run with Talos `\(talos)`, which takes "
              + "\(refused.lines.lowerBound) to \(refused.lines.upperBound)",
            remedy: "use Kubernetes \(refused.nearest), the nearest that Talos takes, or another Talos")
        }
      }
    })

  static let versionsApart = Rule(
    "ZT605", .warning, "versions that are not made for each other",
    why: "their makers test other pairs: an operator that misses a version of a kind crashes, or does nothing",
    remedy: "raise both together, to a pair that is documented",
    example: Example(
      wrong: "cilium: 1.18.5\ngateway-api: v1.4.1", right: "cilium: 1.19.6\ngateway-api: v1.4.1"),
    check: { survey in
      let beside = survey.fluxBesideKubernetes + survey.toolsApart
      return beside
        + survey.clusters.flatMap { cluster -> [Violation] in
          let installed = InstalledVersions(cluster, in: survey).all
          let problems = Compatibility.problems(of: installed.mapValues(\.version))
          // Talos with Kubernetes is told by ZT604, a Cilium that its Gateway API crashes by ZT234.
          let crashes = GatewayPair(installed)?.crashes ?? false
          let told = problems.filter { problem in
            problem.keys.count > 1 && !problem.keys.contains("talos")
              && !(crashes && problem.keys.contains("gatewayAPI"))
          }
          let apart = told.compactMap { problem in
            problem.keys.compactMap { installed[$0]?.location }.first.map {
              Violation(at: $0, problem.message, remedy: problem.remedy)
            }
          }
          return apart + installed.behindSupport + survey.secondArgoCD(in: cluster)
        }
    })

  static let oldChartRepository = Rule(
    "ZT606", .warning, "an address that its owners have left",
    why: "nothing new comes there, security fixes among it, and one day it is switched off",
    remedy: "take it from where it is published today",
    example: Example(
      wrong: "repoURL: https://charts.helm.sh/stable",
      right: "repoURL: https://prometheus-community.github.io/helm-charts"),
    check: { survey in
      survey.eachOwnManifest { manifest in
        var found: [Violation] = []
        for (address, chart, path) in LeftAddress.addresses(in: manifest) {
          guard let left = LeftAddress.of(address, chart: chart) else { continue }
          found.append(
            Violation(
              at: survey.place(of: manifest, at: path), "`\(manifest.title)` takes `\(address)`, \(left.why)",
              remedy: left.remedy))
        }
        for (path, image) in ImageReferences(manifest).all where image.hasPrefix("k8s.gcr.io/") {
          found.append(
            Violation(
              at: survey.place(of: manifest, at: path),
              "`\(manifest.title)` takes `\(image)` from a registry that was frozen in 2023",
              remedy: "take it from `registry.k8s.io`"))
        }
        return found
      } + survey.installersElsewhere
    })

  static let chartAtTwoVersions = Rule(
    "ZT607", .warning, "one chart at two versions",
    why: "the newer definitions meet the older controller, or two copies fight over one kind",
    remedy: "write the version once, and carry it into both",
    example: Example(
      wrong: "chart: kagent-crds\ntargetRevision: 0.9.12\n---\nchart: kagent\ntargetRevision: 0.9.10",
      right: "chart: kagent-crds\ntargetRevision: 0.9.12\n---\nchart: kagent\ntargetRevision: 0.9.12"),
    check: { survey in
      survey.clusters.flatMap { survey.splitCharts(in: $0) + survey.singletonsTwice(in: $0) } + survey.scriptsApart
        + survey.inflationsApart
    })

  static let lockDisagrees = Rule(
    "ZT608", .error, "the lock and the platform pin two versions",
    why: "the bootstrap installs one version, and Argo CD replaces it by the other",
    remedy: "write the same version in both files",
    example: Example(
      wrong: "# versions.yaml\ncilium: 1.19.5  # artifacts.lock.yaml has 1.19.6",
      right: "# versions.yaml\ncilium: 1.19.6"),
    check: { survey in
      let layout = RepositoryLayout(root: "")
      let names = [layout.versions, layout.lock].map {
        RepositoryTree.resolve(String($0.drop { $0 == "/" }), from: "") ?? ""
      }
      guard let pins = survey.tree.text(of: names[0]), let lock = survey.tree.text(of: names[1]),
        let versions = try? PlatformVersions.parse(pins, file: names[0]),
        let artifacts = try? ArtifactLock.parse(lock, file: names[1])
      else { return [] }
      return versions.disagreements(with: artifacts).compactMap { problem in
        problem.location.map { Violation(at: $0, problem.message, remedy: problem.remedy) }
      }
    })
}

/// Addresses that their owners have left.
struct LeftAddress {
  let why: String
  let remedy: String

  /// Where an object takes charts from, each address with its path in it.
  static func addresses(in manifest: Manifest) -> [(address: String, chart: String?, path: [String])] {
    if manifest.isApplication {
      return ApplicationSource.all(of: manifest).map { ($0.repoURL, $0.chart, $0.path + ["repoURL"]) }
    }
    guard manifest.kind == "HelmRepository", let address = manifest["spec", "url"]?.text else { return [] }
    return [(address, nil, ["spec", "url"])]
  }

  static func of(_ url: String, chart: String?) -> LeftAddress? {
    let address = ChartReference.normalized(url)
    if let known = archived.first(where: { address.hasSuffix($0.key) }) { return known.value }
    guard address.hasSuffix("grafana.github.io/helm-charts"), let chart, ["grafana", "loki"].contains(chart) else {
      return nil
    }
    return LeftAddress(
      why: "which no longer carries the chart `\(chart)`",
      remedy: "take it from `https://grafana-community.github.io/helm-charts`")
  }

  private static let stable = LeftAddress(
    why: "which is read-only since November 2020", remedy: "take the chart from its own project's repository")
  private static let archived: [String: LeftAddress] = [
    "charts.helm.sh/stable": stable, "charts.helm.sh/incubator": stable,
    "kubernetes-charts.storage.googleapis.com": stable, "kubernetes-charts-incubator.storage.googleapis.com": stable,
  ]
}
