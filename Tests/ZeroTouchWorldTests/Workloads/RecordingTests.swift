import Foundation
import Testing
import ZeroTouchModel

@testable import ZeroTouchWorld

/// Holds the world's objects against what a real control plane answered.
struct RecordingTests {
  private static let folder = URL(filePath: #filePath)
    .appending(path: "../../../../../shared/data/recordings/kubectl-v1.36").standardized

  private static let isPresent = FileManager.default.fileExists(atPath: folder.path())

  private func recording(_ name: String) throws -> JSONValue {
    let text = try String(contentsOf: Self.folder.appending(path: "\(name).txt"), encoding: .utf8)
    let start = try #require(text.range(of: "[stdout]\n"))
    let end = try #require(text.range(of: "[stderr]"))
    return try JSONValue(parsing: String(text[start.upperBound..<end.lowerBound]))
  }

  /// A value without what differs between two clusters: times, addresses, identities, and the hash of names.
  private func shape(_ value: JSONValue?, hash: String) -> JSONValue {
    switch value {
    case .object(let members):
      return .object(
        Dictionary(
          uniqueKeysWithValues: members.map { key, member in
            let varies =
              key.hasSuffix("Time") || key.hasSuffix("Timestamp") || key.hasSuffix("ID") || key.hasPrefix("hostIP")
              || key.hasPrefix("podIP") || ["uid", "resourceVersion", "startedAt"].contains(key)
            return (key, varies && !member.isNull ? "…" : shape(member, hash: hash))
          }))
    case .array(let elements): return .array(elements.map { shape($0, hash: hash) })
    case .string(let text): return .string(hash.isEmpty ? text : text.replacing(hash, with: "HASH"))
    default: return value ?? .null
    }
  }

  private func conditions(_ status: JSONValue?) -> [String: JSONValue] {
    Dictionary(
      uniqueKeysWithValues: (status?["conditions"]?.arrayValue ?? []).map { ($0["type"]?.stringValue ?? "", $0) })
  }

  private func operatorOnOneNode() -> WorkloadWorld {
    var cluster = WorkloadWorld(nodes: ["node-1"])
    cluster.apply(Manifest.ciliumOperator())
    cluster.apply(Manifest.ciliumAgent())
    cluster.after(60)
    return cluster
  }

  private func hash(_ cluster: WorkloadWorld) -> String {
    cluster.world.objects.list(.replicaSets).first.map { String($0.key.name.dropFirst("cilium-operator-".count)) } ?? ""
  }

  @Test(.enabled(if: isPresent, "the recordings are not here"))
  func `the status of one operator of two is the recorded one`() throws {
    var cluster = operatorOnOneNode()
    var ours = cluster.object(.deployments, "cilium-operator", "kube-system")["status"]
    var theirs = try recording("deployment-one-of-two")["status"]
    #expect(shape(ours, hash: hash(cluster)) == shape(theirs, hash: "b99656cf"))
    cluster.join("node-2")
    cluster.after(60)
    ours = cluster.object(.deployments, "cilium-operator", "kube-system")["status"]
    theirs = try recording("deployment-two-of-two")["status"]
    #expect(shape(ours, hash: hash(cluster)) == shape(theirs, hash: "b99656cf"))
  }

  @Test(.enabled(if: isPresent, "the recordings are not here"))
  func `the status of a ready daemon set is the recorded one`() throws {
    let cluster = operatorOnOneNode()
    let ours = cluster.object(.daemonSets, "cilium", "kube-system")
    let theirs = try recording("daemonset-ready")
    #expect(ours["status"] == theirs["status"])
    #expect(ours[path: "metadata", "annotations"] == theirs[path: "metadata", "annotations"])
  }

  @Test(.enabled(if: isPresent, "the recordings are not here"))
  func `a pending and a running pod have the recorded shapes`() throws {
    let cluster = operatorOnOneNode()
    let theirs = try recording("pods-one-pending")["items"]?.arrayValue ?? []
    for phase in ["Pending", "Running"] {
      let isMeant = { (pod: JSONValue) in
        pod[path: "metadata", "labels", "io.cilium/app"] == "operator"
          && pod[path: "status", "phase"]?.stringValue == phase
      }
      let our = try #require(cluster.pods("kube-system").first(where: isMeant))
      let their = try #require(theirs.first(where: isMeant))
      let (left, right) = (shape(our, hash: hash(cluster)), shape(their, hash: "b99656cf"))
      #expect(
        Set(left["status"]?.objectValue?.keys.map(\.self) ?? [])
          == Set(right["status"]?.objectValue?.keys.map(\.self) ?? []))
      #expect(conditions(left["status"]) == conditions(right["status"]))
      #expect(left[path: "status", "containerStatuses"] == right[path: "status", "containerStatuses"])
      #expect(left[path: "metadata", "ownerReferences"] == right[path: "metadata", "ownerReferences"])
      #expect(left[path: "metadata", "labels"] == right[path: "metadata", "labels"])
      #expect(left[path: "spec", "affinity"] == right[path: "spec", "affinity"])
    }
  }

  @Test(.enabled(if: isPresent, "the recordings are not here"))
  func `events have the recorded members and messages`() throws {
    let cluster = operatorOnOneNode()
    let theirs = try recording("events-pending")["items"]?.arrayValue ?? []
    let ours = cluster.world.objects.list(.events, namespace: "kube-system").map(\.object)
    for reason in ["FailedScheduling", "Scheduled", "SuccessfulCreate", "ScalingReplicaSet"] {
      let isMeant = { (event: JSONValue) in event["reason"]?.stringValue == reason }
      let our = try #require(ours.first(where: isMeant))
      let their = try #require(theirs.first(where: isMeant))
      #expect(our.objectValue?.keys.sorted() == their.objectValue?.keys.sorted(), "\(reason)")
      #expect(our["involvedObject"]?.objectValue?.keys.sorted() == their["involvedObject"]?.objectValue?.keys.sorted())
      #expect(our["reportingComponent"] == their["reportingComponent"])
      #expect(our["type"] == their["type"])
      #expect(our["source"] == their["source"])
    }
    let failed = try #require(theirs.first { $0["reason"] == "FailedScheduling" })
    #expect(cluster.messages("FailedScheduling", "kube-system") == [failed["message"]?.stringValue])
  }

  @Test(.enabled(if: isPresent, "the recordings are not here"))
  func `a node has what a recorded node has`() throws {
    let cluster = operatorOnOneNode()
    let theirs = try #require(try recording("nodes")["items"]?.arrayValue?.first)
    let ours = cluster.object(.nodes, "node-1", "")
    func keys(_ value: JSONValue?) -> Set<String> { Set((value?.objectValue ?? [:]).keys) }
    #expect(keys(ours["status"]).isSuperset(of: keys(theirs["status"])))
    #expect(keys(ours[path: "status", "nodeInfo"]).isSuperset(of: keys(theirs[path: "status", "nodeInfo"])))
    #expect(keys(ours["spec"]) == keys(theirs["spec"]))
    #expect(keys(ours[path: "metadata", "labels"]) == keys(theirs[path: "metadata", "labels"]))
    for (type, condition) in conditions(theirs["status"]) {
      let our = conditions(ours["status"])[type]
      #expect(our?["reason"] == condition["reason"], "\(type)")
      #expect(our?["status"] == condition["status"], "\(type)")
      #expect(keys(our) == keys(condition), "\(type)")
    }
  }
}
