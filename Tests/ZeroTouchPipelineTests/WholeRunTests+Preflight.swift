import Foundation
import Synchronization
import TestSupport
import Testing
import ZeroTouchManifests
import ZeroTouchModel
import ZeroTouchPipeline
import ZeroTouchTools

extension WholeRunTests {
  @Test func `the preflight finds everything at once, before any machine is asked`() async throws {
    let spec = Fixtures.spec(hasSecrets: true)
    let bootstrap = try prepare(spec)
    try write("tampered", to: bootstrap.cached(Fixtures.lock.artifacts[1]))
    try write(GitOpsRepository(repoURL: spec.gitops.repoURL, revision: "other").text, to: bootstrap.layout.repository)
    let tools = ScriptedToolRunner { invocation in
      switch invocation.tool {
      case "helm": .printing("v3.10.0+g1")
      case "git":
        if invocation.arguments.contains("status") {
          .printing("?? platform/new.yaml\n")
        } else if invocation.arguments.contains("ls-remote") {
          .printing("ffff\trefs/heads/main\n")
        } else {
          .printing("abc123\n")
        }
      case "talosctl": .printing("Client:\n\tTag: v1.12.3\n")
      default: .printing("{\"clientVersion\":{\"gitVersion\":\"v1.35.2-dispatcher\"}}")
      }
    }
    let error = await #expect(throws: PipelineError.self) {
      _ = try await run(bootstrap, bootstrap.plan(), tools, secrets: ["KEY": "value"])
    }
    guard case .preflight(let problems) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    let text = problems.map(\.message).joined(separator: "\n")
    for part in [
      "helm` is 3.10.0", "talosctl` is 1.12.3", "dispatcher", "cilium` is not the one that the lock pins", "env:KEY_ID",
      "revision `other`", "platform/new.yaml", "Argo CD would sync commit ffff",
    ] { #expect(text.contains(part)) }
    #expect(error?.exitStatus == .preflightFailed)
    #expect(!FileManager.default.fileExists(atPath: "\(scratch.path)/state"))
    #expect(tools.mutations.isEmpty)
  }

