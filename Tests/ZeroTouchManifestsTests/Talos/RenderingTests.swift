import Foundation
import Testing
import ZeroTouchManifests
import ZeroTouchModel

struct RenderingTests {
  /// The paths at which two values differ.
  private func differences(_ left: JSONValue, _ right: JSONValue, _ path: String = "") -> [String] {
    guard case .object(let old) = left, case .object(let new) = right else { return left == right ? [] : [path] }
    return Set(old.keys).union(new.keys).sorted().flatMap { key in
      differences(old[key] ?? .null, new[key] ?? .null, path.isEmpty ? key : "\(path).\(key)")
    }
  }

  private func rendered(_ node: Node, _ talos: SemanticVersion) throws -> MachineConfiguration {
    let secrets = try TalosSecrets(
      text: try SampleCluster.recorded("generated/v\(talos.major).\(talos.minor)/secrets.yaml"), file: "secrets.yaml")
    return try MachineConfigurationRenderer(for: SampleCluster.demo(talos))
      .configuration(of: node, secrets: secrets, manifests: SampleCluster.manifests)
  }

  @Test(.enabled(if: SampleCluster.hasRecordings, "../shared/data is absent"), arguments: SampleCluster.talos)
  func `a rendering is talosctl's, apart from what docs/machine-configuration.md lists`(talos: SemanticVersion) throws {
    let docs = try String(
      contentsOf: URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../../docs/machine-configuration.md"), encoding: .utf8)
    for node in [SampleCluster.controlPlane, SampleCluster.worker] {
      let file = node.role == .worker ? "worker" : "controlplane"
      let text = try SampleCluster.recorded("generated/v\(talos.major).\(talos.minor)/\(file).yaml")
      let recorded = try YAMLDocuments.parse(text, file: file)
      let own = try rendered(node, talos)
      for path in differences(recorded[0], try #require(own.main)) {
        #expect(docs.contains("`\(path)`"), "\(path) differs from talosctl's, and no word about it")
      }
      #expect(
        own.documents.dropFirst().map { $0["kind"] }
          == (talos.minor > 11 ? ["HostnameConfig", "UserVolumeConfig"] : []))
    }
  }

  @Test(
    .enabled(if: SampleCluster.hasRecordings, "../shared/data is absent"),
    arguments: [SemanticVersion(1, 12, 11), SemanticVersion(1, 13, 9)])
  func `Talos's own schema takes every document of every machine`(talos: SemanticVersion) throws {
    let schema = try JSONSchemaCheck(contentsOfFile: "\(SampleCluster.folder)/config-v\(talos).schema.json")
    var three = SampleCluster.demo(talos, nodes: SampleCluster.elaborate)
    three.network.timeServers = ["ntp1.hetzner.de"]
    three.nodes += ["cp02", "cp03"].enumerated().map {
      Node(name: $1, role: .controlPlane, address: IPAddress(203, 0, 113, UInt8(11 + $0)))
    }
    var kinds: Set<String> = []
    for spec in [SampleCluster.demo(talos), three] {
      for (node, manifests) in spec.nodes.flatMap({ [($0, SampleCluster.manifests), ($0, [])] }) {
        let documents = try MachineConfigurationRenderer(for: spec, patches: secondDisk(of: spec))
          .configuration(of: node, secrets: .placeholder, manifests: manifests).documents
        for var document in documents {
          // talosctl itself writes it; the schema does not know it.
          document["persist"] = nil
          #expect(schema.problems(of: document) == [], "\(node.name)")
          kinds.insert(document["kind"]?.stringValue ?? "")
        }
        #expect(documents[0][path: "cluster", "inlineManifests"] == nil || !manifests.isEmpty)
      }
    }
    #expect(
      kinds == [
        "", "HostnameConfig", "UserVolumeConfig", "LinkAliasConfig", "LinkConfig", "VLANConfig", "Layer2VIPConfig",
        "DHCPv4Config", "TimeSyncConfig",
      ])
    #expect(schema.problems(of: ["version": "v1alpha1", "machine": ["typ": "worker"]]).isEmpty == false)
  }

  /// A patch that gives the second disk of the workers to a volume.
  private func secondDisk(of spec: ClusterSpec) throws -> MachinePatches {
    try MachinePatches.read(for: spec, RepositoryLayout(root: "/repo")) { path in
      guard path.hasSuffix("/worker.yaml") else { return nil }
      return """
        apiVersion: v1alpha1
        kind: UserVolumeConfig
        name: data
        provisioning: {diskSelector: {match: "!system_disk && disk.transport == 'nvme'"}, minSize: 100GB, grow: true}
        """
    }
  }

  @Test(arguments: SampleCluster.talos)
  func `rendering twice gives the same bytes, and they read back as what was rendered`(talos: SemanticVersion) throws {
    let spec = SampleCluster.demo(talos, nodes: SampleCluster.elaborate)
    for node in spec.nodes {
      let renderer = MachineConfigurationRenderer(for: spec)
      let text = try renderer.text(of: node, secrets: .placeholder, manifests: SampleCluster.manifests)
      #expect(text == (try renderer.text(of: node, secrets: .placeholder, manifests: SampleCluster.manifests)))
      let read = try LocatedYAML.documents(of: text, file: "node.yaml")
      #expect(read.map(\.json) == (try SampleCluster.configuration(node, of: spec)).documents)
      let check = TalosDocumentCheck(contract: GenerationRequest.Contract(of: talos))
      #expect(read.flatMap(check.problems) == [])
      #expect(read[0][path: "machine", "type"]?.location.line == 5)
    }
  }

  @Test func `Talos 1.11 gets no document that it does not know, and later ones no field beside its document`() throws {
    let old = try SampleCluster.configuration(
      SampleCluster.elaborate[0], of: SampleCluster.demo(SampleCluster.talos[0], nodes: SampleCluster.elaborate))
    #expect(old.documents.count == 1)
    #expect(old.machine[path: "network", "hostname"] == "cp01")
    #expect(old.machine[path: "network", "interfaces"]?.arrayValue?.count == 2)
    #expect(old.machine[path: "kubelet", "extraMounts"] != nil)
    let new = try SampleCluster.configuration(
      SampleCluster.elaborate[0], of: SampleCluster.demo(nodes: SampleCluster.elaborate))
    #expect(new.machine["network"] == nil && new.machine["time"] == nil)
    #expect(
      new.documents.dropFirst().compactMap { $0["kind"]?.stringValue } == [
        "HostnameConfig", "UserVolumeConfig", "LinkAliasConfig", "LinkConfig", "VLANConfig", "Layer2VIPConfig",
        "LinkConfig", "DHCPv4Config",
      ])
  }

  @Test func `a hundred machines are rendered in one go`() throws {
    let nodes = (0..<100).map {
      Node(name: "worker\($0)", role: .worker, address: IPAddress(10, 0, 1, UInt8($0)))
    }
    let spec = SampleCluster.demo(nodes: [SampleCluster.controlPlane] + nodes)
    let renderer = MachineConfigurationRenderer(for: spec)
    let texts = try nodes.map { try renderer.text(of: $0, secrets: .placeholder, manifests: []) }
    #expect(Set(texts).count == 100)
  }
}
