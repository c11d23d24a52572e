import Foundation
import TestSupport
import Testing
import ZeroTouchManifests
import ZeroTouchModel
import ZeroTouchTools

@testable import ZeroTouchRehearsal

/// What keeps tenants apart from the platform and from each other.
@Suite(.enabled(if: RealTools.arePresent, "scripts/tools has not brought kubectl"))
struct TenantFenceTests {
  private static func objects(_ folder: String) async throws -> [JSONValue] {
    try await withTemporaryFolder { home in
      let path = "\(BuiltProgram.packageRoot)/\(folder)"
      let text = try await RealTools.runner(home: home).succeed(Kubectl.kustomize(path)).text
      return try ManifestReader.objects(in: text, file: folder)
    }
  }

  private static func named(_ kind: String, _ name: String, in objects: [JSONValue]) throws -> JSONValue {
    try #require(objects.first { $0["kind"]?.stringValue == kind && $0[path: "metadata", "name"]?.stringValue == name })
  }

  @Test func `the quota leaves no Service that opens a port of a node or asks for an address`() async throws {
    let quota = try Self.named("ResourceQuota", "tenant", in: try await Self.objects("tenants/landing-zones"))
    let hard = quota[path: "spec", "hard"]?.stringMap ?? [:]
    #expect(hard["services.loadbalancers"] == "0" && hard["services.nodeports"] == "0")
    // Behind `count/` stands a resource with its group: Kubernetes counts nothing by the name of one of these.
    #expect(!hard.keys.contains { $0.hasPrefix("count/services.") })
  }

  @Test func `every store answers in named namespaces alone, and tenants have one of their own`() async throws {
    for (folder, prefix) in [
      ("01-foundation", "/zerotouch/prod"), ("stages/staging", "/zerotouch/staging"), ("stages/dev", "/zerotouch/dev"),
    ] {
      let objects = try await Self.objects("platform/\(folder)/aws-parameter-store")
      let own = try Self.named("ClusterSecretStore", "aws-parameter-store", in: objects)["spec"]
      let namespaces = (own?["conditions"]?.arrayValue ?? []).flatMap { $0["namespaces"]?.arrayValue ?? [] }
      #expect(!namespaces.isEmpty && !namespaces.contains { $0.stringValue?.hasPrefix("tenant") == true })
      #expect(own?["conditions"]?.arrayValue?.allSatisfy { $0["namespaces"] != nil } == true)
      let tenants = try Self.named("ClusterSecretStore", "tenant-parameter-store", in: objects)["spec"]
      #expect(tenants?[path: "provider", "aws", "prefix"]?.stringValue == "\(prefix)/tenants")
      let layers = (tenants?["conditions"]?.arrayValue ?? []).map {
        $0[path: "namespaceSelector", "matchLabels", "zerotouch.dev/layer"]
      }
      #expect(layers == ["tenant"])
    }
    for object in try await Self.objects("tenants/landing-zones") where object["kind"] == "ExternalSecret" {
      #expect(object[path: "spec", "secretStoreRef", "name"] == "tenant-parameter-store")
    }
  }

  @Test func `owners change no fence of theirs, and fetch no parameters`() async throws {
    let zones = try await Self.objects("tenants/landing-zones").filter { $0["kind"] == "RoleBinding" }
    #expect(zones.compactMap { $0[path: "roleRef", "name"]?.stringValue }.sorted() == ["tenant-owner", "view"])
    let roles = try await Self.objects("platform/01-foundation/configuration")
    let rules = try Self.named("ClusterRole", "tenant-owner", in: roles)["rules"]?.arrayValue ?? []
    let fences: Set = ["networkpolicies", "resourcequotas", "limitranges", "roles", "rolebindings", "*"]
    for rule in rules where rule["apiGroups"] != ["platform.bizmatters.io"] {
      let resources = (rule["resources"]?.arrayValue ?? []).compactMap(\.stringValue)
      #expect(fences.isDisjoint(with: resources))
      #expect(rule["apiGroups"]?.arrayValue?.contains("external-secrets.io") == false)
    }
    let overlay = try await Self.objects("platform/overlays/main-production")
    let rbac = try Self.named("Application", "external-secrets", in: overlay)[
      path: "spec", "source", "helm", "valuesObject", "rbac"]
    #expect(rbac == ["aggregateToEdit": false, "aggregateToAdmin": false])
  }

