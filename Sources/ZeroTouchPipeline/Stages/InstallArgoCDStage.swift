import Foundation
import ZeroTouchManifests
import ZeroTouchModel
import ZeroTouchTools

/// Installs Argo CD as Argo CD will hold it: rendered from the locked chart with the values of its own Application.
/// No release exists that could be left pending; once the Application `argocd` exists, Git owns it.
package enum InstallArgoCDStage: Stage {
  package static let name = "argocd"

  package static func steps(of bootstrap: Bootstrap) -> [Step] {
    let (kubectl, folder) = (bootstrap.kubectl, bootstrap.rendered)
    let all = "\(folder)/argocd.yaml"
    let (definitions, rest) = ("\(folder)/argocd-crds.yaml", "\(folder)/argocd-rest.yaml")
    return [
      Step(
        id, "install Argo CD", needs: [NetworkGateStage.id], probe: probe(bootstrap),
        action: Action(
          missing: template(bootstrap, to: all) + [
            .compose(
              Composition("Argo CD's CRDs", from: [all], to: definitions) { ManifestText($0[0]).definitions }),
            .compose(
              Composition("Argo CD's namespace and everything but its CRDs", from: [all], to: rest) {
                ManifestText($0[0]).rest(inNamespace: "argocd")
              }),
            .change(
              kubectl.apply(.file(definitions), forceConflicts: true), unless: .program(kubectl.difference(definitions))
            ),
            .wait(bootstrap.gates.argoCDDefinitions),
            .change(kubectl.apply(.file(rest), forceConflicts: true), unless: .program(kubectl.difference(rest))),
            .wait(bootstrap.gates.argoCDReady),
          ]),
        expected: ExpectedDuration(.localTool, .crdEstablished, .imagePull, .containerStart).adding(.containerStart))
    ]
  }

  private static func template(_ bootstrap: Bootstrap, to file: String) -> [Operation] {
    guard let chart = bootstrap.lock["argo-cd"] else { return [] }
    let (take, path) = bootstrap.taking(chart)
    let render = Helm.template(
      .path(path), release: "argocd", namespace: "argocd",
      values: [bootstrap.layout.argoCDValues], includeCRDs: true, kubernetes: bootstrap.spec.versions.kubernetes)
    return [.compose(take), .run(render, capture: file)]
  }

  private static func probe(_ bootstrap: Bootstrap) -> Probe {
    Probe([.run(bootstrap.kubectl.get("applications.argoproj.io", "argocd", .namespace("argocd")))]) { answers in
      guard let answer = answers.first else { return nil }
      if answer.success != nil { return .done("Git holds Argo CD: the Application `argocd` exists") }
      let absent = ["NotFound", "doesn't have a resource type", "no matches for kind"]
      if absent.contains(where: { answer.complaint.contains($0) }) { return .missing("no Application `argocd`") }
      return .unreachable(answer.complaint)
    }
  }
}

/// A rendered manifest as text, cut at its documents; it is cut and never rewritten, so that what is applied is what
/// the chart says.
struct ManifestText {
  private let documents: [Substring]

  init(_ data: Data) {
    let text = "\n" + String(decoding: data, as: UTF8.self)
    documents = text.split(separator: "\n---", omittingEmptySubsequences: true).filter { document in
      document.split(whereSeparator: \.isNewline).contains { !$0.hasPrefix("#") && !$0.allSatisfy(\.isWhitespace) }
    }
  }

  var definitions: Data { joined(documents.filter(isDefinition)) }

  func rest(inNamespace name: String) -> Data {
    joined(["\napiVersion: v1\nkind: Namespace\nmetadata:\n  name: \(name)"] + documents.filter { !isDefinition($0) })
  }

  private func isDefinition(_ document: Substring) -> Bool {
    document.split(whereSeparator: \.isNewline).contains { $0 == "kind: CustomResourceDefinition" }
  }

  private func joined(_ documents: [Substring]) -> Data {
    Data(documents.map { "---" + $0 + "\n" }.joined().utf8)
  }
}
