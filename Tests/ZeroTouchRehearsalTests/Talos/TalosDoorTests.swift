import Foundation
import TestSupport
import Testing
import ZeroTouchManifests
import ZeroTouchModel
import ZeroTouchTools
import ZeroTouchWorld

@testable import ZeroTouchRehearsal

struct TalosDoorTests {
  private static let address = "10.0.0.10"

  private func withRig(_ work: (TalosRig) async throws -> Void) async throws {
    try await withTemporaryFolder { folder in
      let machines = try [Self.address, "10.0.0.11"].enumerated().map { index, address in
        Machine(address: try #require(IPAddress(address)), name: "cp0\(index + 1)", isInMaintenance: true)
      }
      try await work(TalosRig(folder: folder, machines: machines))
    }
  }

  @Test(arguments: [
    ("frobnicate", "unknown command \"frobnicate\" for \"talosctl\""),
    ("etcd frobnicate", "unknown command \"frobnicate\" for \"talosctl etcd\""),
    ("version --frobnicate", "unknown flag: --frobnicate"),
    ("version -Z", "unknown shorthand flag: 'Z' in -Z"),
    ("gen config demo", "accepts 2 arg(s), received 1"),
    ("apply-config -f", "flag needs an argument: 'f' in -f"),
    ("validate -c cfg.yaml", "open cfg.yaml: no such file or directory"),
  ])
  func `what talosctl does not know it refuses with its usage`(line: String, message: String) async throws {
    try await withRig { rig in
      let reply = await rig.talosctl(line + (line.hasPrefix("validate") ? " -m metal" : ""))
      #expect(reply.status == 1)
      #expect(reply.errorText.hasPrefix(message + "\n"))
      #expect(reply.errorText.contains("Usage:") == !line.hasPrefix("validate"))
    }
  }

  @Test func `flags may stand anywhere and in every form`() throws {
    for words in [
      ["-n", "10.0.0.1", "get", "-ojson", "machinestatus", "--insecure"],
      ["get", "machinestatus", "-i", "--nodes=10.0.0.1", "--output=json"],
      ["--nodes", "10.0.0.1", "g", "-io", "json", "machinestatus"],
    ] {
      let line = try TalosCommandLine(words)
      #expect(line.command.words == ["get"])
      #expect(line.arguments == ["machinestatus"])
      #expect(line.list("nodes") == ["10.0.0.1"])
      #expect(line.isOn("insecure"))
      #expect(line.value("output") == "json")
    }
  }

  @Test func `without endpoints or nodes nothing is called`() async throws {
    try await withRig { rig in
      let first = await rig.talosctl("get members")
      #expect(first.errorText == "error constructing client: failed to determine endpoints\n")
      try await rig.prepare(Self.address)
      _ = await rig.talosctl("--talosconfig cfg/talosconfig config node")
      let second = await rig.talosctl("--talosconfig cfg/talosconfig get members")
      #expect(second.errorText.hasPrefix("nodes are not set for the command"))
      #expect(second.errorText.contains("Usage:"))
    }
  }

  @Test func `another cluster's certificate is told from the maintenance mode's`() async throws {
    try await withRig { rig in
      try await rig.bringUp(Self.address)
      try await rig.prepare(Self.address, folder: "other")
      let reply = await rig.talosctl("--talosconfig other/talosconfig get machinestatus")
      #expect(reply.status == 1)
      #expect(reply.errorText.contains("while trying to verify candidate authority certificate \\\"talos\\\""))
      let insecure = await rig.talosctl("get machinestatus -i -n \(Self.address)")
      #expect(insecure.errorText.contains("remote error: tls: certificate required"))
    }
  }

  @Test func `what a machine holds inline is printed object by object, as Talos prints it`() async throws {
    try await withRig { rig in
      let manifest = "apiVersion: v1\\nkind: ConfigMap\\nmetadata: {name: own, namespace: kube-system}\\n"
      try await rig.bringUp(
        Self.address,
        patch: "---\ncluster: {inlineManifests: [{name: 10-own, contents: \"\(manifest)\"}]}\n")
      let question = "--talosconfig cfg/talosconfig get manifests"
      let held = await rig.talosctl("\(question) 99-10-own -o json")
      let spec = try JSONValue(parsing: held.standardOutput)["spec"]
      #expect(spec?.arrayValue?.map { $0["kind"] } == ["ConfigMap"])
      #expect(try InlineManifest.inventoryRows(held: held.standardOutput) == ["kube-system_own__ConfigMap"])
      let text = await rig.talosctl("\(question) 99-10-own -o yaml")
      #expect(text.outputText.contains("\nspec:\n    - apiVersion: v1\n      kind: ConfigMap\n"))
      #expect(await rig.talosctl(question).outputText.contains(" 99-10-own "))
      #expect(await rig.talosctl("\(question) 99-10-cilium -o json").errorText.contains("code = NotFound"))
    }
  }

  @Test func `a machine that is cut off or reboots times out, a strange address refuses`() async throws {
    try await withRig { rig in
      try await rig.bringUp(Self.address)
      await rig.host.withWorld { $0.setReachable(false, machine: IPAddress(10, 0, 0, 10)) }
      let cut = await rig.talosctl("--talosconfig cfg/talosconfig version")
      #expect(cut.errorText.hasSuffix("dial tcp 10.0.0.10:50000: i/o timeout\"\n"))
      let strange = await rig.talosctl("get machinestatus -i -n 10.9.9.9")
      #expect(strange.errorText.hasSuffix("dial tcp 10.9.9.9:50000: connect: connection refused\"\n"))
    }
  }

  @Test func `one dead node of two is a warning for version and an error for get`() async throws {
    try await withRig { rig in
      try await rig.bringUp(Self.address)
      let version = await rig.talosctl("--talosconfig cfg/talosconfig -n \(Self.address),10.9.9.9 version")
      #expect(version.status == 0)
      #expect(version.errorText.hasPrefix("WARNING: 1 error occurred:\n\t* 10.9.9.9: rpc error: code = Unavailable"))
      let get = await rig.talosctl("--talosconfig cfg/talosconfig -n \(Self.address),10.9.9.9 get machinestatus")
      #expect(get.status == 1)
      #expect(get.outputText.contains(Self.address))
      let bootstrap = await rig.talosctl("--talosconfig cfg/talosconfig -n \(Self.address),10.9.9.9 bootstrap")
      #expect(bootstrap.errorText.contains("command \"bootstrap\" is not supported with multiple nodes"))
    }
  }

  @Test func `etcd's members are listed with their names`() async throws {
    try await withRig { rig in
      try await rig.bringUp(Self.address)
      let reply = await rig.talosctl("--talosconfig cfg/talosconfig etcd members")
      let lines = reply.outputText.split(separator: "\n")
      #expect(lines.first?.split(separator: " ").prefix(3).elementsEqual(["NODE", "ID", "HOSTNAME"]) == true)
      #expect(lines.count == 2)
      #expect(lines.last?.contains("cp01") == true)
      let worker = await rig.talosctl("--talosconfig cfg/talosconfig service nonsense")
      #expect(worker.errorText == "service \"nonsense\" is not registered on any nodes\n")
    }
  }

  @Test func `a member is taken out by the number that the table gives it, and by nothing else`() async throws {
    try await withRig { rig in
      try await rig.bringUp(Self.address)
      let remove = "--talosconfig cfg/talosconfig etcd remove-member"
      #expect(
        await rig.talosctl("\(remove) cp01").errorText == "error parsing member ID: error parsing etcd member id: "
          + "strconv.ParseUint: parsing \"cp01\": invalid syntax\n")
      #expect(
        await rig.talosctl("\(remove) 00000000000000ff").errorText.contains(
          "rpc error: code = NotFound desc = failed to remove member 255: etcdserver: member not found"))
      let table = await rig.talosctl("--talosconfig cfg/talosconfig etcd members").outputText
      let member = try #require(EtcdMember.members(in: table).first)
      #expect(member.id.wholeMatch(of: /[0-9a-f]{16}/) != nil && member.hostname == "cp01")
    }
  }

  @Test func `an annotation of the node is asked for by the name of its kind`() async throws {
    try await withRig { rig in
      try await rig.bringUp(Self.address)
      let call = Talosctl(talosconfig: "cfg/talosconfig").nodeAnnotation("zerotouch.dev/x", IPAddress(10, 0, 0, 10))
      let words = call.arguments.joined(separator: " ")
      #expect(
        await rig.talosctl(words).errorText == "rpc error: code = NotFound desc = resource "
          + "NodeAnnotationSpecs.k8s.talos.dev(k8s/zerotouch.dev/x@undefined) doesn't exist\n")
    }
  }

  @Test func `resources come as YAML, as a path, and by name`() async throws {
    try await withRig { rig in
      let target = "-i -n \(Self.address)"
      #expect(await rig.talosctl("get machinestatus -o jsonpath={.spec.stage} \(target)").outputText == "maintenance\n")
      let yaml = await rig.talosctl("get machinestatus machine -o yaml \(target)").outputText
      #expect(
        yaml.hasSuffix("spec:\n    stage: maintenance\n    status:\n        ready: true\n        unmetConditions: []\n")
      )
      #expect(await rig.talosctl("get disks \(target)").outputText.contains("S676NX0CP010"))
      #expect(await rig.talosctl("get discoveredvolumes -o json \(target)").outputText.contains("META"))
      #expect(
        await rig.talosctl("get nonsense \(target)").errorText
          == "rpc error: code = NotFound desc = resource \"nonsense\" is not registered\n")
    }
  }

  @Test func `a patched configuration has the machine's own name`() async throws {
    try await withRig { rig in
      try await rig.prepare(Self.address)
      try rig.write("apiVersion: v1alpha1\nkind: HostnameConfig\nauto: \"off\"\nhostname: cp07\n", to: "own.yaml")
      let reply = await rig.talosctl("machineconfig patch cfg/controlplane.yaml -p @own.yaml -o own/cp07.yaml")
      #expect(reply.status == 0)
      #expect(try rig.read("own/cp07.yaml").contains("hostname: cp07"))
      #expect(await rig.talosctl("validate -c own/cp07.yaml -m metal --strict").status == 0)
      _ = await rig.talosctl("apply-config -i -n \(Self.address) -f own/cp07.yaml")
      rig.pass(30)
      let members = await rig.talosctl("--talosconfig cfg/talosconfig get members -o json").outputText
      #expect(members.contains("\"hostname\": \"cp07\""))
    }
  }

  @Test func `secrets stay, configurations follow from them`() async throws {
    try await withRig { rig in
      try await rig.prepare(Self.address)
      let before = try rig.read("cfg/controlplane.yaml")
      let again = await rig.talosctl(
        "gen config demo https://\(Self.address):6443 --with-secrets cfg-secrets.yaml -o cfg")
      #expect(
        again.errorText
          == "generating PKI and tokens\nfile \"cfg/controlplane.yaml\" already exists, use --force to overwrite\n")
      _ = await rig.talosctl(
        "gen config demo https://\(Self.address):6443 --with-secrets cfg-secrets.yaml --config-patch-control-plane @cp.yaml "
          + "--kubernetes-version 1.35.4 -t controlplane -o cfg/controlplane.yaml --force")
      #expect(try rig.read("cfg/controlplane.yaml") == before)
      let stdout = await rig.talosctl("gen secrets -o -")
      #expect(stdout.outputText.hasPrefix("cluster:\n    id: "))
      let permissions = try FileManager.default.attributesOfItem(atPath: "\(rig.folder)/cfg-secrets.yaml")
      #expect(permissions[.posixPermissions] as? Int == 0o600)
    }
  }

  @Test(arguments: [
    ("10.0.0.10:6443", "no scheme specified for the cluster endpoint URL"),
    ("10.0.0.10", "no scheme and port specified for the cluster endpoint URL"),
    ("http://10.0.0.10:6443", "the control plane endpoint URL should have scheme https://"),
  ])
  func `an endpoint that is no address of an API is refused`(endpoint: String, message: String) async throws {
    try await withRig { rig in
      let reply = await rig.talosctl("gen config demo \(endpoint)")
      #expect(reply.status == 1)
      #expect(reply.errorText.hasPrefix(message))
    }
  }

  @Test func `a kubeconfig is merged under a new name unless forced`() async throws {
    try await withRig { rig in
      try await rig.bringUp(Self.address)
      let fetch = "--talosconfig cfg/talosconfig kubeconfig"
      #expect(await rig.talosctl("\(fetch) --merge=false kc").status == 0)
      #expect(await rig.talosctl("\(fetch) --merge=false kc").errorText.hasPrefix("kubeconfig file already exists"))
      let merged = await rig.talosctl("\(fetch) kc")
      #expect(merged.outputText.contains("renamed context \"admin@rehearsal\" -> \"admin@rehearsal-1\""))
      #expect(try rig.read("kc").contains("current-context: admin@rehearsal-1"))
      #expect(await rig.talosctl("\(fetch) - --merge=false").outputText == rig.host.kubeconfig)
    }
  }

  @Test func `a reset machine waits for a configuration again`() async throws {
    try await withRig { rig in
      try await rig.bringUp(Self.address)
      let graceful = await rig.talosctl(
        "--talosconfig cfg/talosconfig reset --reboot --system-labels-to-wipe STATE --system-labels-to-wipe EPHEMERAL")
      #expect(graceful.status == 1)
      let reply = await rig.talosctl(
        "--talosconfig cfg/talosconfig reset --graceful=false --reboot --system-labels-to-wipe STATE,EPHEMERAL")
      #expect(reply.status == 0)
      rig.pass(200)
      let stage = await rig.talosctl("get machinestatus -o jsonpath={.spec.stage} -i -n \(Self.address)")
      #expect(stage.outputText == "maintenance\n")
    }
  }

  @Test func `a machine behind another address is reached only where its certificate covers that one`() async throws {
    for patch in ["", "---\nmachine: {certSANs: [\(Self.address)]}\n"] {
      try await withTemporaryFolder { folder in
        let machine = Machine(
          address: IPAddress(10, 0, 0, 10), name: "cp01", isInMaintenance: true, ownAddress: IPAddress(192, 168, 0, 5))
        let rig = TalosRig(folder: folder, machines: [machine])
        try await rig.prepare(Self.address, patch: patch)
        _ = await rig.talosctl("apply-config --insecure -n \(Self.address) -f cfg/controlplane.yaml")
        rig.pass(30)
        let reply = await rig.talosctl("--talosconfig cfg/talosconfig get machinestatus")
        #expect((reply.status == 0) == !patch.isEmpty)
        let refusal = "x509: certificate is valid for 192.168.0.5, 127.0.0.1, not \(Self.address)\"\n"
        #expect(reply.errorText.hasSuffix(refusal) == patch.isEmpty)
      }
    }
  }

  @Test func `health that is never reached ends with its deadline`() async throws {
    try await withRig { rig in
      try await rig.prepare(Self.address)
      _ = await rig.talosctl("apply-config --insecure -n \(Self.address) -f cfg/controlplane.yaml")
      rig.pass(30)
      let reply = try await rig.whileTimePasses {
        await rig.talosctl("--talosconfig cfg/talosconfig health --wait-timeout 15s")
      }
      #expect(reply.status == 1)
      #expect(reply.errorText.hasSuffix("code = DeadlineExceeded desc = context deadline exceeded\n"))
    }
  }

  @Test func `the command lines of the pipeline are all known`() throws {
    let address = IPAddress(10, 0, 0, 10)
    let talosctl = Talosctl(talosconfig: "cfg/talosconfig")
    let calls = [
      Talosctl.clientVersion, Talosctl.Maintenance.machineStatus(address), Talosctl.Maintenance.disks(address),
      Talosctl.Maintenance.applyConfiguration("f", to: address), talosctl.machineStatus(address),
      talosctl.service("etcd", address), talosctl.etcdMembers(address), talosctl.version(address),
      talosctl.disks(address), talosctl.applyConfiguration("f", to: address, mode: "no-reboot"),
      talosctl.bootstrap(address), talosctl.kubeconfig(from: address, to: "kc"),
      talosctl.reset(address, graceful: false),
      talosctl.setEndpoints([address]), Talosctl.validate("f"),
      Talosctl.patchConfiguration("f", patches: ["p"], to: "o"),
    ]
    for call in calls { #expect(throws: Never.self, "\(call)") { try TalosCommandLine(call.arguments) } }
  }
}
