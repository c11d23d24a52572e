import Testing
import ZeroTouchManifests
import ZeroTouchModel

struct TalosSchematicTests {
  /// Ids that the public image factory gives.
  @Test(arguments: [
    ("customization: {}", "376567988ad370138ad8b2698212367b8edcb69b5fd68c80be1f2ec7d603b4ba"),
    (
      "customization: {systemExtensions: {officialExtensions: [siderolabs/qemu-guest-agent]}}",
      "ce4c980550dd2ab1b17bbf2b08801c7eb59418eafe8f279833297925d67c7515"
    ),
    (
      "# Longhorn\ncustomization:\n  systemExtensions:\n    officialExtensions:\n    - siderolabs/iscsi-tools\n    - siderolabs/util-linux-tools",
      "613e1592b2da41ae5e265e8789429f22e121aab91cb4deb6bc3c0b6262961245"
    ),
  ])
  func `a schematic is named as the image factory names it, however it is laid out`(text: String, id: String) throws {
    #expect(try TalosSchematic.parse(text, file: "schematic.yaml").id == id)
  }

  @Test func `the canonical form has the factory's order whatever the file's is`() throws {
    let text = """
      customization:
        secureboot: {includeWellKnownCertificates: true}
        systemExtensions: {officialExtensions: [siderolabs/gvisor]}
        extraKernelArgs: [-selinux, "console=ttyS0,115200"]
      """
    #expect(
      try TalosSchematic.parse(text, file: "schematic.yaml").canonical == """
        customization:
            extraKernelArgs:
                - -selinux
                - console=ttyS0,115200
            systemExtensions:
                officialExtensions:
                    - siderolabs/gvisor
            secureboot:
                includeWellKnownCertificates: true

        """)
  }

  @Test(arguments: [
    ("customization: {overlay: {}}", "1:17"), ("overlay: {}", "1:1"), ("{}", "1:1"),
    ("customization: {meta: []}", "1:17"),
    ("customization: {extraKernelArgs: [\"a: b\"]}", "1:35"), ("customization: {extraKernelArgs: quiet}", "1:34"),
    ("customization: {extraKernelArgs: [\"true\"]}", "1:35"),
  ])
  func `what cannot be named is refused with its place rather than named wrongly`(text: String, place: String) {
    let error = #expect(throws: InvalidInput.self) { try TalosSchematic.parse(text, file: "s.yaml") }
    #expect(error?.description.contains("s.yaml:\(place): error:") == true, "\(error?.description ?? "")")
  }

  @Test func `an image of another schematic is told with both ids`() {
    let id = TalosSchematic().id
    let image = ArtifactLock.Artifact(
      name: "talos-image", version: "v1.13.9", url: "https://factory.talos.dev/image/\(id)/v1.13.9/metal-amd64.raw.zst",
      sha256: nil, size: nil, purpose: "")
    let lock = ArtifactLock(artifacts: [image])
    #expect(lock.problems(with: TalosSchematic(), at: "schematic.yaml", lock: "lock.yaml").isEmpty)
    let other = TalosSchematic(extensions: ["siderolabs/gvisor"])
    let problems = lock.problems(with: other, at: "schematic.yaml", lock: "lock.yaml")
    #expect(problems.count == 1)
    #expect(problems.first?.message.contains(id) == true)
    #expect(problems.first?.message.contains(other.id) == true)
    #expect(image.made(by: other).url.contains(other.id))
    #expect(image.made(by: TalosSchematic()) == image)
  }

  @Test func `the id is found in an address of the image factory and nowhere else`() {
    #expect(TalosSchematic.id(in: "https://factory.talos.dev/image/\(TalosSchematic().id)/v1/x") == TalosSchematic().id)
    #expect(TalosSchematic.id(in: "https://example.org/image.raw.zst") == nil)
  }
}

struct TalosInstallerTests {
  private static let gvisor = TalosSchematic(extensions: ["siderolabs/gvisor"])
  private static let talos = SemanticVersion(1, 13, 9)

  private func image(_ url: String) -> ArtifactLock.Artifact {
    .init(name: "talos-image", version: "v1.13.9", url: url, sha256: nil, size: nil, purpose: "")
  }

