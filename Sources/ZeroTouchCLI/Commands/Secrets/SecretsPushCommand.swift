import ArgumentParser
import Foundation
import ZeroTouchManifests
import ZeroTouchModel
import ZeroTouchSecrets

/// `zerotouch secrets push`.
struct SecretsPushCommand: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "push", abstract: "Write parameters into AWS Parameter Store: new ones, and those that changed.",
    discussion: """
      A file holds lines of NAME=VALUE, or YAML whose keys are the levels of the names; names that are not whole stand
      below the prefix. Values in single quotes may have several lines; nothing is expanded. Bytes that are no text are
      kept in base64 (`!!binary` in YAML): their ExternalSecret needs `decodingStrategy: Base64`. What would change is
      told by name, values never. Run it again after an interruption: it goes on where it stopped.

      EXAMPLES
        zerotouch secrets push .env.ssm
        zerotouch secrets push --diff .env.ssm
        sops decrypt parameters.sops.yaml | zerotouch secrets push - --format yaml
      """)

  @Argument(help: "The file; `-` for standard input; .env.ssm at the repository's top where none is named.")
  var parameters: String?

  @Option(name: .long, help: "How the file is written: env or yaml; its name says where this does not.")
  var format: String?

  @Option(name: .long, help: "The KMS key of parameters that are new; the account's own one where none is named.")
  var key: String?

  @Flag(name: .long, help: "Only show what would change; exit with 6 where something would.")
  var diff = false

  @OptionGroup var store: ParameterStoreOptions
  @OptionGroup var output: OutputOptions

  func execute(in environment: LiveEnvironment) async throws -> ExitStatus {
    let place = try store.place(in: environment)
    let wanted = try file(at: place, in: environment).parameters
    async let demanded = environment.parameterDemand(at: place)
    let access = try await store.access(to: place, in: environment)
    async let known = described(access, place, environment)
    let changes = ParameterChanges(wanted, held: try await access.held(wanted.map(\.name)))
    let described = try await known
    if !diff {
      let keys = (described ?? []).map { ($0.name, $0.key) }.filter { $0.1 != nil }
      try await access.write(
        changes, keys: Dictionary(uniqueKeysWithValues: keys.map { ($0.0, $0.1 ?? "") }), key: key)
    }
    let report = ParameterReport(
      place: place, changes: changes, stored: described?.map(\.name), demand: try await demanded, isWritten: !diff)
    environment.console.result(output.output == .json ? report.json.text(.indented) : report.text)
    for line in report.remarks { environment.console.narrate(line) }
    return diff && !changes.pending.isEmpty ? .changesPending : .done
  }

  /// Everything below the prefix; nil where the caller may not list.
  private func described(
    _ access: ParameterStoreAccess, _ place: ParameterStoreOptions.Place, _ environment: LiveEnvironment
  ) async throws -> [StoredParameter]? {
    do { return try await access.described(below: place.prefix) } catch let error as ParameterStoreError
      where error.code == "AccessDeniedException"
    {
      environment.console.narrate("what else lies below `\(place.prefix)` is not known: \(error.reason)")
      return nil
    }
  }
}

extension SecretsPushCommand {
  private func file(at place: ParameterStoreOptions.Place, in environment: LiveEnvironment) throws -> ParameterFile {
    let path = parameters == "-" ? "-" : parameters.map(environment.absolute) ?? place.layout.path(".env.ssm")
    let format = try format(of: path)
    let name = path == "-" ? "standard input" : path
    let data = try contents(of: path, environment)
    do { return try checked(ParameterFile(data, file: name, format: format, prefix: place.prefix), environment) }
  }

  private func checked(_ file: ParameterFile, _ environment: LiveEnvironment) throws -> ParameterFile {
    environment.concealment.learn(file.parameters.map(\.value))
    guard file.parameters.isEmpty else { return file }
    throw Refusal(.inputWrong, "the file holds no parameters", remedy: "write lines of NAME=VALUE")
  }

  private func format(of path: String) throws -> ParameterFile.Format {
    guard let format else { return ParameterFile.Format(ofFile: path) }
    if let known = ParameterFile.Format(rawValue: format) { return known }
    throw Refusal(.inputWrong, "unknown format `\(format)`", remedy: "use env or yaml")
  }

  private func contents(of path: String, _ environment: LiveEnvironment) throws -> Data {
    if path == "-" { return try FileHandle.standardInput.readToEnd() ?? Data() }
    // FileManager reads no pipe, and `push <(sops decrypt FILE)` is one.
    guard let file = FileHandle(forReadingAtPath: path), let data = try? file.readToEnd() ?? Data() else {
      throw Refusal(
        .inputWrong, "`\(path)` cannot be read", remedy: "name the file with the parameters, or `-` for standard input")
    }
    let mode = (try? FileManager.default.attributesOfItem(atPath: path))?[.posixPermissions] as? Int ?? 0
    if mode & 0o077 != 0 {
      environment.console.narrate("warning: `\(path)` can be read by others\n  chmod 600 \(path)")
    }
    return data
  }
}
