import Foundation
import Testing
import ZeroTouchManifests
import ZeroTouchModel

@testable import ZeroTouchWorld

/// A world of machines under test, with the configurations that talosctl would make for them.
struct MachineWorld {
  var world = World(
    epoch: Date(timeIntervalSince1970: 1_790_000_000),
    controllers: World.apiControllers + World.machineControllers + World.workloadControllers)

  /// Lets seconds pass.
  mutating func pass(_ seconds: Int) { world.advance(to: world.now + .seconds(seconds)) }

  mutating func add(_ number: Int, _ name: String, isInMaintenance: Bool = true, late: Int = 0) {
    world.addMachine(
      Machine(address: Self.address(number), name: name, isInMaintenance: isInMaintenance),
      answersAfter: .seconds(late))
  }

  mutating func configure(_ number: Int, _ text: String) throws {
    _ = try world.applyConfiguration(text, to: Self.address(number))
  }

  /// Configures machine 10 as a control plane and waits until its API answers.
  mutating func bringUp(_ text: String) throws {
    add(10, "cp01")
    try configure(10, text)
    pass(30)
    try world.bootstrapEtcd(on: Self.address(10))
    pass(120)
  }

  func node(_ name: String) -> JSONValue? { world.objects[ObjectKey(.nodes, name)] }

  func status(_ number: Int) -> MachineStatus? { world.machineStatus(Self.address(number)) }

  static func address(_ number: Int) -> IPAddress { IPAddress(10, 0, 0, UInt8(number)) }
}

/// Configurations as `talosctl gen config` makes them, with patches.
enum Configurations {
  static func secrets(_ cluster: String = "one") -> JSONValue {
    let pair: JSONValue = ["crt": .string("\(cluster)-crt"), "key": .string("\(cluster)-key")]
    return [
      "cluster": ["id": .string("\(cluster)-id"), "secret": "c2VjcmV0"],
      "secrets": ["bootstraptoken": .string("\(cluster).bootstrap"), "secretboxencryptionsecret": "Ym94"],
      "trustdinfo": ["token": .string("\(cluster).trustd")],
      "certs": ["etcd": pair, "k8s": pair, "k8saggregator": pair, "k8sserviceaccount": pair, "os": pair],
    ]
  }

  static func text(
    _ name: String, isControlPlane: Bool = true, cluster: String = "one", endpoint: Int = 10, patches: [String] = []
  ) throws -> String {
    let request = GenerationRequest(
      clusterName: "demo", endpoint: "https://10.0.0.\(endpoint):6443", endpointHost: "10.0.0.\(endpoint)",
      secrets: secrets(cluster), kubernetesVersion: "1.35.4", installDisk: "/dev/nvme0n1",
      installImage: "ghcr.io/siderolabs/installer:v1.13.9", additionalSANs: [],
      contract: try #require(GenerationRequest.Contract("v1.13")))
    var configuration = request.configuration(isControlPlane: isControlPlane)
    let hostname = "apiVersion: v1alpha1\nkind: HostnameConfig\nauto: off\nhostname: \(name)\n"
    for patch in [hostname] + patches { try configuration.apply(patch: patch) }
    return TalosYAML.text(configuration.documents)
  }

  /// A cluster whose network comes from somewhere else.
  static let withoutNetwork = "cluster: {network: {cni: {name: none}}, proxy: {disabled: true}}\n"
}
