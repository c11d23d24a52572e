import ZeroTouchManifests
import ZeroTouchModel
import ZeroTouchSecrets
import ZeroTouchTools

/// One Secret of the table, held against the cluster's copy. Only names of keys ever leave the comparison.
struct InjectedSecret: Sendable {
  let injection: SecretInjection
  let target: InjectionTarget
  let performer: StepPerformer

  /// What was seen, and what it was seen in.
  struct Comparison: Sendable {
    let observation: Observation
    var resolved: ResolvedInjection?
    var live: JSONValue?
  }

  func compare() async throws -> Comparison {
    let answer = try await performer.ask(target.get(injection))
    guard let output = answer.success else {
      let isAbsent = answer.complaint.contains("NotFound")
      return Comparison(observation: isAbsent ? .missing("no such Secret") : .unreachable(answer.complaint))
    }
    guard let live = try? JSONValue(parsing: output.standardOutput) else {
      return Comparison(observation: .unreachable("kubectl printed no JSON"))
    }
    let owner = SecretOwner(of: live, ourselves: Kubectl.fieldManager)
    if case .externalSecret(let name)? = owner, try await isOurs(externalSecret: name) {
      return Comparison(observation: .done("the ExternalSecret `\(name)` of this repository makes it"))
    }
    let resolved: ResolvedInjection
    do { resolved = try await performer.resolve(injection) } catch StepFailure.secret(let error) {
      return Comparison(
        observation: .different("`\(error.reference)` cannot be read to compare: \(error.reason)"))
    }
    return Comparison(observation: judge(resolved, live, owner), resolved: resolved, live: live)
  }

  private func judge(_ resolved: ResolvedInjection, _ live: JSONValue, _ owner: SecretOwner?) -> Observation {
    let (differences, hindrance) = (resolved.differences(from: live), resolved.hindrance(in: live))
    if differences.isEmpty, hindrance == nil { return .done("the Secret holds what is wanted") }
    if let owner { return .foreign("the Secret `\(injection.title)` belongs to \(owner)") }
    if let hindrance { return refusal("the Secret `\(injection.title)` \(hindrance)") }
    return .different("it differs in \(differences.joined(separator: ", "))")
  }

  /// What exists is never taken away by this program, so that somebody else has to make room.
  private func refusal(_ saw: String) -> Observation {
    let removal = "kubectl -n \(injection.namespace) delete secret \(injection.name)"
    return Observation(
      .foreign, saw,
      problems: [
        Diagnostic(
          saw, remedy: "once nobody needs it for a moment, type `\(removal)` and run this again; nothing was written")
      ])
  }

  /// Whether an Application that Git holds brings this ExternalSecret.
  private func isOurs(externalSecret name: String) async throws -> Bool {
    let answer = try await performer.ask(
      target.kubectl.get("externalsecrets.external-secrets.io", name, .namespace(injection.namespace)))
    guard let output = answer.success, let object = try? JSONValue(parsing: output.standardOutput),
      let mark = object[path: "metadata", "annotations", "argocd.argoproj.io/tracking-id"]?.stringValue
    else { return false }
    return target.applications.contains(String(mark.prefix { $0 != ":" }))
  }
}
