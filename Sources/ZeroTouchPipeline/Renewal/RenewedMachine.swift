import Foundation
import ZeroTouchModel
import ZeroTouchReadiness
import ZeroTouchTools

/// A node on its way to being made anew, with what is asked about it again and again.
struct RenewedMachine: Sendable {
  let node: Node
  let renewal: Renewal
  let bootstrap: Bootstrap

  var kubectl: Kubectl { bootstrap.kubectl }
  var others: [Node] { bootstrap.spec.controlPlanes.filter { $0.name != node.name } }
  var record: String { bootstrap.workspace.renewal(of: node.name) }
  private var questions: [Question] { MachineOrigin.questions(node, bootstrap) }

  /// A probe that first asks the machine where what runs on it comes from, all of it at once.
  func probe(
    _ rest: [Question], _ judge: @escaping @Sendable (MachineOrigin, ArraySlice<Answer>) -> Observation
  ) -> Probe {
    let (count, mark) = (questions.count, renewal.began)
    return Probe(questions + rest, asksAll: true) { answers in
      guard answers.count == count + rest.count else { return nil }
      let origin = MachineOrigin(answers.prefix(count), mark: mark) ?? .silent("no answer")
      return judge(origin, answers.dropFirst(count))
    }
  }

  func checking(_ id: StepID, needs: [StepID]) -> Step {
    let etcd = node.role == .controlPlane ? others : []
    let asked: [Question] =
      [.file(record), .run(kubectl.list("nodes")), .run(kubectl.list("persistentvolumes"))]
      + etcd.map { .run(bootstrap.talosctl.etcdMembers($0.address)) }
      + etcd.map { .run(bootstrap.talosctl.service("etcd", $0.address)) }
    return Step(
      id, "look whether \(node.name) can be spared", needs: needs,
      probe: probe(asked) { origin, answers in judge(origin, Array(answers), etcd) },
      action: Action(
        missing: [], different: .refuse("nothing was touched"), unreachable: .refuse("nothing was touched"),
        foreign: .refuse("boot the machine into its rescue system, or fix its address; nothing was touched")),
      severity: .preflight)
  }

  private func judge(_ origin: MachineOrigin, _ answers: [Answer], _ etcd: [Node]) -> Observation {
    let isEmpty = [.maintenance, .rescue, .renewed].contains(origin)
    if isEmpty, let begun = Renewal(answers[0].contents), begun.began == renewal.began {
      return .done("the replacement that began at \(begun.began) goes on")
    }
    if origin == .otherCluster {
      let problem = Diagnostic(
        bootstrap.stranger(node),
        remedy: "boot it into its rescue system, or fix its address; nothing was touched")
      return Observation(.foreign, problem.message, problems: [problem])
    }
    let members = Array(answers[3..<(3 + etcd.count)]).lazy.compactMap(\.success)
      .map { EtcdMember.members(in: $0.text) }.first { !$0.isEmpty }
    let running = zip(etcd, answers.dropFirst(3 + etcd.count)).filter { _, answer in
      answer.success.flatMap { TalosServiceStatus($0.text) }?.isHealthy ?? false
    }.map(\.0.name)
    var problems = node.role == .controlPlane ? majority(members ?? [], running, origin) : []
    guard let nodes = answers[1].success.flatMap({ ObservedNode.list(in: $0) }),
      let volumes = answers[2].success.flatMap({ try? JSONValue(parsing: $0.standardOutput) })
    else {
      problems.append(unanswered(answers[1].complaint))
      return Observation(.unreachable, problems[0].message, problems: problems)
    }
    problems += alive(nodes, origin) + (origin == .older ? RemoveNodeStage.lost(volumes, node) : [])
    if problems.isEmpty { return .done("it can be spared") }
    return .different(problems.map(\.message).joined(separator: "; "), problems: problems)
  }

  private func unanswered(_ reason: String) -> Diagnostic {
    Diagnostic(
      "the Kubernetes API does not answer: \(reason)",
      remedy: "bring the API up first; where nothing is to be saved: zerotouch rebuild --confirm \(bootstrap.spec.name)"
    )
  }

  /// A machine that nobody hears here, and that the cluster hears, is not dead.
  private func alive(_ nodes: [ObservedNode], _ origin: MachineOrigin) -> [Diagnostic] {
    guard case .silent(let reason) = origin, nodes.contains(where: { $0.name == node.name && $0.isReady }) else {
      return []
    }
    return [
      Diagnostic(
        "\(node.name) does not answer here (\(reason)), and the cluster says that it is Ready",
        remedy: "look for what lies between this laptop and \(node.address)")
    ]
  }

  /// etcd needs more than half of its members to let one go, and what is left more than half of itself.
  private func majority(_ members: [EtcdMember], _ running: [String], _ origin: MachineOrigin) -> [Diagnostic] {
    let voting = members.filter { !$0.isLearner }
    let rest = voting.filter { $0.hostname != node.name }
    let total = max(voting.count, bootstrap.spec.controlPlanes.count)
    let remaining = members.isEmpty ? others.count : rest.count
    let isLiving = origin == .older && voting.count > rest.count
    let now = running.count + (isLiving ? 1 : 0)
    let remedy =
      "bring the others up first: zerotouch nodes list; where nothing is to be saved: "
      + "zerotouch rebuild --confirm \(bootstrap.spec.name)"
    var problems: [Diagnostic] = []
    if remaining == 0 {
      problems.append(
        Diagnostic(
          "\(node.name) is the only member of etcd: the cluster would be gone with it",
          remedy: "that is a rebuild: zerotouch rebuild --confirm \(bootstrap.spec.name)"))
    } else if now <= total / 2 {
      problems.append(
        Diagnostic(
          "of \(total) members of etcd \(now) run(s), and \(total / 2 + 1) are needed to let one go", remedy: remedy))
    } else if running.count <= remaining / 2 {
      problems.append(
        Diagnostic(
          "without \(node.name) \(running.count) of \(remaining) members of etcd run(s), and \(remaining / 2 + 1) are needed",
          remedy: remedy))
    }
    if bootstrap.spec.endpoint.host == node.address.description, remaining > 0 {
      problems.append(RemoveNodeStage.endpoint(node))
    }
    return problems
  }
}
