import Foundation
import Synchronization
import TestSupport
import Testing
import ZeroTouchManifests
import ZeroTouchModel
import ZeroTouchPipeline
import ZeroTouchTools

/// The fetcher with the real curl against a web server on loopback that stands for a mirror.
struct ArtifactFetcherTests {
  /// A server, a cache and the events of a fetch.
  final class Rig: Sendable {
    let server: FileServer
    let store: ArtifactStore
    let scratch: ScratchDirectory
    private let seen = Mutex<[ArtifactEvent]>([])

    init() throws {
      server = try FileServer()
      scratch = ScratchDirectory()
      store = ArtifactStore(directory: "\(scratch.path)/cache")
    }

    var events: [ArtifactEvent] { seen.withLock { $0 } }

    /// Publishes a file and pins it; a sum of nil leaves it unmeasured.
    func artifact(_ name: String, _ content: String, sum: String?? = .none, size: Int? = nil) -> ArtifactLock.Artifact {
      server.put(Data(content.utf8), at: Self.path(name))
      let right = SHA256.hexadecimal(of: content.utf8)
      return ArtifactLock.Artifact(
        name: name, version: "1.0.0", url: "https://example.org/\(name)-1.0.0.tgz", sha256: sum ?? right, size: size,
        purpose: "test")
    }

    static func path(_ name: String) -> String { "/example.org/\(name)-1.0.0.tgz" }

    func fetcher(
      mirror: String? = nil, tools: (any ToolRunner)? = nil, variables: [String: String] = [:],
      clock: ManualClock = ManualClock(), interval: Duration = .seconds(2)
    ) throws -> ArtifactFetcher {
      let own = ToolEnvironment(inheriting: ["PATH": "/usr/local/bin:/usr/bin:/bin"].merging(variables) { $1 })
      let runner = tools ?? SubprocessToolRunner(environment: own, clock: ContinuousClock())
      return ArtifactFetcher(
        tools: runner, clock: clock, store: store, mirror: try ArtifactMirror(mirror ?? server.address),
        interval: interval
      ) { [self] event in seen.withLock { $0.append(event) } }
    }

    func begin(_ artifact: ArtifactLock.Artifact, with content: String) throws {
      try store.prepare()
      try Data(content.utf8).write(to: URL(filePath: store.partial(of: artifact)))
    }

    /// What lies in the cache, the lock of running fetches apart.
    var files: [String] {
      let names = (try? FileManager.default.contentsOfDirectory(atPath: store.directory)) ?? []
      return names.filter { $0 != ".lock" }.sorted()
    }

    func text(of artifact: ArtifactLock.Artifact) -> String? {
      FileManager.default.contents(atPath: store.path(of: artifact)).map { String(decoding: $0, as: UTF8.self) }
    }
  }

  private static let long = String(repeating: "0123456789", count: 2000)

  @Test func `everything that is missing is brought, and a full cache starts nothing at all`() async throws {
    let rig = try Rig()
    let artifacts = (1...6).map { rig.artifact("chart\($0)", "content \($0)") }
    try await rig.fetcher().fetch(artifacts, holder: "test")
    #expect(rig.files == (1...6).map { "chart\($0)-1.0.0.tgz" })
    #expect(rig.text(of: artifacts[4]) == "content 5")
    rig.server.stop()
    let idle = ScriptedToolRunner { invocation throws(ToolError) in throw .notFound(tool: invocation.tool) }
    try await rig.fetcher(tools: idle).fetch(artifacts, holder: "test")
    #expect(idle.invocations.isEmpty)
  }

  @Test func `a transfer goes on where an earlier run was ended`() async throws {
    let rig = try Rig()
    let artifact = rig.artifact("chart", Self.long)
    try rig.begin(artifact, with: String(Self.long.prefix(7000)))
    try await rig.fetcher().fetch([artifact], holder: "test")
    #expect(rig.server.requests.map(\.range) == ["bytes=7000-"])
    #expect(rig.text(of: artifact) == Self.long)
    #expect(rig.events.last == .arrived(name: "chart", .fetched(bytes: 20000, resumedAt: 7000)))
  }

  @Test func `a connection that breaks off is taken up again where it broke`() async throws {
    let rig = try Rig()
    let artifact = rig.artifact("chart", Self.long)
    rig.server.misbehave(.cutAfter(5000), at: Rig.path("chart"))
    rig.server.misbehave(.status(503), at: Rig.path("chart"))
    let clock = ManualClock()
    // While the real curl works nobody has anything to do, and this clock's time flies.
    let fetcher = try rig.fetcher(clock: clock, interval: .seconds(1_000_000_000))
    try await clock.running { try await fetcher.fetch([artifact], holder: "test") }
    #expect(rig.server.requests.map(\.range) == [nil, "bytes=5000-", "bytes=5000-"])
    #expect(rig.text(of: artifact) == Self.long)
  }

