import ArgumentParser
import Foundation
import ZeroTouchManifests
import ZeroTouchModel
import ZeroTouchPipeline

/// How machines are entered and what may be done to their disks, where the spec says nothing.
struct MachineOptions: ParsableArguments, Sendable {
  /// The variable that holds the password of root in rescue systems.
  static let passwordVariable = "ZEROTOUCH_ROOT_PASSWORD"

  @Option(name: .long, help: "The private key that opens the rescue systems, where the spec names nothing.")
  var sshKey: String?

  @Option(
    name: .long,
    help: "A file with the root password of the rescue systems; or the variable \(Self.passwordVariable).")
  var rootPasswordFile: String?

  @Option(name: .long, help: "The same for workers, where theirs is another one.")
  var workerPasswordFile: String?

  @Flag(name: .long, help: "Ask for the root password on the terminal.")
  var askRootPassword = false

  @Option(name: .long, help: "The disk that Talos goes to, as [NAME:]serial=…; may be repeated.")
  var disk: [String] = []

  @Option(name: .long, help: "The name of the cluster: chosen disks that carry data may be wiped.")
  var wipe: String?

  @Flag(name: .long, help: "With --wipe: also clear the signatures on the machines' other disks.")
  var wipeAllDisks = false

  @Flag(name: .long, help: "Stream the image from this laptop's cache, to machines without a way out.")
  var imageFromLaptop = false

  @Option(name: .long, help: "How many images are written and programs run side by side; joins are never limited.")
  var parallel: Int?

  func validate() throws {
    if let parallel, !(1...1000).contains(parallel) {
      throw ValidationError("--parallel takes a number from 1 to 1000")
    }
    if wipeAllDisks, wipe == nil { throw ValidationError("--wipe-all-disks needs --wipe CLUSTER") }
    if [sshKey != nil, rootPasswordFile != nil, askRootPassword].count(where: \.self) > 1 {
      throw ValidationError("name one of --ssh-key, --root-password-file and --ask-root-password")
    }
  }

  /// The spec with these ways in and disks where it names none.
  ///
  /// - Parameter names: The machines that are meant; all where none is named.
  func completed(
    _ spec: ClusterSpec, _ layout: RepositoryLayout, of names: Set<String>? = nil, in environment: LiveEnvironment
  ) throws -> ClusterSpec {
    if let wipe, wipe != spec.name {
      throw Refusal(
        .inputWrong, "--wipe names `\(wipe)`, and the cluster is `\(spec.name)`; nothing was touched",
        remedy: "name the cluster whose disks you mean: --wipe \(spec.name)")
    }
    for file in [sshKey, rootPasswordFile, workerPasswordFile].compactMap(\.self) {
      try Self.check(file, in: environment)
    }
    var spec = try spec.choosing(try disk.map { try DiskArgument($0) }, among: names)
    let usual = access(in: environment)
    let workspace = Workspace(root: layout.state(of: spec.name))
    for index in spec.nodes.indices {
      let node = spec.nodes[index]
      let ticket = RescueTicketFiles(workspace: workspace, node: node)
      guard !node.access.isNamed else {
        // A password that the provider made for this one boot is the only thing that opens it.
        if !namesAccess, let access = ticket.passwordAccess { spec.nodes[index].access = access }
        continue
      }
      spec.nodes[index].access = usual.isNamed ? usual : ticket.access ?? usual
      if node.role == .worker, let file = workerPasswordFile {
        spec.nodes[index].access = Node.Access(password: .file(environment.absolute(file)))
      }
      spec.nodes[index].access.port = node.access.port
    }
    return spec
  }

  /// Whether the command line says how machines are entered.
  private var namesAccess: Bool {
    sshKey != nil || rootPasswordFile != nil || askRootPassword || workerPasswordFile != nil
  }

  private static func check(_ file: String, in environment: LiveEnvironment) throws {
    guard !FileManager.default.isReadableFile(atPath: environment.absolute(file)) else { return }
    throw Refusal(
      .inputWrong, "the file `\(file)` does not exist, or may not be read; nothing was touched",
      remedy: "check the path, and the file's owner and mode")
  }

  private func access(in environment: LiveEnvironment) -> Node.Access {
    if let sshKey { return Node.Access(sshKey: .file(environment.absolute(sshKey))) }
    if let rootPasswordFile { return Node.Access(password: .file(environment.absolute(rootPasswordFile))) }
    if askRootPassword { return Node.Access(password: .prompt("the root password of the rescue systems")) }
    return environment.variables[Self.passwordVariable] == nil
      ? Node.Access() : Node.Access(password: .environment(Self.passwordVariable))
  }

  /// What the run is told about disks and images.
  func installation(in environment: LiveEnvironment) -> DiskInstallation {
    var installation = DiskInstallation(askpass: environment.executable)
    installation.wiping = WipePermission(cluster: wipe, clearsOtherDisks: wipeAllDisks)
    installation.sendsImage = imageFromLaptop
    installation.width = parallel
    return installation
  }
}
