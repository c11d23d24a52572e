import TestSupport
import Testing
import ZeroTouchModel
import ZeroTouchPipeline
import ZeroTouchReadiness
import ZeroTouchTools

/// What keeps a node from being taken out.
struct RemoveNodeTests {
  private static func nodes(ready: [String]) -> Answer {
    let items = ["cp01", "cp02", "cp03", "worker01"].map { name -> JSONValue in
      [
        "metadata": ["name": .string(name)],
        "status": ["conditions": [["type": "Ready", "status": ready.contains(name) ? "True" : "False"]]],
      ]
    }
    let list: JSONValue = ["items": .array(items)]
    return .output(.printing(list.text()))
  }

  private static func volumes(on name: String?) -> Answer {
    let volume: JSONValue = [
      "metadata": ["name": "pvc-1"],
      "spec": [
        "claimRef": ["namespace": "tenant", "name": "data-0"],
        "nodeAffinity": [
          "required": [
            "nodeSelectorTerms": [
              [
                "matchExpressions": [
                  ["key": "kubernetes.io/hostname", "operator": "In", "values": [.string(name ?? "")]]
                ]
              ]
            ]
          ]
        ],
      ], "status": ["phase": "Bound"],
    ]
    let list: JSONValue = ["items": .array(name == nil ? [] : [volume])]
    return .output(.printing(list.text()))
  }

  private static func members(_ names: String...) -> Answer {
    let rows = names.map { "10.0.0.1   0000000000000001   \($0)       https://a   https://b   false" }
    return .output(
      .printing(
        "NODE       ID                 HOSTNAME   PEER URLS   CLIENT URLS   LEARNER\n" + rows.joined(separator: "\n")
          + "\n"))
  }

  private func seen(
    _ name: String, _ answers: [Answer], planes: Int = 3, isGone: Bool = false
  ) throws -> Observation {
    let bootstrap = Fixtures.bootstrap(Fixtures.spec(controlPlanes: planes, workers: 1))
    let node = try #require(bootstrap.spec.nodes.first { $0.name == name })
    let step = try #require(bootstrap.removalPlan(node, isGone: isGone)[StepID("check-removal", name)])
    return step.probe.conclude(answers)
  }

  @Test func `volumes that lie on the node alone are not lost silently`() throws {
    let lost = try seen("worker01", [Self.nodes(ready: ["cp01"]), Self.volumes(on: "worker01")])
    #expect(lost.state == .different)
    #expect(lost.problems.first?.message == "1 volume(s) lie on worker01 alone: tenant/data-0")
    #expect(try seen("worker01", [Self.nodes(ready: []), Self.volumes(on: "cp02")]).state == .done)
  }

  @Test(arguments: [
    (["cp01", "cp02", "cp03"], ["cp01", "cp02", "cp03"], Observation.State.done),
    (["cp01", "cp02"], ["cp01", "cp02", "cp03"], .different),
    (["cp01", "cp03"], ["cp01", "cp02", "cp03"], .done),
    (["cp01", "cp02", "cp03"], ["cp02"], .different), ([], [], .different),
  ])
  func `a control plane goes only while the others are a majority`(
    ready: [String], members: [String], state: Observation.State
  ) throws {
    let rows = members.reduce(into: [String]()) { $0.append($1) }
    let table: Answer =
      switch rows.count {
      case 3: Self.members(rows[0], rows[1], rows[2])
      case 1: Self.members(rows[0])
      default: .output(.failing("connection refused"))
      }
    #expect(try seen("cp02", [Self.nodes(ready: ready), Self.volumes(on: nil), table]).state == state)
  }

  @Test func `a machine that is gone is taken out of etcd before its Node is`() throws {
    let nodes = Self.nodes(ready: ["cp01", "cp03"])
    let listed = Self.members("cp01", "cp02", "cp03")
    let counted = try seen("cp02", [nodes, Self.volumes(on: nil), listed], isGone: true)
    #expect(
      counted.problems.map(\.message) == ["cp02 is still counted as a member of etcd, which would outlive its Node"])
    #expect(counted.problems[0].remedy.contains("etcd remove-member 0000000000000001"))
    let left = try seen("cp02", [nodes, Self.volumes(on: nil), Self.members("cp01", "cp03")], isGone: true)
    #expect(left.state == .done)
    // One that still runs leaves by itself.
    #expect(try seen("cp02", [nodes, Self.volumes(on: nil), listed]).state == .done)
  }

  @Test func `the machine behind the cluster's endpoint stays`() throws {
    let all = ["cp01", "cp02", "cp03"]
    let seen = try seen("cp01", [Self.nodes(ready: all), Self.volumes(on: nil), Self.members("cp01", "cp02", "cp03")])
    #expect(seen.problems.contains { $0.message.contains("endpoint is cp01's own address") })
  }

  @Test func `where nobody knows what would be lost nothing goes`() throws {
    let silent = Answer.output(.failing("the server was refused"))
    #expect(try seen("worker01", [silent, silent]).state == .unreachable)
  }

  @Test func `a node is drained, reset and deleted in this order, and a machine that is gone is only deleted`() throws {
    let bootstrap = Fixtures.bootstrap(Fixtures.spec(workers: 1))
    let node = try #require(bootstrap.spec.workers.first)
    let order = bootstrap.removalPlan(node, isGone: false).inOrder.map(\.stage)
    #expect(order == ["check-removal", "drain", "reset", "delete-node"])
    #expect(
      bootstrap.removalPlan(node, isGone: true).inOrder.map(\.stage) == ["check-removal", "drain", "delete-node"])
  }

  /// A pod on a node, as `kubectl get pods` lists it.
  private static func pod(on node: String, _ metadata: String = "", phase: String = "Running") -> String {
    #"{"metadata":{"name":"a","namespace":"b"\#(metadata)},"spec":{"nodeName":"\#(node)"},"status":{"phase":"\#(phase)"}}"#
  }

  @Test(
    arguments: [
      (false, [], Observation.State.missing), (true, [], .done), (true, [pod(on: "cp01")], .done),
      (true, [pod(on: "worker01")], .missing), (true, [pod(on: "worker01", phase: "Succeeded")], .done),
      (true, [pod(on: "worker01", #","ownerReferences":[{"kind":"DaemonSet"}]"#)], .done),
      (true, [pod(on: "worker01", #","ownerReferences":[{"kind":"ReplicaSet"}]"#)], .missing),
      (true, [pod(on: "worker01", #","annotations":{"kubernetes.io/config.mirror":"x"}"#)], .done),
      (true, nil, .unreachable),
    ] as [(Bool, [String]?, Observation.State)])
  func `a node is drained once nothing comes to it and nothing on it could run elsewhere`(
    isCordoned: Bool, pods: [String]?, state: Observation.State
  ) throws {
    let bootstrap = Fixtures.bootstrap(Fixtures.spec(workers: 1))
    let plan = bootstrap.removalPlan(try #require(bootstrap.spec.workers.first), isGone: false)
    let step = try #require(plan.steps.first { $0.id.stage == "drain" })
    let node = ObservedNode(["metadata": ["name": "worker01"], "spec": ["unschedulable": .bool(isCordoned)]])
    let listed = pods.map { Answer.output(.printing(#"{"items":[\#($0.joined(separator: ","))]}"#)) }
    #expect(step.probe.conclude([.node(.seen(node)), listed ?? .output(.failing("refused"))]).state == state)
  }
}
