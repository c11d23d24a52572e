import ZeroTouchManifests
import ZeroTouchModel
import ZeroTouchReadiness
import ZeroTouchTools

/// Has kind make a cluster of containers on this laptop, once.
///
/// kind itself takes away what it could not finish, unless it is killed. So a mark is written before it starts and
/// changed when it ended: what stands under the first mark is half a cluster that nobody ever used, and is made anew.
package enum CreateClusterStage: Stage {
  package static let name = "create-cluster"

  private static let (begun, made) = ("begun\n", "made\n")

  package static func steps(of bootstrap: Bootstrap) -> [Step] {
    guard bootstrap.spec.provider == .kind else { return [] }
    let kind = bootstrap.kind
    let creation: [Operation] = [
      .write(begun, to: mark(bootstrap)),
      .run(kind.create(from: bootstrap.layout.kindCluster), produces: [bootstrap.kubeconfig]),
      .write(made, to: mark(bootstrap)),
    ]
    return [
      Step(
        id, "make the cluster `\(kind.cluster)` with kind", needs: [PreflightStage.id], probe: probe(bootstrap),
        action: Action(
          missing: creation, different: .perform([.run(kind.delete)] + creation),
          foreign: .refuse(
            "delete it with `kind delete cluster --name \(kind.cluster)`, or give this one another `metadata.name`")),
        expected: ExpectedDuration(.kindCreation))
    ]
  }

  private static func mark(_ bootstrap: Bootstrap) -> String { bootstrap.workspace.path("kind") }

  private static func probe(_ bootstrap: Bootstrap) -> Probe {
    let kind = bootstrap.kind
    return Probe([.run(Kind.clusters), .file(mark(bootstrap)), .file(bootstrap.kubeconfig)], asksAll: true) { answers in
      guard answers.count == 3 else { return nil }
      guard let output = answers[0].success else { return .unreachable(answers[0].complaint) }
      guard output.kindClusters.contains(kind.cluster) else { return .missing("kind has no cluster of that name") }
      switch answers[1].contents.map({ String(decoding: $0, as: UTF8.self) }) {
      case begun: return .different("an interrupted run left half a cluster")
      case made: break
      default: return .foreign("kind has a cluster `\(kind.cluster)` that was not made from here")
      }
      guard answers[2].contents != nil else { return .unreachable(kubeconfigIsGone(kind)) }
      return .done("kind runs it")
    }
  }

  private static func kubeconfigIsGone(_ kind: Kind) -> String {
    "its kubeconfig is gone; fetch it: "
      + "kind export kubeconfig --name \(kind.cluster) --kubeconfig \(kind.kubeconfig.shellQuoted)"
  }
}
