import Testing
import ZeroTouchManifests
import ZeroTouchModel

@testable import ZeroTouchWorld

/// Names outside of the cluster, where Talos forwards DNS to the host.
struct HostDNSTests {
  private func conditions(_ settings: [String: String], patch: String) throws -> [String] {
    try argo(settings, patch: patch).conditions("app")
  }

  /// A world with a machine and an Application, in which Cilium has these settings.
  func argo(_ settings: [String: String], patch: String) throws -> ArgoCDWorld {
    var argo = ArgoCDWorld()
    let address = MachineWorld.address(10)
    argo.world.addMachine(Machine(address: address, name: "cp01", isInMaintenance: true))
    let text = try Configurations.text("cp01", patches: [patch])
    argo.world.machines[address]?.state = .configured(Installation(try MachineConfiguration(text: text)))
    argo.world.isServing = true
    argo.apply([
      "apiVersion": "v1", "kind": "ConfigMap", "metadata": ["name": "cilium-config", "namespace": "kube-system"],
      "data": JSONValue(settings),
    ])
    argo.repository["app"] = [Wanted.configMap("settings")]
    argo.apply(Wanted.application("app"))
    argo.after(30)
    return argo
  }

  @Test(arguments: [
    (["enable-bpf-masquerade": "true"], "machine: {}", true),
    (["enable-bpf-masquerade": "false"], "machine: {}", false),
    (["enable-bpf-masquerade": "true", "enable-host-legacy-routing": "true"], "machine: {}", false),
    (["enable-bpf-masquerade": "true"], "machine: {features: {hostDNS: {forwardKubeDNSToHost: false}}}", false),
  ])
  func `masquerading by BPF loses what the host's DNS answers`(
    settings: [String: String], patch: String, isLost: Bool
  ) throws {
    let told = try conditions(settings, patch: patch)
    #expect(told.contains { $0.hasPrefix("ComparisonError") && $0.hasSuffix(":53: server misbehaving") } == isLost)
    #expect(told.isEmpty == !isLost)
  }
}