  @Test func `a server that sends whole files only is asked for the whole file`() async throws {
    let rig = try Rig()
    let artifact = rig.artifact("chart", Self.long)
    rig.server.serveWholeFilesOnly()
    try rig.begin(artifact, with: String(Self.long.prefix(7000)))
    try await rig.fetcher().fetch([artifact], holder: "test")
    #expect(rig.text(of: artifact) == Self.long)
    #expect(rig.files == ["chart-1.0.0.tgz"])
  }

  @Test func `a beginning that belongs to another file is thrown away`() async throws {
    let rig = try Rig()
    let artifact = rig.artifact("chart", Self.long)
    try rig.begin(artifact, with: String(repeating: "x", count: 700))
    try await rig.fetcher().fetch([artifact], holder: "test")
    #expect(rig.text(of: artifact) == Self.long)
    #expect(rig.files == ["chart-1.0.0.tgz"])
  }

  @Test func `a file that was whole when its run was killed needs no network`() async throws {
    let rig = try Rig()
    let artifact = rig.artifact("chart", Self.long)
    try rig.begin(artifact, with: Self.long)
    try await rig.fetcher().fetch([artifact], holder: "test")
    #expect(rig.server.requests.isEmpty)
    #expect(rig.text(of: artifact) == Self.long)
  }

