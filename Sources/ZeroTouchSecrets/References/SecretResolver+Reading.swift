import Foundation
import ZeroTouchModel
import ZeroTouchTools

/// One way of reading for each kind of reference.
extension SecretResolver {
  /// The bytes behind a reference, as they lie there.
  func read(_ reference: SecretReference, for chain: [SecretReference]) async throws(SecretError) -> Data {
    switch reference {
    case .environment(let name):
      guard let text = environment[name] else { throw .notSet(reference) }
      return Data(text.utf8)
    case .file(let path, let key):
      let data = try file(path, reference)
      return try key.map { key throws(SecretError) in
        try KeyedFile(data, path: path, reference: reference).value(of: key)
      } ?? data
    case .sops(let path, let key):
      try SealedTree(try file(path, reference))?.check(key, of: reference)
      return try await output(Sops.decrypt(expanded(path), key: key, as: environment), .sops, reference)
    case .age(let path):
      _ = try file(path, reference)
      return try await output(decryption(of: expanded(path), reference), .age, reference)
    case .onePassword(let address):
      return try await output(OnePassword.read(address, as: environment), .op, reference)
    case .openBao(let path, let key):
      return try await output(OpenBao.read(path, key: key, as: environment), .bao, reference)
    case .parameter(let name): return try await parameter(name, reference, for: chain)
    case .prompt(let what): return try await answer(what, reference)
    }
  }

  private func file(_ path: String, _ reference: SecretReference) throws(SecretError) -> Data {
    do { return try contents(expanded(path)) } catch {
      let isAbsent = (error as? CocoaError)?.code == .fileReadNoSuchFile
      throw .unreadable(reference, isAbsent ? "the file `\(path)` does not exist" : error.localizedDescription)
    }
  }

  private func output(
    _ invocation: ToolInvocation, _ tool: KnownTool, _ reference: SecretReference
  ) async throws(SecretError) -> Data {
    guard let tools else { throw .failed(reference, tool, .notFound(tool: tool.rawValue)) }
    do throws(ToolError) { return try await tools.succeed(invocation).standardOutput } catch {
      throw .failed(reference, tool, error)
    }
  }

  /// age has no usual place for identities: sops's is taken, and the one that age's own manual writes to.
  private func decryption(of file: String, _ reference: SecretReference) throws(SecretError) -> ToolInvocation {
    if let identity = environment["SOPS_AGE_KEY"] { return Age.decrypt(file, identity: Secret(identity)) }
    guard let identity = identityFile else {
      throw SecretError(
        reference, "there is no identity of age in \(identityFiles.map { "`\($0)`" }.joined(separator: " or "))",
        remedy: "set SOPS_AGE_KEY_FILE to the file that age-keygen wrote")
    }
    return Age.decrypt(file, identity: identity)
  }

  /// Where identities of age may lie.
  private var identityFiles: [String] {
    let usual = ["~/.config/age/identity.txt", "~/.config/sops/age/keys.txt"].map(expanded)
    return environment["SOPS_AGE_KEY_FILE"].map { [expanded($0)] } ?? usual
  }

  /// The first of them that can be read.
  var identityFile: String? { identityFiles.first { (try? contents($0)) != nil } }

  private func parameter(
    _ name: String, _ reference: SecretReference, for chain: [SecretReference]
  ) async throws(SecretError) -> Data {
    let identity = try await identity(for: chain)
    let invocation = AWS.parameter(
      name, region: credentials?.region ?? environment["AWS_REGION"] ?? environment["AWS_DEFAULT_REGION"],
      as: identity)
    let answer = try await output(invocation, .aws, reference)
    guard let value = (try? JSONValue(parsing: answer))?[path: "Parameter", "Value"]?.stringValue else {
      throw SecretError(reference, "`aws` printed no parameter", remedy: "try it yourself: \(invocation)")
    }
    return Data(value.utf8)
  }

  /// Who reads parameters: whom the spec gives to the platform's store, or whoever sits at this laptop.
  private func identity(for chain: [SecretReference]) async throws(SecretError) -> AWSIdentity {
    guard let credentials else { return .own(environment) }
    let token: Secret?
    if let reference = credentials.sessionToken {
      token = try await resolve(reference, for: chain)
    } else {
      token = nil
    }
    return AWSIdentity(
      accessKeyID: try await resolve(credentials.accessKeyID, for: chain),
      secretAccessKey: try await resolve(credentials.secretAccessKey, for: chain), sessionToken: token,
      environment: environment)
  }

  private func answer(_ what: String, _ reference: SecretReference) async throws(SecretError) -> Data {
    let remedy = "run this in a terminal, or name a reference that needs nobody, such as `env:NAME`"
    guard let prompt else { throw SecretError(reference, "it is asked for, and nothing asks here", remedy: remedy) }
    let given: Secret?
    do { given = try await prompt(what.isEmpty ? "the secret" : what) } catch {
      throw SecretError(reference, "\(error)" == "" ? "nobody answered" : "nobody answered: \(error)", remedy: remedy)
    }
    guard let given else { throw SecretError(reference, "there is no terminal to ask on", remedy: remedy) }
    return given.exposed
  }
}
