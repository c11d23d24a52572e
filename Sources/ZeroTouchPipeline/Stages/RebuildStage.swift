import Foundation
import ZeroTouchManifests
import ZeroTouchModel
import ZeroTouchTools

/// What frames a rebuild: it is written down before anything is touched, what was fetched from the old cluster is
/// forgotten once no machine holds any of it, and at the end it is written down that it has ended.
package enum RebuildStage {
  static let begin = StepID("begin-rebuild")
  static let forget = StepID("forget-cluster")
  static let finish = StepID("finish-rebuild")

  static func beginning(_ renewal: Renewal, needs: [StepID], _ bootstrap: Bootstrap) -> Step {
    let path = bootstrap.workspace.renewal
    let nodes = bootstrap.spec.nodes
    let asked = nodes.map { MachineOrigin.questions($0, bootstrap) }
    return Step(
      begin, "write down that the rebuild begins, once every machine can be reached", needs: needs,
      probe: Probe([.file(path)] + asked.flatMap(\.self), asksAll: true) { answers in
        guard let file = answers.first else { return nil }
        if let seen = RenewalRecord.remembered(file.contents, renewal) { return seen }
        return judge(answers.dropFirst(), renewal, bootstrap)
      },
      action: Action(
        missing: [.write(renewal.text, to: path)], foreign: .refuse("nothing was touched; look with zerotouch journal"))
    )
  }

  /// Nothing is wiped while a machine is missing: a cluster that limps is more than half of one.
  private static func judge(
    _ answers: ArraySlice<Answer>, _ renewal: Renewal, _ bootstrap: Bootstrap
  ) -> Observation? {
    let nodes = bootstrap.spec.nodes
    let width = answers.count / max(nodes.count, 1)
    guard width > 0 else { return nil }
    let origins = nodes.enumerated().map { index, node in
      let first = answers.startIndex + index * width
      return (node, MachineOrigin(answers[first..<(first + width)], mark: renewal.began) ?? .silent("no answer"))
    }
    for (node, origin) in origins where origin == .otherCluster {
      return .foreign(bootstrap.stranger(node))
    }
    for (node, origin) in origins {
      if case .silent(let reason) = origin { return .unreachable(node.silence(reason)) }
    }
    let running = origins.filter { $0.1 == .older }.map(\.0.name)
    return .missing(
      running.isEmpty ? "every machine is empty" : "\(running.joined(separator: ", ")) run the cluster that goes")
  }

  /// The kubeconfig opens a cluster that is no more; as long as it is there, a bootstrap takes an empty etcd for ruins.
  static func forgetting(_ bootstrap: Bootstrap) -> Step {
    let resets = bootstrap.spec.nodes.map(ResetMachineStage.id)
    let path = bootstrap.kubeconfig
    return Step(
      forget, "forget the kubeconfig of the cluster that is gone", needs: resets,
      probe: Probe(resets.map { .step($0) } + [.file(path)]) { answers in
        guard answers.count > resets.count else { return nil }
        let isUnderWay = answers.dropLast().contains { answer in
          if case .observation(let seen) = answer { seen.saw == ResetMachineStage.seenRenewed } else { false }
        }
        if isUnderWay { return .done("machines of the new cluster are there already") }
        return answers.last?.contents?.isEmpty == false ? .missing("`\(path)` is there") : .done("there is none")
      },
      action: Action(missing: [.write("", to: path)]))
  }

  static func finishing(_ renewal: Renewal, _ bootstrap: Bootstrap) -> Step {
    RenewalRecord.finishing(finish, renewal, at: bootstrap.workspace.renewal, needs: [ValidateStage.id])
  }
}
