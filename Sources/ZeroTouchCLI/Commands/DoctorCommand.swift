import ArgumentParser
import Foundation
import ZeroTouchManifests
import ZeroTouchModel
import ZeroTouchTools

/// `zerotouch doctor`.
struct DoctorCommand: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor", abstract: "Check the programs on this laptop and the way to the machines.",
    discussion: """
      Tries, side by side and a few seconds at most, the ports of the machines that this laptop has to reach: those of
      the address, or of zerotouch.yaml. Lists the ports that nodes must offer each other. Asks the buckets that the
      repository's databases archive to, by `aws`, whether they have Object Lock. Changes nothing; exits with 4 where a
      program will not do, a machine cannot be reached, or an archive is not locked.

      EXAMPLES
        zerotouch doctor
        zerotouch doctor 203.0.113.10
        zerotouch doctor -o json
      """)

  @Argument(help: "The address of a control plane to try, in place of the machines of zerotouch.yaml.")
  var address: String?

  @OptionGroup var options: SpecOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    if address != nil, options.file != nil { throw ValidationError("name an address or a file, not both") }
  }

  func execute(in environment: LiveEnvironment) async throws -> ExitStatus {
    let spec = try specification(environment)
    let machines = try machines(of: spec)
    let tools = environment.tools()
    async let programs = Self.toolbox(of: spec).inspect(by: tools)
    async let reached = PortInspection(by: tools).verdicts(on: machines)
    async let archives = DoctorArchives(environment: environment, root: root(environment)).verdicts()
    let view = await DoctorView(programs: programs, reached: reached, archives: archives)
    environment.console.result(output.output == .json ? view.json.text(.indented) : view.text)
    return view.isGood ? .done : .preflightFailed
  }

  /// The repository whose archives are meant: none where an address alone is asked about.
  private func root(_ environment: LiveEnvironment) -> String? {
    address == nil ? try? options.repository.layout(in: environment).root : nil
  }

  /// The spec that is meant; none where nobody named one and none lies where it usually does.
  private func specification(_ environment: LiveEnvironment) throws -> ClusterSpec? {
    guard address == nil else { return nil }
    if options.file == nil, options.repository.repository == nil,
      (try? options.repository.layout(in: environment)) == nil
    {
      return nil
    }
    let layout = try options.repository.layout(in: environment)
    guard options.file != nil || FileManager.default.fileExists(atPath: layout.spec) else { return nil }
    let cluster = options.cluster()
    return try cluster.specification(layout, environment)
  }

  /// A preview needs other programs than machines do.
  private static func toolbox(of spec: ClusterSpec?) -> Toolbox {
    guard let spec, spec.provider == .kind else { return .complete(spec?.versions ?? .default) }
    return .bootstrap(spec.versions, provider: .kind)
  }

  private func machines(of spec: ClusterSpec?) throws -> [Node] {
    guard let address else { return spec.map { $0.provider == .talos ? $0.nodes : [] } ?? [] }
    let bare = address.hasPrefix("[") && address.hasSuffix("]") ? String(address.dropFirst().dropLast()) : address
    guard let parsed = IPAddress(bare) else {
      throw Refusal(
        .inputWrong, "`\(address)` is no IP address", remedy: "write an IPv4 or IPv6 address, such as `203.0.113.10`")
    }
    return [Node(name: "cp01", role: .controlPlane, address: parsed)]
  }
}
