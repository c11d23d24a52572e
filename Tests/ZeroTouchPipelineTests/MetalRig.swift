import Foundation
import Synchronization
import TestSupport
import ZeroTouchManifests
import ZeroTouchModel
import ZeroTouchPipeline
import ZeroTouchReadiness
import ZeroTouchSecrets
import ZeroTouchTools

/// One machine in a real rescue system, a web server with its image, and the real `install-os` step that goes there;
/// only Talos's own answers are made up.
struct MetalRig: Sendable {
  let system: RescueSystem
  let server: FileServer
  let folder: String
  /// What the disk is to hold.
  let image: Data

  /// What came of one run.
  struct Outcome: Sendable {
    let failure: String?
    let events: [PipelineEvent]
  }

  /// Three megabytes that end a boot sector as one has to.
  private static let picture: Data = {
    var generator = SeededGenerator(seed: 8)
    var data = Data((0..<(3 << 20)).map { _ in UInt8.random(in: 0...63, using: &generator) })
    data[510] = 0x55
    data[511] = 0xAA
    return data
  }()

  static func with(
    hostname: String = "rescue", disks: [RescueSystem.Disk] = [RescueSystem.Disk("nvme0n1", serial: "S1")],
    programs: [String: String] = [:], hasEFI: Bool = false, _ work: (MetalRig) async throws -> Void
  ) async throws {
    try await withTemporaryFolder { folder in
      let system = try await RescueSystem(
        in: "\(folder)/machine", hostname: hostname, disks: disks, programs: programs, hasEFI: hasEFI)
      do {
        let rig = MetalRig(system: system, server: try FileServer(), folder: folder, image: picture)
        rig.server.put(try await rig.packed(), at: "/metal.raw.zst")
        try await work(rig)
        rig.server.stop()
      } catch {
        await system.stop()
        throw error
      }
      await system.stop()
    }
  }

  /// The image as it travels.
  func packed() async throws -> Data {
    try image.write(to: URL(filePath: "\(folder)/image.raw"))
    return try await Self.programs.succeed(ToolInvocation("zstd", ["-q", "-c", "\(folder)/image.raw"])).standardOutput
  }

  static var programs: SubprocessToolRunner {
    SubprocessToolRunner(
      environment: ToolEnvironment(inheriting: ["PATH": "/usr/bin:/bin:/usr/sbin:/sbin"]), clock: ContinuousClock())
  }

  /// How often the machine was restarted.
  var reboots: Int { system.contents(of: "reboots").count { $0 == UInt8(ascii: "\n") } }

  /// Whether the disk is as it was.
  func isUntouched(_ disk: String = "nvme0n1") -> Bool { system.contents(of: disk).allSatisfy { $0 == 0 } }

  /// Whether the disk holds the image, and nothing but it was written.
  func holdsImage(_ disk: String = "nvme0n1") -> Bool { system.contents(of: disk).prefix(image.count) == image }

  func bootstrap(
    access: Node.Access? = nil, disk: Node.DiskSelector? = nil, url: String? = nil, sha256: String? = nil
  ) async throws -> Bootstrap {
    var access = access ?? Node.Access(sshKey: .file(system.key))
    access.port = system.port
    let node = Node(name: "cp01", role: .controlPlane, address: system.address, disk: disk, access: access)
    let spec = ClusterSpec(
      name: "demo", endpoint: Endpoint(host: "127.0.0.1"), nodes: [node],
      gitops: GitOps(repoURL: "https://example.org/platform.git"))
    let sum: String
    if let sha256 { sum = sha256 } else { sum = SHA256.hexadecimal(of: try await packed()) }
    let artifact = ArtifactLock.Artifact(
      name: "talos-image", version: "v1.13.9", url: url ?? "\(server.address)/metal.raw.zst",
      sha256: sum, size: nil, purpose: "test")
    var bootstrap = Bootstrap(
      spec: spec, layout: RepositoryLayout(root: folder), lock: ArtifactLock(artifacts: [artifact]),
      cache: "\(folder)/cache", workspace: Workspace(root: "\(folder)/state"),
      applications: ExpectedApplications([]))
    bootstrap.installation.askpass = BuiltProgram.executable
    return bootstrap
  }

  /// Performs the step to its end.
  func install(_ bootstrap: Bootstrap, secrets: [String: String] = [:]) async throws -> Outcome {
    let events = Mutex<[PipelineEvent]>([])
    let tools = MetalTools { [system] in
      FileManager.default.fileExists(atPath: "\(system.folder)/disks/reboots")
    }
    let clock = ContinuousClock()
    let environment = PipelineEnvironment(
      tools: tools, gates: GateKeeper(tools: tools, clock: clock), clock: clock, workspace: bootstrap.workspace,
      secrets: SecretResolver(environment: secrets, contents: { try Data(contentsOf: URL(filePath: $0)) }),
      retries: RetryPolicy(attempts: 3, first: .milliseconds(10))
    ) { event, _ in
      events.withLock { $0.append(event) }
    }
    let plan = BootstrapPlan(cluster: "demo", steps: InstallOSStage.steps(of: bootstrap))
    var failure: String?
    do throws(PipelineError) { _ = try await PipelineRunner(environment, holder: "test").run(plan) } catch {
      failure = "\(error)"
    }
    return Outcome(failure: failure, events: events.withLock(\.self))
  }
}

/// The real ssh, and a talosctl that finds Talos once the machine was restarted.
struct MetalTools: ToolRunner {
  let hasBooted: @Sendable () -> Bool

  func run(
    _ invocation: ToolInvocation, observing: @escaping @Sendable (OutputChunk) -> Void
  ) async throws(ToolError) -> ToolOutput {
    if invocation.tool == "ssh" { return try await MetalRig.programs.run(invocation, observing: observing) }
    return hasBooted() && invocation.arguments.contains("--insecure")
      ? .printing("{\"spec\":{\"stage\":\"maintenance\"}}")
      : .failing("rpc error: code = Unavailable desc = connection error: dial tcp 127.0.0.1:50000: connection refused")
  }
}
