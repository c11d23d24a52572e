import Foundation
import ZeroTouchManifests
import ZeroTouchModel
import ZeroTouchReadiness
import ZeroTouchSecrets
import ZeroTouchTools

/// Performs the operations of one step, one after the other.
struct StepPerformer: Sendable {
  let environment: PipelineEnvironment
  let narrator: Narrator
  let slots: ToolSlots
  let clock: RunClock

  /// Performs all operations; the first failure ends it.
  func perform(_ operations: [Operation], of step: Step) async throws {
    var left = operations[...]
    while let next = left.first {
      let gates = Self.leadingGates(of: left)
      if gates.count > 1 {
        try await wait(for: gates, of: step)
      } else if case .inject(let injection, let target) = next {
        try await inject(injection, into: target, of: step)
      } else {
        try await announced(next, of: step) { try await perform(next, of: step) }
      }
      left = left.dropFirst(max(gates.count, 1))
    }
  }

  private func announced(_ operation: Operation, of step: Step, _ work: () async throws -> Void) async throws {
    try Task.checkCancellation()
    try narrator.announce(.acting(step.id, "\(operation)"))
    try await work()
  }

  private func perform(_ operation: Operation, of step: Step) async throws {
    switch operation {
    case .run(let invocation, let capture, let produces, let tolerances):
      let output = try await run(invocation, tolerating: tolerances, of: step)
      if let capture {
        conceal(output.standardOutput, at: capture)
        try write(output.standardOutput, to: capture)
      }
      for file in produces { try seal(file) }
    case .change(let invocation, let evidence, let tolerances):
      if try await isSeen(evidence, of: step) { return }
      _ = try await run(invocation, tolerating: tolerances, of: step)
    case .derive(let derivation):
      let answer = try await run(derivation.question, tolerating: [], of: step)
      guard let change = derivation.change(answer) else { return }
      try await announced(.run(change), of: step) { _ = try await run(change, tolerating: [], of: step) }
    case .compose(let composition): try compose(composition)
    case .write(let text, let path): try write(Data(text.utf8), to: path)
    case .reveal(let reference, let path): try write(try await resolve(reference).lines, to: path)
    case .inject(let injection, let target): try await inject(injection, into: target, of: step)
    case .wait(let gate): try await wait(for: gate, of: step)
    }
  }

  private func run(
    _ invocation: ToolInvocation, tolerating tolerances: [Tolerance], of step: Step
  ) async throws -> ToolOutput {
    var attempt = 1
    while true {
      let reason: String
      do throws(ToolError) {
        return try await slots.run(at: invocation.place) { () async throws(ToolError) in
          try await succeed(invocation, of: step)
        }
      } catch {
        if case .exited(_, let output) = error, tolerances.contains(where: { output.errorText.contains($0.text) }) {
          return output
        }
        try Task.checkCancellation()
        guard environment.retries.isTransient(error), attempt < environment.retries.attempts else {
          throw StepFailure.tool(error)
        }
        reason = error.description
      }
      attempt += 1
      try narrator.announce(.retrying(step.id, attempt: attempt, of: environment.retries.attempts, reason: reason))
      try await clock.sleep(for: environment.retries.pause(before: attempt))
    }
  }

  /// Whether a change was made before. A world that does not answer is asked again, and in the end nothing is changed
  /// there; any other failure of the look keeps nothing from being done: the change itself says what is wrong.
  private func isSeen(_ evidence: Evidence, of step: Step) async throws -> Bool {
    switch evidence {
    case .program(let look):
      guard look.effect == .reads else { return false }
      return try await seen(look, of: step) != nil
    case .gate(let gate):
      var answers: [ToolInvocation: ToolOutput] = [:]
      for case .poll(let look) in gate.sources { answers[look] = try await seen(look, of: step) }
      return gate.judge(Observations(answers: answers)).lets
    }
  }

