import Foundation
import Synchronization
import TestSupport
import Testing
import ZeroTouchModel
import ZeroTouchTools

/// A rehearsed cluster that was kept, with marked secrets in every place that takes one, and spies for tools.
final class Ground: Sendable {
  let scanner: LeakScanner
  let folder: String
  let spies: SpyTools
  let spare: String
  let hasStore: Bool
  private let place: String
  private let program: BuiltProgram
  private let said = Mutex("")
  /// The address of what answers in the place of a provider of machines.
  let provider: String

  /// How a command ended, and what it said beside its results.
  struct End: Sendable {
    let isGood: Bool
    let narration: String
  }

  var fresh: String { "\(folder)/fresh" }
  private var repository: String { "\(place)/repository" }
  private var state: String { "\(repository)/.zerotouch/rehearsal" }

  private static let tools = [
    "kubectl", "helm", "git", "ssh", "talosctl", "age", "aws", "curl", "kind", "sops", "op", "bao",
  ]
  /// The files that people put secrets into themselves.
  private static let inputs: Set = [
    "given.txt", ".env.ssm", "broken.env", "broken.yaml", "alias.yaml", "recipient.yaml", "clear.env", "clear.txt",
    "byhand.yaml", "answer.op", "answer.bao", "token.bao",
  ]
  private static let toolPath =
    "\(BuiltProgram.packageRoot)/.tools/bin:\(ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin")"
  static var hasAge: Bool { has("age-keygen") }
  static var hasSops: Bool { has("sops") }
  private static func has(_ tool: String) -> Bool {
    toolPath.split(separator: ":").contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(tool)") }
  }

  private init(
    _ scanner: LeakScanner, _ folder: String, _ spies: SpyTools, _ world: KeptWorld, spare: String,
    credentials: [String: String], store: EmulatedParameterStore?, provider: String
  ) {
    self.scanner = scanner
    self.folder = folder
    self.spies = spies
    self.spare = spare
    hasStore = store != nil
    self.provider = provider
    place = world.place
    var settings = credentials
    settings["AWS_REGION"] = "eu-central-1"
    settings["XDG_CACHE_HOME"] = "\(world.place)/cache"
    settings["HTTPS_PROXY"] = "http://127.0.0.1:9"
    settings["AWS_ENDPOINT_URL_SSM"] = store?.endpoint
    program = BuiltProgram(
      in: "\(world.place)/repository",
      path: spies.path(before: "\(folder)/stand-ins:\(world.place)/bin:\(Self.toolPath)"), home: folder,
      inside: ["/usr/bin/env"] + settings.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" })
  }

  private static func credentials(_ scanner: LeakScanner) -> [String: String] {
    [
      // Letters and digits alone, as AWS's own: a slash would be the end of it in a signature.
      "AWS_ACCESS_KEY_ID": "\(scanner.mark)ID", "AWS_SECRET_ACCESS_KEY": scanner.secret("KEY"),
      "AWS_SESSION_TOKEN": scanner.token("SESSION"), "GITHUB_TOKEN": scanner.token("GITHUB"),
      "ROBOT_USER": scanner.token("ROBOT"), "ROBOT_PASSWORD": scanner.secret("ROBOT"),
      "BAO_TOKEN": scanner.token("BAOTOKEN"),
    ]
  }

  /// An identity of age as a variable holds it; what its lines say beside the key is marked.
  private static func identity(_ scanner: LeakScanner, in folder: String) async throws -> String {
    _ = try await BuiltProgram(in: folder).tool("age-keygen", ["-o", "\(folder)/identity.txt"])
    return try "# \(scanner.token("IDENTITY"))\n" + String(contentsOfFile: "\(folder)/identity.txt", encoding: .utf8)
  }

  /// Rehearses with marked credentials, and works on what is left standing.
  static func with(_ scanner: LeakScanner, _ work: (Ground) async throws -> Void) async throws {
    try await withTemporaryFolder { folder in
      let spies = try SpyTools(in: folder, for: tools)
      try copyRepository(to: "\(folder)/source")
      try copyRepository(to: "\(folder)/fresh")
      var credentials = credentials(scanner)
      credentials["SOPS_AGE_KEY"] = try await identity(scanner, in: folder)
      let settings = credentials.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
      let outside = BuiltProgram(
        in: "\(folder)/source", path: spies.path(before: toolPath), home: folder, inside: ["/usr/bin/env"] + settings)
      let kept = try await outside.run(["rehearse", "--keep", "--nodes", "spares=1", "--speed", "100", "--verbose"])
      try #require(kept.status == 0, "\(kept.narration)")
      let spare = try #require(kept.narration.firstMatch(of: /zerotouch join-worker (worker01:\S+)/)?.1)
      try await KeptWorld.left(by: kept, of: outside) { world in
        try await withStore { store in
          let robot = try RentedMachine.robot(
            user: scanner.token("ROBOT"), password: scanner.secret("ROBOT"))
          defer { robot.stop() }
          let ground = Ground(
            scanner, folder, spies, world, spare: String(spare), credentials: credentials, store: store,
            provider: robot.address)
          ground.said.withLock { $0 = kept.output + kept.narration }
          try await ground.place()
          try await ground.placeReferences(store)
          try await work(ground)
        }
      }
    }
  }

  private static func withStore(_ work: (EmulatedParameterStore?) async throws -> Void) async throws {
    guard EmulatedParameterStore.isInstalled else { return try await work(nil) }
    try await EmulatedParameterStore.with { try await work($0) }
  }

  /// Puts secrets where people put them: into a file that the spec refers to, into a file of parameters, into broken ones.
  private func place() async throws {
    let recipient = try await identity("own.txt")
    _ = try await identity("other.txt")
    let path = "\(repository)/zerotouch.yaml"
    var spec = try String(contentsOfFile: path, encoding: .utf8)
    spec = spec.replacing("env:AWS_SECRET_ACCESS_KEY", with: "file:\(repository)/given.txt")
    try spec.replacing("  secrets:\n", with: "  secrets:\n    recipients:\n      - \(recipient)\n")
      .write(toFile: path, atomically: true, encoding: .utf8)
    try RentedMachine.spec.write(toFile: "\(folder)/idle.yaml", atomically: true, encoding: .utf8)
    let key = scanner.secret("FILE", lines: 3)
    let parameters =
      "git/token=\(scanner.token("GIT"))\nkagent/openai_api_key=\(scanner.token("OPENAI"))\n"
      + "registry/dockerconfigjson='\(key.replacing("'", with: ""))'\n"
    let inputs = [
      "given.txt": key, ".env.ssm": parameters,
      "broken.env": "\(scanner.token("LINE"))\na/b=QUJD\n\(scanner.mark)/Zz==\na/c=\"\(scanner.token("OPEN"))\n",
      "broken.yaml": "a: {b: *\(scanner.mark)ALIAS}\nc: \"\(scanner.token("UNCLOSED"))\n",
      "alias.yaml": RentedMachine.spec + "  secrets: {repository: {password: *\(scanner.mark)}}\n",
      "recipient.yaml": RentedMachine.spec + "  secrets: {recipients: [AGE-SECRET-KEY-1\(scanner.mark)]}\n",
    ]
    for (name, text) in inputs { try write(text, to: name) }
  }
  private func write(_ text: String, to name: String) throws {
    try text.write(toFile: "\(repository)/\(name)", atomically: true, encoding: .utf8)
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: "\(repository)/\(name)")
  }

  /// Makes an identity and returns its public half.
  private func identity(_ name: String) async throws -> String {
    let made = try await program.tool("age-keygen", ["-o", "\(repository)/\(name)"])
    return try #require((made.output + made.narration).firstMatch(of: #/age1[0-9a-z]+/#).map { String($0.0) })
  }
}

