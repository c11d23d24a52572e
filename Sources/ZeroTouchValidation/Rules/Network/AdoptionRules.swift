import ZeroTouchManifests
import ZeroTouchModel

/// Cilium as Talos applies it, beside Cilium as Argo CD adopts it.
extension Rule {
  static let adoptionDiffers = Rule(
    "ZT238", .error, "Argo CD adopts another Cilium than Talos applies",
    why: "the first sync of that Application would change the network under the running cluster's feet",
    remedy: "take chart, version and values for both from one place",
    example: Example(
      wrong: "chart: cilium\nhelm: {releaseName: cilium, valuesObject: {kubeProxyReplacement: false}}",
      right: "chart: cilium\nhelm: {releaseName: cilium, valueFiles: [$values/bootstrap/cilium/values.yaml]}"),
    check: { survey in
      let layout = RepositoryLayout(root: "")
      let names = [layout.lock, layout.ciliumValues].map { String($0.drop { $0 == "/" }) }
      guard let text = survey.tree.text(of: names[0]), survey.tree.paths.contains(names[1]),
        let lock = try? ArtifactLock.parse(text, file: names[0])
      else { return [] }
      let adoption = CiliumAdoption(lock: lock, values: names[1])
      return survey.manifests(ofKind: "Application").flatMap { application in
        adoption.problems(in: application.body).map { problem in
          Violation(at: problem.location ?? application.body.location, problem.message, remedy: problem.remedy)
        }
      }
    })
}
