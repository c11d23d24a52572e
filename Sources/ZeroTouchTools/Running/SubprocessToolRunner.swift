import Foundation
import Subprocess
import Synchronization

/// Runs the real programs, each in a process group of its own, so that nothing a program started outlives it.
///
/// Cancellation and a passed deadline end the whole group: `SIGTERM`, then, after `grace`, `SIGKILL`.
package struct SubprocessToolRunner: ToolRunner {
  private let environment: ToolEnvironment
  private let clock: any Clock<Duration>
  private let outputLimit: Int
  private let grace: Duration

  package init(
    environment: ToolEnvironment, clock: any Clock<Duration>, outputLimit: Int = 64 << 20,
    grace: Duration = .seconds(2)
  ) {
    self.environment = environment
    self.clock = clock
    self.outputLimit = outputLimit
    self.grace = grace
  }

  package func run(
    _ invocation: ToolInvocation, observing: @escaping @Sendable (OutputChunk) -> Void
  ) async throws(ToolError) -> ToolOutput {
    guard !Task.isCancelled else { throw .cancelled(invocation) }
    _ = Self.brokenPipesAreErrors
    let path = try ExecutableSearch(directories: environment.searchPath).path(of: invocation.tool)
    let child = ChildProcess(
      invocation: invocation, path: path, variables: environment.variables(of: invocation), grace: grace,
      collected: CollectedOutput(limit: outputLimit, keepsStandardOutput: invocation.deadline != nil))
    let ending = await ending(of: child, observing: observing)
    let wasStopped = Task.isCancelled || ending == .deadlinePassed || child.collected.isOverLimit
    if wasStopped { await sweep(child) }
    if child.collected.isOverLimit { throw .tooMuchOutput(invocation, limit: outputLimit) }
    if ending == .deadlinePassed { throw .timedOut(invocation, after: invocation.deadline ?? .zero) }
    // A program that was ended because nobody waits any more has not answered.
    if wasStopped { throw .cancelled(invocation) }
    switch ending {
    case .exited(let status): return child.collected.output(status: status)
    case .refused(let error): throw error
    case .deadlinePassed, .none: throw .cancelled(invocation)
    }
  }

  /// Waits for the program or its deadline; whichever comes second is cancelled.
  private func ending(
    of child: ChildProcess, observing: @escaping @Sendable (OutputChunk) -> Void
  ) async -> Ending? {
    await withTaskGroup(of: Ending?.self) { group in
      group.addTask { await child.run(observing: observing) }
      if let deadline = child.invocation.deadline {
        group.addTask { [clock] in
          do { try await clock.sleep(for: deadline) } catch { return nil }
          return .deadlinePassed
        }
      }
      let first = await group.next().flatMap(\.self)
      group.cancelAll()
      let second = await group.next().flatMap(\.self)
      return first ?? second
    }
  }

  /// Ends what is left of a stopped program's group: its own children, which may have ignored `SIGTERM`.
  private func sweep(_ child: ChildProcess) async {
    guard let group = child.processGroup else { return }
    for _ in 0..<20 where kill(-group, 0) == 0 {
      // A task of its own, because a cancelled one cannot sleep.
      await Task { [clock, grace] in try? await clock.sleep(for: grace / 20) }.value
    }
    kill(-group, SIGKILL)
  }

  /// Writing to a program that has gone must be an error of the write, not the end of this process.
  private static let brokenPipesAreErrors: Void = { _ = signal(SIGPIPE, SIG_IGN) }()
}

/// How the wait for a program ended.
private enum Ending: Sendable, Hashable {
  case exited(Int32)
  case refused(ToolError)
  case deadlinePassed
}

/// One program while it runs.
private final class ChildProcess: Sendable {
  let invocation: ToolInvocation
  let collected: CollectedOutput
  private let path: String
  private let variables: [String: String]
  private let grace: Duration
  private let group = Mutex<pid_t?>(nil)

