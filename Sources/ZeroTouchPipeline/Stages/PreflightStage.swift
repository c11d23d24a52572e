import Foundation
import ZeroTouchManifests
import ZeroTouchModel
import ZeroTouchTools

/// Finds, before anything is touched, what would fail later: programs, artifacts, secrets, and whether Git holds what
/// is checked out here. Every problem at once.
package enum PreflightStage: Stage {
  package static let name = "preflight"

  /// One thing that has to be right: questions, and the problems their answers show.
  struct Check: Sendable {
    let questions: [Question]
    let problems: @Sendable ([Answer]) -> [Diagnostic]

    init(questions: [Question], problems: @escaping @Sendable ([Answer]) -> [Diagnostic]) {
      self.questions = questions
      self.problems = problems
    }

    init(question: Question, problems: @escaping @Sendable (Answer) -> [Diagnostic]) {
      self.init(questions: [question]) { $0.flatMap(problems) }
    }
  }

  package static func steps(of bootstrap: Bootstrap) -> [Step] {
    [step("check tools, artifacts, secrets and the repository", checks(bootstrap))]
  }

  /// The same, and whether another node holds the address of one that is to join.
  static func joining(_ nodes: [Node], _ bootstrap: Bootstrap) -> Step {
    let taken = Check(question: .run(bootstrap.kubectl.list("nodes"))) { answer in
      let owners = answer.success.flatMap { ObservedNode.list(in: $0) } ?? []
      return nodes.flatMap { node in
        owners.filter { $0.name != node.name && $0.addresses.contains("\(node.address)") }.map {
          Diagnostic(
            "`\(node.address)` of `\(node.name)` is the node `\($0.name)` already",
            remedy: "write the address of the new machine")
        }
      }
    }
    // A worker is given nothing of what Git, its secrets and its stores hold.
    let checks =
      toolChecks(bootstrap.toolbox)
      + [Check(questions: []) { _ in machinePinProblems(bootstrap) }, diskCheck(bootstrap, nodes)]
      + artifactChecks(bootstrap.networkArtifacts + image(bootstrap), bootstrap)
    return step("check tools, artifacts and the new addresses", checks + [taken, renewalCheck(bootstrap)])
  }

  private static func checks(_ bootstrap: Bootstrap) -> [Check] {
    toolChecks(bootstrap.toolbox) + [Check(questions: []) { _ in pinProblems(bootstrap) }]
      + [diskCheck(bootstrap)] + artifactChecks(bootstrap.neededArtifacts, bootstrap)
      + secretChecks(InjectionTable.rows(for: bootstrap.spec))
      + repositoryChecks(bootstrap) + parameterStoreChecks(bootstrap) + storelessChecks(bootstrap)
      + clusterChecks(bootstrap) + [renewalCheck(bootstrap)]
  }

  /// What has to be right before secrets are injected into a cluster that runs.
  static func injection(_ bootstrap: Bootstrap, _ rows: [SecretInjection]) -> Step {
    step(
      "check kubectl, the secrets and the cluster",
      toolChecks(.reading) + secretChecks(rows) + [clusterCheck(bootstrap)])
  }

  /// Only what a rendering needs.
  static func rendering(_ bootstrap: Bootstrap) -> Step {
    let toolbox = Toolbox.machineConfigurations(bootstrap.spec.versions, encrypts: bootstrap.encrypts)
    return step(
      "check tools and artifacts",
      toolChecks(toolbox) + [Check(questions: []) { _ in networkPinProblems(bootstrap) }, diskCheck(bootstrap)]
        + artifactChecks(bootstrap.networkArtifacts, bootstrap))
  }

  /// What the installation of some machines alone needs: the image, nothing else of Git, and no cluster.
  static func installing(_ nodes: [Node], _ bootstrap: Bootstrap) -> Step {
    step(
      "check talosctl, ssh and the image",
      toolChecks(.installing(bootstrap.spec.versions))
        + [Check(questions: []) { _ in imagePinProblems(bootstrap) }, diskCheck(bootstrap, nodes)]
        + artifactChecks(image(bootstrap), bootstrap))
  }

  /// What a look at the disks of machines needs.
  static func surveying(_ bootstrap: Bootstrap) -> Step {
    step("check talosctl and ssh", toolChecks(.installing(bootstrap.spec.versions)))
  }

  /// The image, where it comes out of this laptop's cache.
  private static func image(_ bootstrap: Bootstrap) -> [ArtifactLock.Artifact] {
    bootstrap.installation.sendsImage ? [bootstrap.lock["talos-image"]].compactMap(\.self) : []
  }

  private static func step(_ title: String, _ checks: [Check]) -> Step {
    Step(
      id, title, probe: probe(checks),
      action: Action(
        missing: [], different: .refuse("nothing was touched"), unreachable: .refuse("nothing was touched")),
      expected: ExpectedDuration().adding(.localTool, times: 6), severity: .preflight)
  }

  private static func probe(_ checks: [Check]) -> Probe {
    let questions = checks.flatMap(\.questions)
    return Probe(questions, asksAll: true) { answers in
      guard answers.count == questions.count else { return nil }
      var rest = answers[...]
      var problems: [Diagnostic] = []
      for check in checks {
        problems += check.problems(Array(rest.prefix(check.questions.count)))
        rest = rest.dropFirst(check.questions.count)
      }
      if problems.contains(where: { $0.severity == .error }) {
        return .different(problems.map(\.message).joined(separator: "; "), problems: problems)
      }
      let warnings = problems.map { "; warning: \($0.message), \($0.remedy)" }.joined()
      return .done("\(checks.count) checks passed\(warnings)")
    }
  }

  private static func artifactChecks(_ artifacts: [ArtifactLock.Artifact], _ bootstrap: Bootstrap) -> [Check] {
    let standIns = ArtifactLock(artifacts: artifacts).standIns
    let known = Check(questions: []) { _ in
      standIns.isEmpty
        ? []
        : [
          Diagnostic(
            .warning, "stand-ins take the places of \(standIns.joined(separator: ", "))",
            remedy: "for real machines `zerotouch artifacts fetch`")
        ]
    }
    return [known]
      + artifacts.map { artifact in
        Check(question: .file(bootstrap.cached(artifact))) { answer in
          guard artifact.sha256 != nil else { return [artifact.unpinned] }
          guard case .contents(let data) = answer else { return [artifact.absent] }
          return artifact.problem(withBytes: data.count, sum: SHA256.hexadecimal(of: data)).map { [$0] } ?? []
        }
      }
  }

  /// A device's name is taken literally, and after the next boot it may be another disk's.
  private static func diskCheck(_ bootstrap: Bootstrap) -> Check {
    Check(questions: []) { _ in bootstrap.warnings }
  }

  /// The same of some machines alone.
  private static func diskCheck(_ bootstrap: Bootstrap, _ nodes: [Node]) -> Check {
    Check(questions: []) { _ in bootstrap.diskWarnings(of: nodes) }
  }

  private static func secretChecks(_ rows: [SecretInjection]) -> [Check] {
    var seen: Set<SecretReference> = []
    let references = rows.flatMap(\.references).filter { seen.insert($0).inserted }
    return references.map { reference in
      Check(question: .reference(reference)) { answer in
        if case .observation(let seen) = answer { seen.problems } else { [] }
      }
    }
  }

  /// A rebuild that has not ended is ended first: whoever goes on without it joins the old to the new.
  private static func renewalCheck(_ bootstrap: Bootstrap) -> Check {
    Check(questions: []) { _ in
      guard let rebuild = bootstrap.renewals.cluster, !rebuild.isFinished, !bootstrap.isRebuilt else { return [] }
      return [
        Diagnostic(
          "a rebuild of `\(bootstrap.spec.name)` began at \(rebuild.began) and has not ended",
          remedy: "go on with it: zerotouch rebuild --confirm \(bootstrap.spec.name)")
      ]
    }
  }

  /// A cluster that exists has to answer before anything is asked of it, and kind needs containers.
  private static func clusterChecks(_ bootstrap: Bootstrap) -> [Check] {
    switch bootstrap.spec.provider {
    case .talos: []
    case .kind: [containerCheck]
    case .existing: [clusterCheck(bootstrap)]
    }
  }

  private static var containerCheck: Check {
    Check(question: .run(Kind.clusters)) { answer in
      // A program that is not there is the tool check's to tell.
      guard case .output(let output) = answer, output.status != 0 else { return [] }
      return [
        Diagnostic(
          "kind cannot list its clusters: \(answer.complaint)",
          remedy: "start Docker, and see that this user may use it: docker ps")
      ]
    }
  }

  private static func clusterCheck(_ bootstrap: Bootstrap) -> Check {
    Check(question: .run(bootstrap.kubectl.readyz)) { answer in
      if answer.success != nil { return [] }
      return [
        Diagnostic(
          "the Kubernetes API behind `\(bootstrap.kubeconfig)` does not answer: \(answer.complaint)",
          remedy: "name the kubeconfig of a cluster that runs, with --kubeconfig")
      ]
    }
  }
}
