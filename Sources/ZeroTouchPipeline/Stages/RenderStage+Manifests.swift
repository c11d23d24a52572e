import Foundation
import ZeroTouchManifests
import ZeroTouchModel
import ZeroTouchTools

extension RenderStage {
  /// The manifests that Talos applies itself, long before anybody could reach the API: the CRDs, then Cilium that looks
  /// for them. Each is held against what the rest of the bootstrap relies on before it goes into a configuration.
  static func manifests(_ bootstrap: Bootstrap) -> [Operation] {
    let paths = bootstrap.inlineManifests.map(\.path)
    guard let chart = bootstrap.lock["cilium"], paths.count == 2 else { return [] }
    let (take, archive) = bootstrap.taking(chart)
    let (check, values) = checkedValues(bootstrap, chart, archive)
    let template = Helm.template(
      .path(archive), release: "cilium", namespace: "kube-system", values: values,
      kubernetes: bootstrap.spec.versions.kubernetes)
    return [.compose(definitions(bootstrap, to: paths[0])), .compose(take)] + check
      + [.run(template, capture: paths[1]), .compose(checkedCilium(paths[1], bootstrap.spec.network.gateway))]
  }

  private static func definitions(_ bootstrap: Bootstrap, to path: String) -> Composition {
    let artifacts = bootstrap.gatewayArtifacts
    let version = bootstrap.spec.versions.gatewayAPI
    let standIn = artifacts.contains(where: \.isStandIn) ? " (stand-ins)" : ""
    return Composition(
      "the Gateway API's CRDs\(standIn), their SHA-256 verified", from: artifacts.map { bootstrap.cached($0) }, to: path
    ) { inputs in
      let verified = try zip(artifacts, inputs).map { try $0.verified($1) }
      let text = verified.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "\n---\n")
      try GatewayDefinitions(text: text, file: path).problems(version: version).throwAny()
      return Data(text.utf8)
    }
  }

  /// Copies of the values once it is sure that the chart knows every key; a stand-in knows fewer than the real chart.
  private static func checkedValues(
    _ bootstrap: Bootstrap, _ chart: ArtifactLock.Artifact, _ archive: String
  ) -> ([Operation], [String]) {
    let files = bootstrap.layout.ciliumValues(for: bootstrap.spec.network.gateway)
    if chart.isStandIn { return ([], files) }
    let own = bootstrap.workspace.path("artifacts/cilium.values.yaml")
    let checked = files.enumerated().map { index, file in
      (file, bootstrap.workspace.path("artifacts/cilium.checked\(index == 0 ? "" : "-\(index)").yaml"))
    }
    let checks = checked.map { file, output in
      Composition("Cilium's values, every key known to the chart", from: [file, own], to: output) { inputs in
        let texts = inputs.map { String(decoding: $0, as: UTF8.self) }
        try ChartValues.unknownKeys(in: texts[0], file: file, chart: texts[1], named: chart.title).throwAny()
        return inputs[0]
      }
    }
    return ([.run(Helm.showValues(archive), capture: own)] + checks.map { .compose($0) }, checked.map(\.1))
  }

  private static func checkedCilium(_ path: String, _ gateway: Network.Gateway) -> Composition {
    Composition("Cilium, with everything that gates and machines look for", from: [path], to: path) { inputs in
      try CiliumManifest(text: String(decoding: inputs[0], as: UTF8.self), file: path).problems(for: gateway).throwAny()
      return inputs[0]
    }
  }
}

extension [Diagnostic] {
  /// Refuses what has problems.
  fileprivate func throwAny() throws(InvalidInput) { if !isEmpty { throw InvalidInput(self) } }
}