  init(
    invocation: ToolInvocation, path: String, variables: [String: String], grace: Duration, collected: CollectedOutput
  ) {
    self.invocation = invocation
    self.path = path
    self.variables = variables
    self.grace = grace
    self.collected = collected
  }

  /// The process group of the program once it was started; it has the program's own process identifier.
  var processGroup: pid_t? { group.withLock(\.self) }

  func run(observing: @escaping @Sendable (OutputChunk) -> Void) async -> Ending {
    do {
      guard let input = try StandardInputFile(for: invocation) else {
        return .exited(try await start(input: .none, observing: observing))
      }
      return .exited(
        try await start(
          input: .fileDescriptor(Self.converted(input.descriptor), closeAfterSpawningProcess: true),
          observing: observing))
    } catch let error as ToolError {
      return .refused(error)
    } catch let error as SubprocessError {
      return .refused(.notStarted(invocation, reason: Self.reason(of: error)))
    } catch {
      return .refused(.notStarted(invocation, reason: "\(error)"))
    }
  }

  private func start(
    input: some InputProtocol, observing: @escaping @Sendable (OutputChunk) -> Void
  ) async throws -> Int32 {
    var options = PlatformOptions()
    options.processGroupID = 0
    options.teardownSequence = [.gracefulShutDown(toProcessGroup: true, allowedDurationToNextStep: grace)]
    let keys = variables.map { (Environment.Key(stringLiteral: $0.key), $0.value) }
    let result = try await Subprocess.run(
      .path(Self.converted(path)), arguments: Arguments(invocation.arguments),
      environment: .custom(Dictionary(keys) { $1 }), platformOptions: options, input: input, output: .sequence,
      error: .sequence
    ) { execution in
      group.withLock { $0 = execution.processIdentifier.value }
      try await withThrowingTaskGroup(of: Void.self) { readers in
        readers.addTask {
          try await self.read(execution.standardOutput, as: OutputChunk.standardOutput, observing)
        }
        readers.addTask { try await self.read(execution.standardError, as: OutputChunk.standardError, observing) }
        try await readers.waitForAll()
      }
    }
    switch result.terminationStatus {
    case .exited(let status): return status
    case .signaled(let signal): return 128 + signal
    }
  }

  private func read(
    _ stream: SubprocessOutputSequence, as chunk: @Sendable (Data) -> OutputChunk,
    _ observing: @Sendable (OutputChunk) -> Void
  ) async throws {
    for try await buffer in stream {
      let piece = chunk(buffer.withUnsafeBytes { Data($0) })
      guard collected.add(piece) else {
        // Nobody reads on, so a program that ignores `SIGTERM` would wait for ever to print the rest.
        if let processGroup { kill(-processGroup, SIGKILL) }
        return
      }
      observing(piece)
    }
  }

  /// What the system said, without the words of the library.
  private static func reason(of error: SubprocessError) -> String {
    switch error.underlyingError.map(Self.raw) {
    case ENOEXEC: "it is not a program of this machine's kind"
    case ENOENT: "the interpreter it names does not exist"
    case let code?: String(cString: strerror(code)).lowercased()
    case nil: error.description
    }
  }

  /// The library's own type for a raw value; generic, so that the package that declares it need not be imported.
  private static func converted<Wrapped: RawRepresentable>(_ raw: Int32) throws -> Wrapped
  where Wrapped.RawValue == Int32 {
    guard let wrapped = Wrapped(rawValue: raw) else { throw CancellationError() }
    return wrapped
  }

  private static func raw<Wrapped: RawRepresentable>(_ wrapped: Wrapped) -> Wrapped.RawValue { wrapped.rawValue }

  private static func converted<Wrapped: ExpressibleByStringLiteral>(_ text: String) -> Wrapped
  where Wrapped.StringLiteralType == String {
    Wrapped(stringLiteral: text)
  }
}