/// What is placed there, and what is done with it.
extension Ground {
  /// Specs whose Secrets are made of references of every kind, and of some into files that are not encrypted as expected.
  private func placeReferences(_ store: EmulatedParameterStore?) async throws {
    let text = try String(contentsOfFile: "\(folder)/identity.txt", encoding: .utf8)
    let recipient = String(try #require(text.firstMatch(of: #/age1[0-9a-z]+/#)).0)
    try write("{\"a\": \(JSONValue.string(scanner.secret("SOPS")).text())}", to: "sealed.yaml")
    try await seal("sops", ["--encrypt", "--in-place", "--age", recipient, "sealed.yaml"])
    try write(scanner.secret("AGE", lines: 2), to: "clear.txt")
    try await seal("age", ["--encrypt", "--recipient", recipient, "--output", "sealed.age", "clear.txt"])
    let sealed = try String(contentsOfFile: "\(repository)/sealed.yaml", encoding: .utf8)
    try write(sealed + "added: \(scanner.token("BYHAND"))\n", to: "byhand.yaml")
    try write("a: \(scanner.token("CLEAR"))\n", to: "clear.env")
    var sound = "b: sops:sealed.yaml#a, c: age:sealed.age, d: bao:kv/a#b, e: op://a/b/c"
    if let store {
      try await store.put("/sentinel/value", scanner.secret("SSM"))
      sound += ", f: ssm:/sentinel/value"
    }
    try write(Self.spec(values: sound), to: "references.yaml")
    try write(
      Self.spec(values: "b: sops:byhand.yaml#added, c: sops:clear.env#a, d: age:clear.txt"), to: "unsealed.yaml")
    try placeStandIns()
  }

  private func seal(_ tool: String, _ arguments: [String]) async throws {
    let answer = try await BuiltProgram(in: repository).tool(tool, arguments)  // without the marked variables
    try #require(answer.status == 0, "\(tool): \(answer.narration)")
  }
  private static func spec(values: String) -> String {
    """
    apiVersion: zerotouch.dev/v1alpha1
    kind: Cluster
    metadata: {name: references}
    spec:
      provider: existing
      secrets: {others: [{namespace: sentinel, name: references.v1, values: {\(values)}}]}

    """
  }

  /// Programs in the place of those that want an account or a server.
  private func placeStandIns() throws {
    try write(scanner.secret("OP"), to: "answer.op")
    try write(scanner.secret("BAO"), to: "answer.bao")
    try write(scanner.token("BAOTOKEN"), to: "token.bao")
    let place = "\(folder)/stand-ins"
    try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
    // The real one: that of the rehearsal knows the rehearsed platform's parameters alone.
    if hasStore { try writeProgram("#!/bin/sh\nexec '\(EmulatedParameterStore.client)' \"$@\"\n", to: "\(place)/aws") }
    try writeProgram("#!/bin/sh\nexec cat '\(repository)/answer.op'\n", to: "\(place)/op")
    try writeProgram(
      "#!/bin/sh\ncmp \"$BAO_TOKEN_PATH\" '\(repository)/token.bao' && exec cat '\(repository)/answer.bao'\n",
      to: "\(place)/bao")
  }

  /// Injects what the references of a spec point at into the kept cluster.
  func inject(_ spec: String) async throws -> End {
    try await run(["inject-secrets", "--verbose", "--file", spec, "--kubeconfig", "\(state)/kubeconfig"])
  }

  /// Every command that does something, as its help tells them.
  func commands() async throws -> [String] {
    let help = try await program.run(["--experimental-dump-help"])
    let root = try #require(try JSONValue(parsing: help.output)["command"])
    func leaves(_ command: JSONValue, _ path: [String]) -> [String] {
      let below = (command["subcommands"]?.arrayValue ?? []).filter { $0["commandName"] != "help" }
      if below.isEmpty { return [path.joined(separator: " ")] }
      return below.flatMap { leaves($0, path + [$0["commandName"]?.stringValue ?? ""]) }
    }
    return leaves(root, [])
  }

  /// Commits what a bootstrap wrote for Git, as it demands before the next change.
  func commit() async throws {
    let identity = ["-c", "user.name=Tester", "-c", "user.email=tester@example.org"]
    _ = try await program.tool("/usr/bin/git", ["-C", repository, "add", "bootstrap"])
    let answer = try await program.tool(
      "/usr/bin/git", ["-C", repository] + identity + ["commit", "--quiet", "--message", "Keys"])
    #expect(answer.status == 0, "\(answer)")
  }

  /// Runs a command with each list of arguments.
  func run(_ command: String, _ lists: [[String]]) async throws -> [End] {
    var ends: [End] = []
    for list in lists { ends.append(try await run(command.split(separator: " ").map(String.init) + list)) }
    return ends
  }

  func run(_ arguments: [String]) async throws -> End {
    let answer = try await program.run(arguments)
    let found = scanner.findings(in: answer.output) + scanner.findings(in: answer.narration)
    #expect(found.isEmpty, "\(arguments) printed a secret, \(found): \(answer.narration)\(answer.output)")
    said.withLock { $0 += answer.output + answer.narration }
    return End(isGood: answer.status == 0, narration: answer.narration)
  }

  /// Looks through what was written and started.
  func lookThrough() throws {
    let seen = try spies.seen()
    #expect(!seen.isEmpty && scanner.findings(in: seen).isEmpty, "an argument or a variable of a child holds a secret")
    #expect(scanner.findings(in: said.withLock(\.self)).isEmpty)
    let given = "spies/given."
    let written = scanner.findings(below: folder) { path in
      path.hasPrefix(given) || Self.inputs.contains((path as NSString).lastPathComponent)
    }
    #expect(written.isEmpty, "a file holds a secret")
    try lookThroughBundle(seen)
    lookThroughProcesses()
    try lookAtModes()
  }

  /// The cluster's own secrets may lie in its state directory, and nowhere else.
  private func lookThroughBundle(_ seen: Data) throws {
    guard let bundle = try? String(contentsOfFile: "\(state)/secrets.yaml", encoding: .utf8) else { return }
    let values = bundle.split(separator: "\n").compactMap { line in
      line.split(separator: " ").last.map(String.init).flatMap { $0.count >= 20 && !$0.hasSuffix(":") ? $0 : nil }
    }
    #expect(!values.isEmpty)
    let (arguments, said) = (String(decoding: seen, as: UTF8.self), said.withLock(\.self))
    // The certificates are public: kubectl shows them to whoever asks.
    for value in values where !value.hasPrefix("LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0t") {
      #expect(!said.contains(value) && !arguments.contains(value), "a secret of the cluster was told")
    }
  }

  private func lookThroughProcesses() {
    let processes = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    for process in processes where Int(process) != nil {
      guard let line = FileManager.default.contents(atPath: "/proc/\(process)/cmdline"),
        String(decoding: line, as: UTF8.self).contains(folder),
        let all = FileManager.default.contents(atPath: "/proc/\(process)/environ")
      else { continue }
      #expect(scanner.findings(in: line + all).isEmpty, "\(String(decoding: line, as: UTF8.self))")
    }
  }

  private func lookAtModes() throws {
    guard let names = try? FileManager.default.subpathsOfDirectory(atPath: state) else { return }
    for name in [""] + names {
      let attributes = try FileManager.default.attributesOfItem(atPath: "\(state)/\(name)")
      let mode = try #require(attributes[.posixPermissions] as? Int)
      #expect(mode & 0o077 == 0, "\(name) has the mode \(String(mode, radix: 8))")
    }
  }
}
