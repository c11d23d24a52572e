import Foundation
import ZeroTouchManifests
import ZeroTouchModel
import ZeroTouchReadiness
import ZeroTouchTools

/// Leaves Argo CD as the only owner of what Talos applied before it: the Gateway API's CRDs and Cilium.
///
/// As long as Talos holds them, `talosctl upgrade-k8s` rolls them back to what they were at the bootstrap; and once it
/// does not, it deletes what its inventory still lists. So the configuration goes first, then the inventory, then the
/// mark on each object (Talos 1.13, manifest_apply.go).
package enum HandoverStage: Stage {
  package static let name = "handover"

  package static func steps(of bootstrap: Bootstrap) -> [Step] {
    let operations = operations(bootstrap)
    return [
      Step(
        id, "leave the network to Argo CD alone", needs: [SyncWavesStage.id], probe: probe(bootstrap),
        action: Action(missing: operations, different: .perform([unmarking(bootstrap)])),
        expected: ExpectedDuration().adding(.localTool, times: bootstrap.spec.controlPlanes.count + 3))
    ]
  }

  private static func operations(_ bootstrap: Bootstrap) -> [Operation] {
    let held = heldManifests(bootstrap)
    let configure = bootstrap.spec.controlPlanes.flatMap { node -> [Operation] in
      let steady = bootstrap.steadyConfiguration(of: node)
      return [
        .change(
          bootstrap.talosctl.applyConfiguration(steady, to: node.address, mode: "no-reboot"),
          unless: .gate(bootstrap.gates.handedOver(node))),
        .wait(bootstrap.gates.handedOver(node)),
      ]
    }
    return held.map(\.asking) + [.compose(rows(bootstrap, held: held.map(\.file)))] + configure + [
      .run(
        bootstrap.kubectl.merge(
          "configmap", InlineManifest.inventory, .namespace("kube-system"), file: bootstrap.disowning),
        tolerating: [Tolerance("NotFound", meaning: "Talos before 1.13 keeps no inventory")]),
      unmarking(bootstrap),
    ]
  }

  /// The last of it; where a run died right before, nothing else is to be done again.
  private static func unmarking(_ bootstrap: Bootstrap) -> Operation {
    .run(
      bootstrap.kubectl.removeAnnotation(
        InlineManifest.owner, fromObjectsIn: bootstrap.inlineManifests.map(\.path)))
  }

  /// The manifests as the machines hold them: an older chart may have brought more than today's rendering has.
  private static func heldManifests(_ bootstrap: Bootstrap) -> [(asking: Operation, file: String)] {
    bootstrap.spec.controlPlanes.flatMap { node in
      bootstrap.inlineResourceIDs.sorted().map { id in
        let file = bootstrap.heldManifest(id, on: node)
        let asking = Operation.run(
          bootstrap.talosctl.manifest(id, node.address), capture: file,
          tolerating: [Tolerance("NotFound", meaning: "the machine has let go of it already")])
        return (asking, file)
      }
    }
  }

  /// What leaves the inventory: what was rendered today, what the machines hold, and what a run that was killed meant to
  /// take out. It is written before any machine lets go, because afterwards nobody can tell.
  private static func rows(_ bootstrap: Bootstrap, held: [String]) -> Composition {
    let paths = bootstrap.inlineManifests.map(\.path)
    let earlier = bootstrap.disowning
    return Composition(
      "what leaves Talos's inventory", from: paths + held + [earlier], optional: [earlier], to: earlier
    ) { inputs in
      let today = try manifests(Array(inputs.prefix(paths.count)), bootstrap).flatMap { try $0.inventoryRows() }
      let own = try inputs.dropFirst(paths.count).prefix(held.count).flatMap(InlineManifest.inventoryRows(held:))
      let before = inputs.last.map(InlineManifest.rows(disownedBy:)) ?? []
      return InlineManifest.disowning(today + own + before)
    }
  }

  // MARK: - What the world has

  private static func probe(_ bootstrap: Bootstrap) -> Probe {
    let nodes = bootstrap.spec.controlPlanes
    let files = bootstrap.inlineManifests.map { Question.file($0.path) }
    let inventory = bootstrap.kubectl.get("configmap", InlineManifest.inventory, .namespace("kube-system"))
    let earlier = Question.file(bootstrap.disowning)
    let marked = bootstrap.kubectl.get(objectsIn: bootstrap.inlineManifests.map(\.path))
    let questions =
      files + [earlier] + nodes.map { .run(bootstrap.talosctl.manifests($0.address)) } + [
        .run(inventory), .run(marked),
      ]
    return Probe(questions, asksAll: true) { answers in
      guard answers.count == questions.count else { return nil }
      let contents = answers.prefix(files.count).compactMap(\.contents)
      guard contents.count == files.count else {
        return .unreachable("the inline manifests were not rendered here, so nobody can tell which objects they hold")
      }
      guard let rows = try? manifests(contents, bootstrap).flatMap({ try $0.inventoryRows() }) else {
        return .unreachable("the rendered inline manifests cannot be read, so nobody can tell which objects they hold")
      }
      let before = answers[files.count].contents.map(InlineManifest.rows(disownedBy:)) ?? []
      for (node, answer) in zip(nodes, answers.dropFirst(files.count + 1)) {
        if let seen = held(by: node, answer, bootstrap.inlineResourceIDs) { return seen }
      }
      let seen = listed(answers[answers.count - 2], Set(rows + before))
      return seen.state == .done ? answers.last.map { bearing($0) } : seen
    }
  }

  private static func held(by node: Node, _ answer: Answer, _ ids: Set<String>) -> Observation? {
    guard let output = answer.success else { return .unreachable(answer.complaint) }
    let held = TalosManifest.names(in: output.text).intersection(ids)
    return held.isEmpty ? nil : .missing("Talos on \(node.name) still holds \(held.sorted().joined(separator: ", "))")
  }

  private static let done = Observation.done("Argo CD alone owns the network")

  private static func listed(_ answer: Answer, _ rows: Set<String>) -> Observation {
    guard let output = answer.success else {
      return answer.complaint.contains("NotFound") ? done : .unreachable(answer.complaint)
    }
    guard let object = try? JSONValue(parsing: output.standardOutput) else {
      return .unreachable("kubectl printed no JSON")
    }
    let left = rows.intersection((object["data"] ?? .null).stringMap.keys)
    return left.isEmpty ? done : .missing("Talos's inventory still lists \(left.count) objects")
  }

  /// Talos's mark on the objects themselves, which goes last.
  private static func bearing(_ answer: Answer) -> Observation {
    guard let output = answer.success else { return .unreachable(answer.complaint) }
    guard !output.standardOutput.isEmpty else { return done }
    guard let list = try? JSONValue(parsing: output.standardOutput) else {
      return .unreachable("kubectl printed no JSON")
    }
    // kubectl prints the only object of an only file without a list around it.
    let marked = (list["items"]?.arrayValue ?? [list]).count {
      $0[path: "metadata", "annotations", InlineManifest.owner] != nil
    }
    return marked == 0 ? done : .different("\(marked) objects still carry Talos's mark")
  }

  private static func manifests(_ contents: [Data], _ bootstrap: Bootstrap) -> [InlineManifest] {
    zip(bootstrap.inlineManifests, contents).map {
      InlineManifest(name: $0.name, contents: String(decoding: $1, as: UTF8.self))
    }
  }
}
