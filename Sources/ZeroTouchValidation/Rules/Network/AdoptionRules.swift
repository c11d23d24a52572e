import ZeroTouchManifests
import ZeroTouchModel

/// Cilium as Talos applies it, beside Cilium as Argo CD adopts it.
extension Rule {
  static let adoptionDiffers = Rule(
    "ZT238", .error, "Argo CD adopts another Cilium, or another Argo CD, than was installed",
    why:
      "the first sync of that Application would change the network, or Argo CD itself, under the running cluster's feet",
    remedy: "take chart, version and values for both from one place",
    example: Example(
      wrong: "chart: cilium\nhelm: {releaseName: cilium, valuesObject: {kubeProxyReplacement: false}}",
      right: "chart: cilium\nhelm: {releaseName: cilium, valueFiles: [$values/bootstrap/cilium/values.yaml]}"),
    check: { survey in
      let layout = RepositoryLayout(root: "")
      let names = [layout.lock, layout.ciliumValues, layout.argoCDValues].map { String($0.drop { $0 == "/" }) }
      guard let text = survey.tree.text(of: names[0]), let lock = try? ArtifactLock.parse(text, file: names[0]) else {
        return []
      }
      let adoptions =
        (survey.tree.paths.contains(names[1]) ? [ChartAdoption.cilium(lock)] : [])
        + (survey.tree.paths.contains(names[2]) ? [ChartAdoption.argoCD(lock)] : [])
      return survey.manifests(ofKind: "Application").flatMap { application in
        adoptions.flatMap { $0.problems(in: application.body) }.map { problem in
          Violation(at: problem.location ?? application.body.location, problem.message, remedy: problem.remedy)
        }
      }
    })

  static let inlineVersionDiffers = Rule(
    "ZT239", .error, "Talos applies another version of Cilium than Argo CD",
    why: "the first sync rolls the network of the running cluster, and the next `upgrade-k8s` rolls it back",
    remedy: "render the inline manifest from the version that the Application names",
    example: Example(
      wrong: "inlineManifests: [{name: cilium, contents: …cilium:v1.18.5…}]   # and targetRevision: 1.19.6",
      right: "inlineManifests: [{name: cilium, contents: …cilium:v1.19.6…}]   # and targetRevision: 1.19.6"),
    check: { survey in
      let wanted = Set(CiliumValues.all(in: survey).compactMap { SemanticVersion($0.version) })
      guard !wanted.isEmpty else { return [] }
      return survey.talosFiles.flatMap { talos in
        inlineCilium(talos).filter { !wanted.contains($0.version) }.map { inline in
          let others = wanted.sorted().map { "`\($0)`" }.joined(separator: ", ")
          return Violation(
            at: inline.location, "the inline manifest brings Cilium `\(inline.version)`, Argo CD \(others)")
        }
      }
    })

  /// The Cilium of each inline manifest, by the tag of the agent's image.
  private static func inlineCilium(_ talos: TalosFile) -> [(version: SemanticVersion, location: SourceLocation)] {
    (talos.node("cluster", "inlineManifests")?.items ?? []).enumerated().compactMap { index, item in
      guard let match = item["contents"]?.text?.firstMatch(of: #/cilium/cilium:v([0-9]+\.[0-9]+\.[0-9]+)/#),
        let version = SemanticVersion(String(match.1))
      else { return nil }
      return (version, talos.place("cluster", "inlineManifests", String(index), "contents"))
    }
  }

  static let gatewayClassNotRendered = Rule(
    "ZT240", .error, "a Gateway whose class Cilium is not told to make",
    why: "nobody acts on a Gateway whose class does not exist: it gets no address, and says nothing",
    remedy: "set `gatewayAPI.enabled: true` and leave `gatewayClass.create` at `auto` or `\"true\"`",
    example: Example(
      wrong: "gatewayAPI: {enabled: false}   # and a Gateway with gatewayClassName: cilium",
      right: "gatewayAPI: {enabled: true, gatewayClass: {create: \"true\"}}"),
    check: { survey in
      CiliumValues.all(in: survey).compactMap { values in
        let gateways: Set = ["Gateway", "GatewayClass"]
        let objects = values.cluster.objects.lazy.filter {
          gateways.contains($0.manifest.kind) && $0.manifest.group == "gateway.networking.k8s.io"
        }
        guard !values.isOpen, let path = refusal(values),
          let gateway = objects.first(where: { $0.manifest["spec", "gatewayClassName"]?.text == "cilium" }),
          !objects.contains(where: { $0.manifest.kind == "GatewayClass" && $0.manifest.name == "cilium" })
        else { return nil }
        return Violation(
          at: values.place(path), "nothing makes the class `cilium` of the Gateway `\(gateway.manifest.name)`")
      }
    })

  /// The value because of which the chart renders no GatewayClass; nil where it renders one.
  private static func refusal(_ values: ChartSettings) -> [String]? {
    if values["gatewayAPI", "enabled"]?.scalar != .bool(true) { return ["gatewayAPI", "enabled"] }
    return values["gatewayAPI", "gatewayClass", "create"]?.text == "false"
      ? ["gatewayAPI", "gatewayClass", "create"] : nil
  }
}
