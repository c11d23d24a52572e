import Foundation
import ZeroTouchManifests
package import ZeroTouchModel
import ZeroTouchTools

/// Makes every file that machines and cluster are given, before anything is touched. The PKI is made once; everything
/// else follows from it and from Git, and is made anew in every run.
package enum RenderStage: Stage {
  package static let name = "render"

  package static func id(_ node: Node) -> StepID { StepID(name, node.name) }

  package static func steps(of bootstrap: Bootstrap) -> [Step] {
    [cluster(bootstrap)] + keeping(bootstrap) + machines(bootstrap.spec.nodes, bootstrap)
  }

  /// The steps of machines that are rendered together.
  static func machines(_ nodes: [Node], _ bootstrap: Bootstrap) -> [Step] {
    let judged = judged(nodes, bootstrap)
    return nodes.sorted { $0.name < $1.name }.map { machine($0, bootstrap, isJudged: judged.contains($0.name)) }
  }

  /// The machines about which Talos's own check is asked: the first of every kind, and each with patches of its own.
  /// What sets the others apart are names, addresses and serials, which the spec itself is held to.
  private static func judged(_ nodes: [Node], _ bootstrap: Bootstrap) -> Set<String> {
    var kinds: Set<Node> = []
    let first = nodes.sorted { $0.name < $1.name }.filter { kinds.insert($0.kind).inserted }
    return Set((first + nodes.filter(bootstrap.configurations.patches.hasOwn)).map(\.name))
  }

  private static func cluster(_ bootstrap: Bootstrap) -> Step {
    let rest = manifests(bootstrap) + talosconfig(bootstrap)
    let secrets = Operation.run(
      Talosctl.generateSecrets(to: "-", talos: bootstrap.spec.versions.talos), capture: bootstrap.secretsBundle)
    return Step(
      id, "make the cluster's PKI, its talosconfig and the inline manifests", needs: [PreflightStage.id],
      probe: probe(bootstrap),
      action: Action(missing: [secrets] + rest, foreign: .refuse(Self.restoring))
        .responding(to: .done, with: .perform(rest)),
      expected: ExpectedDuration().adding(.localTool, times: 4))
  }

  /// Only talosctl can sign a client's certificate; which is another one every time.
  private static func talosconfig(_ bootstrap: Bootstrap) -> [Operation] {
    let spec = bootstrap.spec
    let rendered = "\(bootstrap.rendered)/talosconfig"
    let wanted = Talosctl.Configuration(
      cluster: spec.name, endpoint: spec.endpoint, secrets: bootstrap.secretsBundle, talos: spec.versions.talos,
      kubernetes: spec.versions.kubernetes, types: [.talosconfig], output: rendered)
    let addresses = spec.controlPlanes.map(\.address)
    let made: [Operation] = [
      .run(Talosctl.generateConfiguration(wanted), produces: [rendered]),
      .run(Talosctl(talosconfig: rendered).setEndpoints(addresses), produces: [rendered]),
    ]
    guard bootstrap.talosconfig != rendered else { return made }
    return made + [.compose(Composition("the talosconfig", from: [rendered], to: bootstrap.talosconfig) { $0[0] })]
  }

  private static func machine(_ node: Node, _ bootstrap: Bootstrap, isJudged: Bool) -> Step {
    let output = bootstrap.configuration(of: node)
    let judge = { (file: String) -> [Operation] in isJudged ? [.run(Talosctl.validate(file))] : [] }
    let steady =
      node.role == .worker
      ? []
      : [Operation.compose(steadyConfiguration(of: node, bootstrap))]
        + judge(bootstrap.steadyConfiguration(of: node))
    let operations = [.compose(configuration(of: node, bootstrap))] + judge(output) + steady
    return Step(
      id(node), "make the machine configuration of \(node.name)", needs: [keptID(bootstrap)],
      probe: Probe([.file(output)]) { answers in
        switch answers.first {
        case .contents: .done("made anew in every run")
        case .absent(let reason): .missing(reason)
        default: nil
        }
      },
      action: Action(missing: operations).responding(to: .done, with: .perform(operations)),
      expected: ExpectedDuration(.localTool))
  }

  private static func configuration(of node: Node, _ bootstrap: Bootstrap) -> Composition {
    let manifests = node.role == .controlPlane ? bootstrap.inlineManifests : []
    return composition(
      "the machine configuration of \(node.name)", of: node, manifests, to: bootstrap.configuration(of: node), bootstrap
    )
  }

  /// What a control plane holds once Argo CD owns what was inline.
  private static func steadyConfiguration(of node: Node, _ bootstrap: Bootstrap) -> Composition {
    composition(
      "the configuration of \(node.name) after the handover", of: node, [],
      to: bootstrap.steadyConfiguration(of: node), bootstrap)
  }

  private static func composition(
    _ title: String, of node: Node, _ manifests: [(name: String, path: String)], to output: String,
    _ bootstrap: Bootstrap
  ) -> Composition {
    let bundle = bootstrap.secretsBundle
    var marking = bootstrap.configurations
    marking.renewals = bootstrap.marks
    let renderer = marking
    return Composition(title, from: [bundle] + manifests.map(\.path), to: output) { inputs in
      let texts = inputs.map { String(decoding: $0, as: UTF8.self) }
      let secrets = try TalosSecrets(text: texts[0], file: bundle)
      let inline = zip(manifests, texts.dropFirst()).map { InlineManifest(name: $0.name, contents: $1) }
      return Data(try renderer.text(of: node, secrets: secrets, manifests: inline).utf8)
    }
  }
}