  @Test func `a wrong sum is told with both sums, and nothing is kept`() async throws {
    let rig = try Rig()
    let sum = String(repeating: "ab", count: 32)
    let artifact = rig.artifact("chart", Self.long, sum: sum)
    let good = rig.artifact("other", "other")
    let error = await #expect(throws: ArtifactError.self) {
      try await rig.fetcher().fetch([artifact, good], holder: "test")
    }
    #expect(error?.exitStatus == .runFailed)
    #expect(error?.description.contains(SHA256.hexadecimal(of: Self.long.utf8)) == true, "\(error?.description ?? "")")
    #expect(error?.description.contains(sum) == true)
    #expect(rig.files == ["other-1.0.0.tgz"])
  }

  @Test func `a file that was altered in the cache is replaced, and one that is cut short is called that`() async throws
  {
    let rig = try Rig()
    let artifact = rig.artifact("chart", Self.long, size: 20000)
    try rig.store.prepare()
    try Data("cut".utf8).write(to: URL(filePath: rig.store.path(of: artifact)))
    guard case .wrong(let problem) = rig.store.state(of: artifact) else {
      Issue.record("the altered file was accepted")
      return
    }
    #expect(problem.message == "the artifact `chart` is cut short: 3 of 20000 bytes")
    try await rig.fetcher().fetch([artifact], holder: "test")
    #expect(rig.store.state(of: artifact) == .present)
  }

  @Test func `an artifact without a sum is refused with status 4, and everything else is brought`() async throws {
    let rig = try Rig()
    let artifacts = [rig.artifact("unknown", "unknown", sum: .some(nil)), rig.artifact("known", "known")]
    let error = await #expect(throws: ArtifactError.self) {
      try await rig.fetcher().fetch(artifacts, holder: "test")
    }
    #expect(error?.exitStatus == .preflightFailed)
    #expect(error?.description.contains("zerotouch artifacts update unknown") == true)
    #expect(rig.files == ["known-1.0.0.tgz"])
    #expect(rig.server.requests.map(\.target) == [Rig.path("known")])
  }

  @Test func `a mirror's password travels on standard input`() async throws {
    let rig = try Rig()
    let artifact = rig.artifact("chart", "content")
    let mirror = rig.server.address.replacing("http://", with: "http://ann:s3%22cret@")
    let fetcher = try rig.fetcher(mirror: mirror)
    try await fetcher.fetch([artifact], holder: "test")
    #expect(rig.server.requests.map(\.authorization) == ["Basic \(Data("ann:s3\"cret".utf8).base64EncodedString())"])
    #expect(rig.events.allSatisfy { !"\($0)".contains("cret") })
    let idle = ScriptedToolRunner { invocation throws(ToolError) in throw .notFound(tool: invocation.tool) }
    _ = try? await rig.fetcher(mirror: mirror, tools: idle).fetch([rig.artifact("b", "b")], holder: "test")
    #expect(idle.invocations.count == 1)
    #expect(idle.invocations.allSatisfy { !"\($0)".contains("cret") })
  }

  @Test func `a proxy of the environment is used`() async throws {
    let rig = try Rig()
    let artifact = rig.artifact("chart", "content")
    try await rig.fetcher(mirror: "http://nowhere.invalid", variables: ["http_proxy": rig.server.address])
      .fetch([artifact], holder: "test")
    #expect(rig.server.requests.map(\.target) == ["http://nowhere.invalid\(Rig.path("chart"))"])
  }

  @Test func `a file that the server does not have is not asked for again`() async throws {
    let rig = try Rig()
    let artifact = ArtifactLock.Artifact(
      name: "chart", version: "1.0.0", url: "https://example.org/none.tgz", sha256: String(repeating: "0", count: 64),
      size: nil, purpose: "")
    let error = await #expect(throws: ArtifactError.self) { try await rig.fetcher().fetch([artifact], holder: "test") }
    #expect(error?.description.contains("404") == true)
    #expect(rig.server.requests.count == 1)
    #expect(rig.files.isEmpty)
  }

  @Test func `a server that is not there is named, with the ways around it`() async throws {
    let rig = try Rig()
    let artifact = rig.artifact("chart", "content")
    rig.server.stop()
    let clock = ManualClock()
    let fetcher = try rig.fetcher(clock: clock, interval: .seconds(1_000_000_000))
    let error = await #expect(throws: ArtifactError.self) {
      try await clock.running { try await fetcher.fetch([artifact], holder: "test") }
    }
    #expect(error?.description.contains("--mirror") == true)
    #expect(error?.description.contains("\(rig.server.address)/example.org") == true)
    #expect(rig.events.count { if case .retrying = $0 { true } else { false } } == 3)
  }

  @Test func `a cache that cannot be written is one problem, however many artifacts are missing`() async throws {
    let rig = try Rig()
    let artifacts = (1...3).map { rig.artifact("chart\($0)", "\($0)") }
    try Data().write(to: URL(filePath: rig.store.directory))
    let error = await #expect(throws: ArtifactError.self) { try await rig.fetcher().fetch(artifacts, holder: "test") }
    #expect(error?.description.components(separatedBy: "the cache `").count == 2, "\(error?.description ?? "")")
    #expect(error?.description.contains("XDG_CACHE_HOME") == true)
    #expect(rig.server.requests.isEmpty)
  }

  @Test func `a full disk is one message, and nothing half-written stays`() async throws {
    let rig = try Rig()
    let artifacts = (1...3).map { rig.artifact("chart\($0)", Self.long + "\($0)") }
    try rig.store.prepare()
    for artifact in artifacts {
      try FileManager.default.createSymbolicLink(
        atPath: rig.store.partial(of: artifact), withDestinationPath: "/dev/full")
    }
    let error = await #expect(throws: ArtifactError.self) { try await rig.fetcher().fetch(artifacts, holder: "test") }
    #expect(error?.description.components(separatedBy: "the cache `").count == 2, "\(error?.description ?? "")")
    #expect(rig.files.isEmpty)
  }

  @Test func `a fetch that is interrupted leaves nothing under the artifact's name, and the next one goes on`()
    async throws
  {
    let rig = try Rig()
    let artifact = rig.artifact("chart", Self.long)
    let killed = ScriptedToolRunner { invocation throws(ToolError) in
      let output = invocation.arguments.firstIndex(of: "--output").map { invocation.arguments[$0 + 1] } ?? ""
      _ = FileManager.default.createFile(atPath: output, contents: Data(Self.long.utf8.prefix(9000)))
      throw .cancelled(invocation)
    }
    await #expect(throws: CancellationError.self) {
      try await rig.fetcher(tools: killed).fetch([artifact], holder: "test")
    }
    #expect(rig.text(of: artifact) == nil)
    try await rig.fetcher().fetch([artifact], holder: "test")
    #expect(rig.server.requests.map(\.range) == ["bytes=9000-"])
    #expect(rig.text(of: artifact) == Self.long)
  }

  @Test func `a long transfer says how far it has come`() async throws {
    let rig = try Rig()
    let artifact = rig.artifact("chart", Self.long, size: 20000)
    let clock = ManualClock()
    let slow = ScriptedToolRunner { invocation throws(ToolError) in
      let output = invocation.arguments.firstIndex(of: "--output").map { invocation.arguments[$0 + 1] } ?? ""
      _ = FileManager.default.createFile(atPath: output, contents: Data(Self.long.utf8.prefix(9000)))
      do { try await clock.sleep(for: .seconds(5)) } catch { throw .cancelled(invocation) }
      _ = FileManager.default.createFile(atPath: output, contents: Data(Self.long.utf8))
      return ToolOutput()
    }
    let fetcher = try rig.fetcher(tools: slow, clock: clock)
    try await clock.running { try await fetcher.fetch([artifact], holder: "test") }
    #expect(rig.events.contains(.progressed(name: "chart", bytes: 9000, of: 20000)))
  }

  @Test func `two fetches into one cache do not write the same file`() async throws {
    let rig = try Rig()
    try rig.store.prepare()
    let lock = try RunLock.take(at: "\(rig.store.directory)/.lock", holder: "zerotouch, process 7")
    let error = await #expect(throws: ArtifactError.self) {
      try await rig.fetcher().fetch([rig.artifact("chart", "content")], holder: "test")
    }
    #expect(error == .busy(holder: "zerotouch, process 7"))
    lock.release()
  }

  @Test func `what was measured lies in the cache only once it is adopted`() async throws {
    let rig = try Rig()
    let fetcher = try rig.fetcher()
    let measured = try await fetcher.measure([rig.artifact("chart", "content", sum: .some(nil))], holder: "test")
    #expect(measured.map(\.sha256) == [SHA256.hexadecimal(of: "content".utf8)])
    #expect(measured.map(\.size) == [7])
    #expect(rig.text(of: measured[0]) == nil)
    try fetcher.adopt(measured)
    #expect(rig.files == ["chart-1.0.0.tgz"])
  }
}