  /// What a look saw; nil where it failed for good.
  private func seen(_ look: ToolInvocation, of step: Step) async throws -> ToolOutput? {
    do { return try await run(look, tolerating: [], of: step) } catch StepFailure.tool(let error)
      where !environment.retries.isTransient(error)
    {
      try Task.checkCancellation()
      return nil
    }
  }

  private func compose(_ composition: Composition) throws {
    let inputs = try composition.inputs.map { path in
      let isOptional = composition.optional.contains(path)
      guard let data = environment.workspace.contents(of: path) ?? (isOptional ? Data() : nil) else {
        throw StepFailure.file(path, reason: "it does not exist, or may not be read")
      }
      return data
    }
    let output: Data
    do { output = try composition.transform(inputs) } catch let invalid as InvalidInput
      where invalid.diagnostics.contains(where: { $0.location != nil })
    {
      throw StepFailure.wrongInput(invalid.description)
    } catch {
      throw StepFailure.composition(composition.title, reason: "\(error)")
    }
    try write(output, to: composition.output)
  }

  /// Writes a Secret in place, where the cluster's copy is another: it is never absent, and never written for nothing.
  private func inject(_ injection: SecretInjection, into target: InjectionTarget, of step: Step) async throws {
    try Task.checkCancellation()
    let seen = try await InjectedSecret(injection: injection, target: target, performer: self).compare()
    switch seen.observation.state {
    case .done: return
    case .foreign: throw StepFailure.refused(seen.observation, remedy: InjectSecretsStage.handover)
    case .missing, .different, .unreachable: break
    }
    let resolved: ResolvedInjection
    if let known = seen.resolved { resolved = known } else { resolved = try await resolve(injection) }
    var call = target.apply
    narrator.say(.acting(step.id, "\(Operation.inject(injection, target))"))
    call.input = .secret(resolved.manifest)
    _ = try await run(call, tolerating: [], of: step)
    guard let surplus = seen.live.flatMap(resolved.removal) else { return }
    let removal = target.kubectl.merge(
      "secret", injection.name, .namespace(injection.namespace), patch: surplus)
    try await announced(.run(removal), of: step) { _ = try await run(removal, tolerating: [], of: step) }
  }
}

extension StepPerformer {
  func resolve(_ reference: SecretReference) async throws -> Secret {
    do throws(SecretError) {
      let secret = try await environment.secrets.resolve(reference)
      narrator.conceal([secret])
      return secret
    } catch { throw StepFailure.secret(error) }
  }

  func resolve(_ injection: SecretInjection) async throws -> ResolvedInjection {
    do throws(SecretError) {
      let resolved = try await injection.resolved(by: environment.secrets)
      narrator.conceal(resolved.secrets)
      return resolved
    } catch { throw StepFailure.secret(error) }
  }

  /// The Talos secrets come into being in a run, and nothing it says may hold them from then on.
  private func conceal(_ data: Data, at path: String) {
    guard path == environment.workspace.path("secrets.yaml") else { return }
    let secrets = try? TalosSecrets(text: String(decoding: data, as: UTF8.self), file: path)
    narrator.conceal(secrets?.values ?? [])
  }

  private func write(_ data: Data, to path: String) throws {
    do throws(PipelineError) { try environment.workspace.write(data, to: path) } catch { throw failure(error, path) }
  }

  /// Programs write with a mode of their own; what holds keys is nobody else's to read.
  private func seal(_ path: String) throws {
    do throws(PipelineError) { try environment.workspace.seal(path) } catch { throw failure(error, path) }
  }

  private func failure(_ error: PipelineError, _ path: String) -> StepFailure {
    if case .workspace(let path, let reason) = error { return .file(path, reason: reason) }
    return .file(path, reason: "\(error)")
  }
}

extension Secret {
  /// The bytes as a file of lines: ssh takes no key whose last line does not end.
  fileprivate var lines: Data { exposed.last == UInt8(ascii: "\n") ? exposed : exposed + [UInt8(ascii: "\n")] }
}
