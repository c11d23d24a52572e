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
        action: Action(missing: operations, different: .perform(operations)),
        expected: ExpectedDuration().adding(.localTool, times: bootstrap.spec.controlPlanes.count + 3))
    ]
  }

  private static func operations(_ bootstrap: Bootstrap) -> [Operation] {
    let patch = "\(bootstrap.rendered)/handover.json"
    let paths = bootstrap.inlineManifests.map(\.path)
    let rows = Composition("what leaves Talos's inventory", from: paths, to: patch) { inputs in
      let rows = try manifests(inputs, bootstrap).flatMap { try $0.inventoryRows() }
      return Data(JSONValue.object(["data": .object(Dictionary(rows.map { ($0, .null) }) { $1 })]).text().utf8)
    }
    let configure = bootstrap.spec.controlPlanes.flatMap { node -> [Operation] in
      let steady = bootstrap.steadyConfiguration(of: node)
      return [
        .run(bootstrap.talosctl.applyConfiguration(steady, to: node.address, mode: "no-reboot")),
        .wait(bootstrap.gates.handedOver(node)),
      ]
    }
    return configure + [
      .compose(rows),
      .run(
        bootstrap.kubectl.merge("configmap", InlineManifest.inventory, .namespace("kube-system"), file: patch),
        tolerating: [Tolerance("NotFound", meaning: "Talos before 1.13 keeps no inventory")]),
      .run(bootstrap.kubectl.removeAnnotation(InlineManifest.owner, fromObjectsIn: paths)),
    ]
  }

  // MARK: - What the world has

  private static func probe(_ bootstrap: Bootstrap) -> Probe {
    let nodes = bootstrap.spec.controlPlanes
    let files = bootstrap.inlineManifests.map { Question.file($0.path) }
    let inventory = bootstrap.kubectl.get("configmap", InlineManifest.inventory, .namespace("kube-system"))
    let questions = files + nodes.map { .run(bootstrap.talosctl.manifests($0.address)) } + [.run(inventory)]
    return Probe(questions, asksAll: true) { answers in
      guard answers.count == questions.count else { return nil }
      let contents = answers.prefix(files.count).compactMap(\.contents)
      guard contents.count == files.count else {
        return .unreachable("the inline manifests were not rendered here, so nobody can tell which objects they hold")
      }
      guard let rows = try? manifests(contents, bootstrap).flatMap({ try $0.inventoryRows() }) else {
        return .unreachable("the rendered inline manifests cannot be read, so nobody can tell which objects they hold")
      }
      for (node, answer) in zip(nodes, answers.dropFirst(files.count)) {
        if let seen = held(by: node, answer, bootstrap.inlineResourceIDs) { return seen }
      }
      return answers.last.map { listed($0, Set(rows)) }
    }
  }

  private static func held(by node: Node, _ answer: Answer, _ ids: Set<String>) -> Observation? {
    guard let output = answer.success else { return .unreachable(answer.complaint) }
    let held = TalosManifest.names(in: output.text).intersection(ids)
    return held.isEmpty ? nil : .missing("Talos on \(node.name) still holds \(held.sorted().joined(separator: ", "))")
  }

  private static func listed(_ answer: Answer, _ rows: Set<String>) -> Observation {
    let done = Observation.done("Argo CD alone owns the network")
    guard let output = answer.success else {
      return answer.complaint.contains("NotFound") ? done : .unreachable(answer.complaint)
    }
    guard let object = try? JSONValue(parsing: output.standardOutput) else {
      return .unreachable("kubectl printed no JSON")
    }
    let left = rows.intersection((object["data"] ?? .null).stringMap.keys)
    return left.isEmpty ? done : .different("Talos's inventory still lists \(left.count) objects")
  }

  private static func manifests(_ contents: [Data], _ bootstrap: Bootstrap) -> [InlineManifest] {
    zip(bootstrap.inlineManifests, contents).map {
      InlineManifest(name: $0.name, contents: String(decoding: $1, as: UTF8.self))
    }
  }
}
