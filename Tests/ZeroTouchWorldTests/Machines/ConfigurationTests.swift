import Foundation
import Testing
import ZeroTouchManifests
import ZeroTouchModel

@testable import ZeroTouchWorld

struct ConfigurationTests {
  /// What the checks say of a control plane's configuration with a patch.
  private func problems(_ patch: String, isControlPlane: Bool = true) throws -> [String] {
    let text = try Configurations.text("m01", isControlPlane: isControlPlane, patches: [patch])
    return try MachineConfiguration(text: text).problems().errors
  }

  private func refusal(_ text: String) -> String {
    do {
      _ = try MachineConfiguration(text: text)
      return ""
    } catch { return error.description }
  }

  @Test(arguments: [
    ("cluster: {network: {cni: {name: calico}}}", "cni name should be one of [\"flannel\", \"custom\", \"none\"]"),
    ("cluster: {network: {cni: {name: none, urls: [https://x]}}}", "\"urls\" field should be empty for \"none\" CNI"),
    ("machine: {install: {disk: {$patch: delete}}}", "either install disk or diskSelector should be defined"),
    ("machine: {install: {$patch: delete}}", "install instructions are required in \"metal\" mode"),
    ("persist: false", ".persist should be enabled"),
    (
      "machine: {install: {extraKernelArgs: [a=b]}}",
      "install.extraKernelArgs and install.grubUseUKICmdline can't be used together"
    ),
    (
      "cluster: {inlineManifests: [{name: a, contents: x}, {name: a, contents: y}]}",
      "inline manifest name \"a\" is duplicate"
    ),
    ("machine: {type: nonsense}", "unknown machine type \"nonsense\""),
    ("machine: {nodeTaints: {a: Never}}", "invalid taint effect: \"Never\""),
    ("machine: {network: {hostname: other}}", "static hostname is already set in v1alpha1 config"),
    (
      "apiVersion: v1alpha1\nkind: HostnameConfig\nauto: stable",
      "HostnameConfig: 'auto' and 'hostname' cannot be set at the same time"
    ),
  ])
  func `a mistake is called what Talos calls it`(patch: String, message: String) throws {
    #expect(try problems(patch).contains { $0.contains(message) })
  }

  @Test func `a generated configuration is sound, with and without a network of Talos`() throws {
    #expect(try problems("machine: {}").isEmpty)
    #expect(try problems(Configurations.withoutNetwork).isEmpty)
    #expect(try problems("machine: {}", isControlPlane: false).isEmpty)
  }

  @Test func `the key of an authority has no place on a worker`() throws {
    let found = try problems("machine: {ca: {key: abc}}", isControlPlane: false)
    #expect(found.contains { $0.contains("issuing Talos API CA key is not allowed on non-controlplane nodes") })
  }