  @Test func `secrets are injected into a cluster that runs, again only when they changed`() async throws {
    let spec = Fixtures.spec(provider: .existing, hasSecrets: true)
    let bootstrap = Fixtures.bootstrap(spec, directory: scratch.path)
    let cluster = ScriptedCluster(spec)
    for (values, changes) in [(secrets, 1), (secrets, 0), (["KEY_ID": "other", "KEY": "rotated"], 1)] {
      let tools = cluster.tools
      _ = try await run(bootstrap, bootstrap.injectionPlan, tools, secrets: values)
      #expect(tools.mutations.count == changes)
    }
    let tools = cluster.tools
    let error = await #expect(throws: PipelineError.self) {
      _ = try await run(bootstrap, bootstrap.injectionPlan, tools, secrets: ["KEY": "value"])
    }
    #expect(error?.exitStatus == .preflightFailed)
    #expect(error?.description.contains("type `export KEY_ID=…`; or name another reference") == true)
    #expect(tools.mutations.isEmpty)
  }

  @Test(arguments: [(ClusterSpec.Provider.talos, false, true), (.existing, false, true), (.existing, true, false)])
  func `a store in Git that nobody gives credentials is found in the preflight`(
    _ provider: ClusterSpec.Provider, _ holdsSecret: Bool, _ isRefused: Bool
  ) async throws {
    let prepared = try prepare(Fixtures.spec(provider: provider))
    let store = Application([
      "apiVersion": "argoproj.io/v1alpha1", "kind": "Application",
      "metadata": ["name": "aws-parameter-store", "namespace": "argocd"],
      "spec": ["source": ["repoURL": "https://example.org/platform.git", "path": "x"]],
    ])
    let bootstrap = Bootstrap(
      spec: prepared.spec, layout: prepared.layout, lock: prepared.lock, cache: prepared.cache,
      workspace: prepared.workspace, applications: ExpectedApplications([store].compactMap(\.self)))
    let cluster = ScriptedCluster(prepared.spec, ScriptedCluster.State(configured: ["cp01"]))
    if holdsSecret { cluster.state.withLock { $0.secret = ["metadata": ["name": "aws-access-token"]] } }
    let plan = BootstrapPlan(cluster: "demo", steps: bootstrap.plan().steps.filter { $0.stage == "preflight" })
    do {
      _ = try await run(bootstrap, plan, cluster.tools)
      #expect(!isRefused)
    } catch let error as PipelineError {
      #expect(isRefused)
      #expect(error.exitStatus == .preflightFailed)
      #expect(error.description.contains("needs the Secret `external-secrets/aws-access-token`"))
      #expect(error.description.contains("secrets: {aws: {accessKeyID: env:AWS_ACCESS_KEY_ID"))
    }
  }

  @Test(arguments: ["dev", "staging", "production"], [true, false])
  func `the spec is held against the store of its own stage, in the folder that its Application names`(
    _ stage: String, _ agrees: Bool
  ) async throws {
    var spec = Fixtures.spec(hasSecrets: true)
    // The wrong one is what another stage looks in.
    spec.secrets.aws?.prefix = agrees ? "/zerotouch/\(stage)" : "/zerotouch/other"
    let prepared = try prepare(spec)
    let folder = "platform/stages/\(stage)/aws-parameter-store"
    let store = Application([
      "apiVersion": "argoproj.io/v1alpha1", "kind": "Application", "metadata": ["name": "aws-parameter-store"],
      "spec": ["source": ["repoURL": "https://example.org/platform.git", "path": .string(folder)]],
    ])
    let bootstrap = Bootstrap(
      spec: spec, layout: prepared.layout, lock: prepared.lock, cache: prepared.cache,
      workspace: prepared.workspace, applications: ExpectedApplications([store].compactMap(\.self)))
    let cluster = ScriptedCluster(spec, ScriptedCluster.State(configured: ["cp01"])).tools
    let tools = ScriptedToolRunner { invocation throws(ToolError) in
      guard invocation.arguments.first == "kustomize" else { return try await cluster.run(invocation) }
      let own = invocation.arguments.last == prepared.layout.path(folder)
      return .printing(Self.stores(prefix: own ? "/zerotouch/\(stage)" : "/zerotouch/other"))
    }
    let plan = BootstrapPlan(cluster: "demo", steps: bootstrap.plan().steps.filter { $0.stage == "preflight" })
    do {
      _ = try await run(bootstrap, plan, tools)
      #expect(agrees)
    } catch let error as PipelineError {
      #expect(!agrees && error.exitStatus == .preflightFailed)
      #expect(error.description.contains("`/zerotouch/other`, but the store in Git looks in `/zerotouch/\(stage)`"))
    }
  }

  /// What a kustomization with the platform's store and the tenants' prints.
  private static func stores(prefix: String) -> String {
    ["tenant-parameter-store", "aws-parameter-store"].map { name in
      """
      apiVersion: external-secrets.io/v1
      kind: ClusterSecretStore
      metadata: {name: \(name)}
      spec: {provider: {aws: {service: ParameterStore, region: eu-central-1, prefix: \(prefix)\(name.hasPrefix("tenant") ? "/tenants" : "")}}}

      """
    }.joined(separator: "---\n")
  }

  @Test(arguments: [(ClusterSpec.Provider.talos, true), (.existing, false)])
  func `a kubectl far from the pinned Kubernetes is a warning, and nothing is known of a cluster that exists`(
    _ provider: ClusterSpec.Provider, _ warns: Bool
  ) async throws {
    let bootstrap = try prepare(Fixtures.spec(provider: provider))
    let events = EventLog()
    let state = ScriptedCluster.State(configured: ["cp01"], kubectl: "v1.37.1")
    let plan = BootstrapPlan(cluster: "demo", steps: bootstrap.plan().steps.filter { $0.stage == "preflight" })
    _ = try await run(bootstrap, plan, ScriptedCluster(bootstrap.spec, state).tools, events: events)
    let said = events.lines.joined(separator: "\n")
    #expect(said.contains("more than one minor version away from the cluster's 1.35.4") == warns)
  }

  @Test func `an artifact that is exchanged after the preflight is found before it is used`() async throws {
    let spec = Fixtures.spec()
    let bootstrap = try prepare(spec)
    let (cluster, chart) = (ScriptedCluster(spec).tools, bootstrap.cached(Fixtures.artifact("argo-cd")))
    let tools = ScriptedToolRunner { invocation throws(ToolError) in
      if invocation.arguments.last == "bootstrap" { try? Data("tampered".utf8).write(to: URL(filePath: chart)) }
      return try await cluster.run(invocation)
    }
    let error = await #expect(throws: PipelineError.self) { _ = try await run(bootstrap, bootstrap.plan(), tools) }
    #expect(error?.description.contains("`argocd` failed") == true, "\(error?.description ?? "")")
    #expect(error?.description.contains(SHA256.hexadecimal(of: "tampered".utf8)) == true)
    #expect(!tools.invocations.contains { $0.tool == "helm" && $0.arguments.contains("argocd") })
  }

  @Test func `a Cilium that the gates could not work with ends the run before any machine is touched`() async throws {
    let spec = Fixtures.spec()
    let bootstrap = try prepare(spec)
    let cluster = ScriptedCluster(spec).tools
    let tools = ScriptedToolRunner { invocation throws(ToolError) in
      guard invocation.tool == "helm", invocation.arguments.first == "template" else {
        return try await cluster.run(invocation)
      }
      return .printing(CiliumRendering.text.replacing("replicas: 2", with: "replicas: 1"))
    }
    let error = await #expect(throws: PipelineError.self) { _ = try await run(bootstrap, bootstrap.plan(), tools) }
    #expect(error?.description.contains("set `operator.replicas: 2`") == true, "\(error?.description ?? "")")
    #expect(tools.mutations.isEmpty)
  }

  @Test func `a value that the chart does not know ends the run with its place`() async throws {
    let spec = Fixtures.spec()
    let bootstrap = try prepare(spec)
    try write("operator: {replcas: 2}\n", to: bootstrap.layout.ciliumValues)
    let tools = ScriptedCluster(spec).tools
    let error = await #expect(throws: PipelineError.self) { _ = try await run(bootstrap, bootstrap.plan(), tools) }
    #expect(error?.description.contains("cilium/values.yaml:1:12: error:") == true, "\(error?.description ?? "")")
    #expect(error?.description.contains("did you mean `replicas`?") == true)
    #expect(error?.exitStatus == .inputWrong)
    #expect(tools.mutations.isEmpty)
  }
}
