package import Foundation
import ZeroTouchManifests
package import ZeroTouchModel
package import ZeroTouchTools

/// Reads what references point at; the only place where a secret's value comes into being.
///
/// Each reference is read once for as long as a resolver lives, however many ask at the same time. Values stay in
/// memory, and failures are not kept.
package struct SecretResolver: Sendable {
  /// The value behind a reference, known without reading it.
  package typealias Answers = @Sendable (SecretReference) async -> Result<Secret, SecretError>

  /// Asks a person for a value; nil where nobody is there to be asked.
  package typealias Prompt = @Sendable (_ what: String) async throws -> Secret?

  let environment: [String: String]
  let contents: @Sendable (String) throws -> Data
  let tools: (any ToolRunner)?
  let prompt: Prompt?
  /// The credentials with which `ssm:` is read; those of this laptop where there are none.
  let credentials: SecretReferences.AWS?
  /// The rights of others to a file, as its mode says; nil where nobody knows.
  let mode: @Sendable (String) -> Int?
  private var memory = SecretMemory()
  /// Hears what is read.
  private var listener: (any SecretListener)?
  /// What is answered instead of reading anything; nil where everything is read.
  private var answers: Answers?

  /// `environment` is zerotouch's own; `contents` reads a file by path.
  package init(
    environment: [String: String], tools: (any ToolRunner)? = nil, credentials: SecretReferences.AWS? = nil,
    prompt: Prompt? = nil, mode: @escaping @Sendable (String) -> Int? = { _ in nil },
    contents: @escaping @Sendable (String) throws -> Data
  ) {
    self.environment = environment
    self.contents = contents
    self.tools = tools
    self.prompt = prompt
    self.credentials = credentials
    self.mode = mode
  }

  /// One that reads nothing, and answers as somebody says.
  package init(answering answers: @escaping Answers) {
    self.init(environment: [:]) { _ in Data() }
    self.answers = answers
  }

  /// The same with somebody who hears of everything that is read.
  package func heard(by listener: (any SecretListener)?) -> SecretResolver {
    var copy = self
    copy.listener = listener
    return copy
  }

  /// The same with a memory of its own, whose work is done by an executor.
  package func remembering(on executor: (any TaskExecutor)?) -> SecretResolver {
    var copy = self
    copy.memory = SecretMemory(executor: executor)
    return copy
  }

  /// The value behind a reference.
  package func resolve(_ reference: SecretReference) async throws(SecretError) -> Secret {
    do throws(SecretError) {
      let value = if let answers { try await answers(reference).get() } else { try await resolve(reference, for: []) }
      listener?.hear(reference, .success(value))
      return value
    } catch {
      listener?.hear(reference, .failure(error))
      throw error
    }
  }

  /// Tells whoever listens what a Secret is made of.
  func tell(_ injection: SecretInjection, _ values: [String: Secret]) { listener?.hear(injection, values) }

  /// The value behind a reference that those of `chain` need in order to be read.
  func resolve(_ reference: SecretReference, for chain: [SecretReference]) async throws(SecretError) -> Secret {
    guard !chain.contains(reference) else { throw .loop(chain + [reference]) }
    // What lies in the environment is read as often as it is asked for.
    if case .environment = reference { return try Self.judged(try await read(reference, for: chain), reference) }
    return try await memory.value(of: reference) { () async throws(SecretError) in
      let read = try await read(reference, for: chain + [reference])
      return try Self.judged(read, reference)
    }
  }

  /// What a person should know about a value that was read: who else may read it, and what it looks like.
  package func warnings(about reference: SecretReference) async -> [Diagnostic] {
    let value = try? await resolve(reference)
    return [readers(of: reference), value.flatMap { Self.lineEnds(in: $0, reference) }].compactMap(\.self)
  }

  private func readers(of reference: SecretReference) -> Diagnostic? {
    switch reference {
    case .file(let path, _):
      return open(path) { "others on this machine may read the file of `\(reference)`" }
    case .age, .sops:
      guard environment["SOPS_AGE_KEY"] == nil, let path = identityFile else { return nil }
      return open(path) { "others on this machine may read `\(path)`, which opens what is encrypted to you" }
    case .environment, .onePassword, .openBao, .parameter, .prompt: return nil
    }
  }

  private func open(_ path: String, _ message: () -> String) -> Diagnostic? {
    guard let mode = mode(expanded(path)), mode & 0o077 != 0 else { return nil }
    return Diagnostic(.warning, message(), remedy: "chmod 600 \(path.shellQuoted)")
  }

  private static func lineEnds(in value: Secret, _ reference: SecretReference) -> Diagnostic? {
    guard value.exposed.contains(UInt8(ascii: "\r")) else { return nil }
    return Diagnostic(
      .warning, "`\(reference)` holds carriage returns, which are kept",
      remedy: "write it with line feeds alone, where that is not meant")
  }

  /// The end of a single line is no part of a secret; several lines are kept byte for byte, for a private key whose last
  /// line does not end is none. A value without a byte, or with blanks alone, is an error.
  private static func judged(_ value: Data, _ reference: SecretReference) throws(SecretError) -> Secret {
    let bytes = withoutLineEnd(value)
    guard bytes.contains(where: { !" \t\r\n".utf8.contains($0) }) else { throw .empty(reference) }
    guard bytes.count <= 1 << 20 else { throw .tooLarge(reference, bytes: bytes.count) }
    if bytes.count < 1024, let next = SecretReference(String(decoding: bytes, as: UTF8.self)), next != .prompt() {
      throw .leadsOn(reference, to: next)
    }
    return Secret(Data(bytes))
  }

  private static func withoutLineEnd(_ value: Data) -> Data {
    guard let first = value.firstIndex(of: UInt8(ascii: "\n")), first == value.indices.last else { return value }
    let line = value[..<first]
    return Data(line.last == UInt8(ascii: "\r") ? line.dropLast() : line)
  }

  /// The path with `~` made the user's home.
  package func expanded(_ path: String) -> String {
    guard path == "~" || path.hasPrefix("~/"), let home = environment["HOME"] else { return path }
    return home + path.dropFirst()
  }
}