  @Test func `Talos installs itself with the extensions of the schematic`() {
    let plain = TalosSchematic().id
    #expect(
      TalosInstaller(schematic: Self.gvisor).image(of: Self.talos)
        == "factory.talos.dev/metal-installer/\(Self.gvisor.id):v1.13.9")
    #expect(TalosInstaller().image(of: Self.talos) == "factory.talos.dev/metal-installer/\(plain):v1.13.9")
    let elsewhere = image("https://mirror.example.org/talos/v1.13.9/metal-amd64.raw.zst")
    #expect(TalosInstaller(schematic: Self.gvisor, image: elsewhere) == TalosInstaller(schematic: Self.gvisor))
  }

  @Test func `factory, platform and secure boot are those of the image that the lock pins`() {
    let id = Self.gvisor.id
    #expect(
      TalosInstaller(image: image("https://factory.talos.dev/image/\(id)/v1.13.9/metal-amd64.raw.zst"))
        == TalosInstaller(schematic: Self.gvisor))
    let own = image("https://factory.example.org:8443/image/\(id)/v1.13.9/hcloud-amd64-secureboot.raw.xz")
    #expect(
      TalosInstaller(schematic: Self.gvisor, image: own).image(of: Self.talos)
        == "factory.example.org:8443/hcloud-installer-secureboot/\(id):v1.13.9")
  }

  @Test func `a machine's configuration names that image`() throws {
    let installer = TalosInstaller(schematic: Self.gvisor)
    let spec = SampleCluster.demo()
    let main = try MachineConfigurationRenderer(for: spec, installer: installer)
      .configuration(of: spec.nodes[0], secrets: .placeholder, manifests: []).main
    #expect(main?[path: "machine", "install", "image"]?.stringValue == installer.image(of: spec.versions.talos))
  }
}

struct PlatformVersionsTests {
  private static let text = "kind: ConfigMap\ndata:\n  cilium: 1.19.6\n  gateway-api: v1.4.0\n  crossplane: 2.3.4\n"

  @Test func `what Argo CD would install must be what the lock pins`() throws {
    let versions = try PlatformVersions.parse(Self.text, file: "versions.yaml")
    let lock = ArtifactLock(
      artifacts: [("cilium", "1.19.6"), ("gateway-api-a", "v1.4.1"), ("gateway-api-b", "v1.4.1")].map {
        .init(name: $0.0, version: $0.1, url: "https://a/b", sha256: nil, size: nil, purpose: "")
      })
    #expect(
      versions.disagreements(with: lock).map { "\($0.location.map(\.description) ?? "") \($0.message)" } == [
        "versions.yaml:4:16 Argo CD would install `gateway-api` v1.4.0, and the lock pins v1.4.1"
      ])
  }
}

extension PlatformVersionsTests {
  @Test func `a version that YAML reads as something else is told with its place, not left out`() {
    let error = #expect(throws: InvalidInput.self) {
      try PlatformVersions.parse("data:\n  cilium: 1.19.6\n  keda: 2.20\n  nats:\n", file: "versions.yaml")
    }
    #expect(error?.diagnostics.map { $0.location?.description } == ["versions.yaml:3:9", "versions.yaml:4:8"])
    #expect(error?.diagnostics.first?.message.hasPrefix("the version of `keda` is ") == true)
    #expect(error?.diagnostics.first?.remedy.contains("write it in quotes") == true)
  }
}

struct PlatformCompatibilityTests {
  private static func problems(_ data: String, kubernetes: SemanticVersion = VersionSet.default.kubernetes) throws
    -> [String]
  {
    var versions = VersionSet.default
    versions.kubernetes = kubernetes
    return try PlatformVersions.parse("data:\n\(data)\n", file: "versions.yaml").incompatibilities(with: versions)
      .map(\.description)
  }

  @Test func `what this repository installs runs with the default versions`() throws {
    let data = "  argo-cd: 10.1.1\n  external-secrets: 2.9.0\n  crossplane: 2.3.4\n  cilium: 1.19.6"
    #expect(try Self.problems(data) == [])
  }

  @Test func `an unsupported pair is told with the place and the nearest one that is supported`() throws {
    #expect(
      try Self.problems("  external-secrets: 2.9.0", kubernetes: SemanticVersion(1, 34, 2)) == [
        """
        versions.yaml:2:21: error: Kubernetes `1.34.2` does not run with External Secrets `2.9.0`, which takes 1.35 to 1.36 (External Secrets' documentation, stability and support)
          use Kubernetes 1.35, the nearest that is supported, or External Secrets 2.6
        """
      ])
    #expect(
      try Self.problems("  crossplane: 3.1.0") == [
        """
        versions.yaml:2:15: error: Crossplane `3.1.0` is not among the supported lines 1.20, 2.0, 2.1, 2.2, 2.3, 2.4 (Crossplane's releases)
          use Crossplane 2.4, the nearest that is supported
        """
      ])
    #expect(try Self.problems("  argo-cd: 10.1.1", kubernetes: SemanticVersion(1, 36, 0)).count == 1)
    #expect(try Self.problems("  argo-cd: 11.0.0", kubernetes: SemanticVersion(1, 36, 0)).isEmpty)
  }
}