  @Test func `tenants' Applications belong to a project that keeps them in their namespaces`() async throws {
    let overlay = try await Self.objects("platform/overlays/main-production")
    let set = try Self.named("ApplicationSet", "tenants", in: overlay)
    let template = try #require(set[path: "spec", "template", "spec"])
    // Both are named after the folder, so that no tenant's Application is in another one's project.
    #expect(template["project"] == "tenant-{{ .path.basename }}")
    #expect(template[path: "destination", "namespace"] == template["project"])
    let zones = try await Self.objects("tenants/landing-zones")
    let projects = zones.filter { $0["kind"] == "AppProject" }
    #expect(projects.count == zones.filter { $0["kind"] == "Namespace" }.count && !projects.isEmpty)
    for project in projects {
      #expect(project[path: "metadata", "namespace"] == "argocd")
      let (name, spec) = (try #require(project[path: "metadata", "name"]), project["spec"])
      #expect(spec?["destinations"] == [["server": "https://kubernetes.default.svc", "namespace": name]])
      #expect(spec?["sourceRepos"]?.arrayValue == [try #require(set.firstRepository)])
      #expect(spec?["clusterResourceWhitelist"] == [])
      let groups = (spec?["namespaceResourceWhitelist"]?.arrayValue ?? []).compactMap { $0["group"]?.stringValue }
      #expect(Set(groups).isSubset(of: ["platform.bizmatters.io", "", "apps", "autoscaling", "batch", "policy"]))
      #expect(groups.count > 5)
    }
  }

  /// What fences a tenant in, or takes from others.
  private static let forbidden = [
    ("", "ResourceQuota"), ("", "LimitRange"), ("networking.k8s.io", "NetworkPolicy"),
    ("rbac.authorization.k8s.io", "RoleBinding"), ("external-secrets.io", "ExternalSecret"),
    ("cert-manager.io", "Certificate"), ("gateway.networking.k8s.io", "Gateway"),
    ("gateway.networking.k8s.io", "HTTPRoute"), ("kubernetes.m.crossplane.io", "Object"),
    ("argoproj.io", "Application"), ("cilium.io", "CiliumNetworkPolicy"), ("kagent.dev", "Agent"),
    ("postgresql.cnpg.io", "Cluster"),
  ]

  @Test func `a project names what its tenant may bring, and leaves out all that fences or takes from others`()
    async throws
  {
    let project = try Self.named("AppProject", "tenant-example", in: try await Self.objects("tenants/landing-zones"))
    let allowed = project[path: "spec", "namespaceResourceWhitelist"]?.arrayValue ?? []
    func permits(_ group: String, _ kind: String) -> Bool {
      allowed.contains { entry in
        [entry["group"]?.stringValue, "*"].contains(group) && [kind, "*"].contains(entry["kind"]?.stringValue ?? "*")
      }
    }
    for (group, kind) in Self.forbidden { #expect(!permits(group, kind), "\(group) \(kind)") }
    for (group, kind) in [("platform.bizmatters.io", "WebService"), ("apps", "Deployment"), ("", "ConfigMap")] {
      #expect(permits(group, kind), "\(group) \(kind)")
    }
    // No group by a pattern, which would let in what is installed later.
    #expect(!allowed.contains { $0["group"]?.stringValue?.contains("*") == true })
  }

  @Test func `temporary credentials are read with their token once the component is named`() async throws {
    try await withTemporaryFolder { folder in
      try copyRepository(to: folder)
      let path = "\(folder)/platform/01-foundation/aws-parameter-store/kustomization.yaml"
      let text = try String(contentsOfFile: path, encoding: .utf8)
      #expect(!text.contains("session-token"))
      try "\(text)components:\n  - ../session-token\n".write(toFile: path, atomically: true, encoding: .utf8)
      let output = try await RealTools.runner(home: folder).succeed(
        Kubectl.kustomize("\(folder)/platform/stages/dev/aws-parameter-store"))
      let stores = try ManifestReader.objects(in: output.text, file: "stores").filter {
        $0["kind"] == "ClusterSecretStore"
      }
      #expect(stores.count == 2)
      for store in stores {
        let references = store[path: "spec", "provider", "aws", "auth", "secretRef"]
        #expect(references?[path: "sessionTokenSecretRef", "key"] == "AWS_SESSION_TOKEN")
        #expect(references?[path: "accessKeyIDSecretRef", "key"] == "AWS_ACCESS_KEY_ID")
      }
    }
  }

  @Test(arguments: ["platform/03-intelligence/agents", "platform/03-intelligence/services"])
  func `no server takes requests before it listens`(folder: String) async throws {
    let servers = try await Self.objects(folder).filter { $0["kind"] == "Deployment" }
    #expect(!servers.isEmpty)
    for container in servers.flatMap({ $0[path: "spec", "template", "spec", "containers"]?.arrayValue ?? [] })
    where container["ports"] != nil { #expect(container["readinessProbe"] != nil, "\(container["name"] ?? .null)") }
  }
}

extension JSONValue {
  /// The repository that an ApplicationSet's template takes from.
  fileprivate var firstRepository: JSONValue? { self[path: "spec", "template", "spec", "source", "repoURL"] }
}