  @Test func `texts that are no configuration are refused`() {
    #expect(refusal("") == "config not found")
    #expect(
      refusal("apiVersion: v1alpha1\nkind: NopeConfig\n")
        == "error decoding document v1alpha1/NopeConfig/ (line 1): \"NopeConfig\" \"v1alpha1\": not registered")
    let twice = "apiVersion: v1alpha1\nkind: HostnameConfig\nhostname: a\n"
    #expect(
      refusal("\(twice)---\n\(twice)") == "duplicate document v1alpha1/HostnameConfig/ is not allowed (line 5)")
    #expect(
      refusal("machine:\n  typ: worker\n")
        == "error decoding document /v1alpha1/ (line 1): unknown keys found during decoding:\nmachine:\n    typ: worker\n"
    )
  }

  @Test func `a machine refuses a selector that none of its disks fits`() throws {
    var world = MachineWorld()
    world.add(10, "cp01")
    let wrong = "machine: {install: {diskSelector: {serial: NONE, type: nvme}}}"
    let text = try Configurations.text("cp01", patches: [wrong])
    #expect(
      throws: TalosRefusal(
        .invalidArgument,
        "1 error occurred:\n\t* no disks matched the expression: glob(\"NONE\", disk.serial) && disk.transport != \"\" && "
          + "disk.transport == \"nvme\" && !disk.readonly &&\n!disk.cdrom\n\n")
    ) { try world.configure(10, text) }
    #expect(world.status(10)?.stage == "maintenance")
    let right = "machine: {install: {diskSelector: {serial: \"S676NX0CP01*\", size: \">= 500GB\"}}}"
    try world.configure(10, try Configurations.text("cp01", patches: [right]))
  }

  @Test func `a machine refuses a version of Kubernetes that its Talos does not run`() throws {
    var world = MachineWorld()
    world.add(10, "cp01")
    let text = try Configurations.text(
      "cp01", patches: ["machine: {kubelet: {image: \"ghcr.io/siderolabs/kubelet:v1.30.2\"}}"])
    #expect(
      throws: TalosRefusal(
        .invalidArgument,
        "1 error occurred:\n\t* version of Kubernetes 1.30.2 is too old to be used with Talos 1.13.9\n\n")
    ) { try world.configure(10, text) }
  }

  @Test func `a second configuration while the first takes effect is refused`() throws {
    var world = MachineWorld()
    world.add(10, "cp01")
    let text = try Configurations.text("cp01")
    try world.configure(10, text)
    #expect(throws: TalosRefusal(.failedPrecondition, "another apply configuration is already in progress")) {
      try world.configure(10, text)
    }
  }
}

struct PatchingTests {
  private func patched(_ patches: String...) throws -> MachineConfiguration {
    try MachineConfiguration(text: try Configurations.text("m01", patches: patches))
  }

  @Test func `lists append, networks are replaced`() throws {
    let result = try patched(
      "machine: {certSANs: [a]}\ncluster: {network: {podSubnets: [10.1.0.0/16]}}", "machine: {certSANs: [a, b]}")
    #expect(result.certSANs == ["a", "a", "b"])
    #expect(result.podSubnets == ["10.1.0.0/16"])
  }

  @Test func `interfaces merge by name and their addresses append`() throws {
    let patch = { (address: String) in "machine: {network: {interfaces: [{interface: eth0, addresses: [\(address)]}]}}"
    }
    let result = try patched(patch("10.0.0.1/24"), patch("10.0.0.2/24"))
    let interfaces = result.machine[path: "network", "interfaces"]?.arrayValue ?? []
    #expect(interfaces.map { $0["addresses"] } == [["10.0.0.1/24", "10.0.0.2/24"]])
  }

  @Test func `an entry is replaced by deleting it beside the new one`() throws {
    let result = try patched(
      "cluster: {inlineManifests: [{name: a, contents: old}, {name: b, contents: b}]}",
      "cluster: {inlineManifests: [{name: a, $patch: delete}, {name: a, contents: new}]}")
    #expect(result.inlineManifests.map(\.contents) == ["b", "new"])
  }

  @Test func `a whole document can be deleted, and a list be emptied`() throws {
    let result = try patched(
      "machine: {certSANs: [a]}", "machine: {certSANs: {$patch: delete}}",
      "apiVersion: v1alpha1\nkind: HostnameConfig\n$patch: delete\n")
    #expect(result.certSANs.isEmpty)
    #expect(result.document("HostnameConfig") == nil)
  }

  @Test func `JSON patches are for single documents`() throws {
    let patch = "- {op: replace, path: /machine/install/disk, value: /dev/sdb}\n"
    #expect(
      throws: ConfigurationProblem("JSON6902 patches are not supported for multi-document machine configuration")
    ) { try patched(patch) }
    let result = try patched("apiVersion: v1alpha1\nkind: HostnameConfig\n$patch: delete\n", patch)
    #expect(result.machine[path: "install", "disk"] == "/dev/sdb")
  }
}
