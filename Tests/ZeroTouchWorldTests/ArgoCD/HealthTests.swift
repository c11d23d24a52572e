import Testing
import ZeroTouchModel

@testable import ZeroTouchWorld

struct HealthTests {
  private func health(_ apiVersion: String, _ kind: String, _ conditions: [(String, String)], knows: Bool = false)
    -> String
  {
    let object: JSONValue = [
      "apiVersion": .string(apiVersion), "kind": .string(kind), "metadata": ["name": "x"],
      "status": [
        "conditions": .array(conditions.map { ["type": .string($0.0), "status": .string($0.1), "message": "m"] })
      ],
    ]
    let checks = HealthChecks(applications: .none, knowsGatewayClasses: knows)
    return checks.health(of: object)?.status.rawValue ?? "none"
  }

  @Test(arguments: [
    ("external-secrets.io/v1", "ClusterSecretStore", "Ready", "True", "Healthy"),
    ("external-secrets.io/v1", "ClusterSecretStore", "Ready", "False", "Degraded"),
    ("external-secrets.io/v1", "ExternalSecret", "Ready", "False", "Degraded"),
    ("gateway.networking.k8s.io/v1", "Gateway", "Programmed", "False", "Progressing"),
    ("gateway.networking.k8s.io/v1", "Gateway", "Programmed", "True", "Healthy"),
    ("gateway.networking.k8s.io/v1", "Gateway", "Accepted", "False", "Degraded"),
    ("gateway.networking.k8s.io/v1", "Gateway", "ResolvedRefs", "False", "Degraded"),
    ("external-secrets.io/v1", "SecretStore", "Ready", "False", "Degraded"),
    ("pkg.crossplane.io/v1", "Provider", "Healthy", "False", "Degraded"),
    ("nop.crossplane.io/v1alpha1", "NopResource", "Synced", "False", "Degraded"),
    ("apiextensions.k8s.io/v1", "CustomResourceDefinition", "Established", "False", "Degraded"),
    ("cert-manager.io/v1", "Certificate", "Ready", "False", "Degraded"),
    ("cert-manager.io/v1", "ClusterIssuer", "Ready", "False", "Degraded"),
    ("pkg.crossplane.io/v1", "Provider", "Installed", "False", "Degraded"),
    ("apiextensions.crossplane.io/v1", "CompositeResourceDefinition", "Established", "True", "Healthy"),
    ("s3.aws.upbound.io/v1", "Bucket", "Synced", "False", "Degraded"),
    ("apiextensions.k8s.io/v1", "CustomResourceDefinition", "Established", "True", "Healthy"),
    ("keda.sh/v1alpha1", "ScaledObject", "Ready", "False", "Degraded"),
    ("cert-manager.io/v1", "Certificate", "Issuing", "True", "Progressing"),
    ("argoproj.io/v1alpha1", "ApplicationSet", "ResourcesUpToDate", "True", "Healthy"),
    ("argoproj.io/v1alpha1", "ApplicationSet", "ErrorOccurred", "True", "Degraded"),
    ("argoproj.io/v1alpha1", "ApplicationSet", "ParametersGenerated", "True", "Progressing"),
    ("apiregistration.k8s.io/v1", "APIService", "Available", "False", "Progressing"),
    ("batch/v1", "Job", "Complete", "True", "Healthy"),
    ("example.org/v1", "Widget", "Ready", "False", "none"),
  ])
  func `kinds are judged by their conditions`(
    _ apiVersion: String, _ kind: String, _ type: String, _ status: String, _ expected: String
  ) {
    #expect(health(apiVersion, kind, [(type, status)]) == expected)
  }

  @Test(arguments: [
    ("Deployment", 2, ["updatedReplicas": 2, "replicas": 2, "availableReplicas": 2], "Healthy"),
    ("Deployment", 2, ["updatedReplicas": 2, "replicas": 2, "availableReplicas": 1], "Progressing"),
    ("StatefulSet", 1, ["readyReplicas": 1, "observedGeneration": 1], "Healthy"),
    ("StatefulSet", 1, ["readyReplicas": 0, "observedGeneration": 1], "Progressing"),
    ("DaemonSet", 0, ["desiredNumberScheduled": 2, "updatedNumberScheduled": 2, "numberAvailable": 2], "Healthy"),
    ("DaemonSet", 0, ["desiredNumberScheduled": 2, "updatedNumberScheduled": 2, "numberAvailable": 1], "Progressing"),
  ])
  func `workloads are judged by their controllers' figures`(
    kind: String, replicas: Int, figures: [String: Int], expected: String
  ) {
    let object: JSONValue = [
      "apiVersion": "apps/v1", "kind": .string(kind), "metadata": ["name": "x"],
      "spec": ["replicas": JSONValue(replicas)], "status": .object(figures.mapValues { JSONValue($0) }),
    ]
    #expect(HealthChecks().health(of: object)?.status.rawValue == expected)
  }

  @Test func `what Crossplane brings is healthy before it has a status, and stuck rollouts are degraded`() {
    let bucket: JSONValue = ["apiVersion": "s3.aws.upbound.io/v1", "kind": "Bucket", "metadata": ["name": "x"]]
    #expect(HealthChecks().health(of: bucket)?.status == .healthy)
    let stuck: JSONValue = [
      "apiVersion": "apps/v1", "kind": "Deployment", "metadata": ["name": "x"],
      "status": ["conditions": [["type": "Progressing", "reason": "ProgressDeadlineExceeded", "status": "False"]]],
    ]
    #expect(HealthChecks().health(of: stuck)?.status == .degraded)
  }

  @Test func `gateway classes are judged from Argo CD 3.5 on`() {
    #expect(health("gateway.networking.k8s.io/v1", "GatewayClass", [("Accepted", "False")]) == "none")
    #expect(health("gateway.networking.k8s.io/v1", "GatewayClass", [("Accepted", "False")], knows: true) == "Degraded")
  }

  @Test func `a load balancer without an address and a claim without a volume are progressing`() {
    let checks = HealthChecks()
    let service: JSONValue = ["apiVersion": "v1", "kind": "Service", "spec": ["type": "LoadBalancer"]]
    let claim: JSONValue = ["apiVersion": "v1", "kind": "PersistentVolumeClaim", "status": ["phase": "Pending"]]
    #expect(checks.health(of: service)?.status == .progressing)
    #expect(checks.health(of: claim)?.status == .progressing)
  }

  @Test func `scripts are told apart by what they do`() {
    #expect(ApplicationHealthCheck(script: nil) == .none)
    #expect(ApplicationHealthCheck(script: ArgoCDWorld.copyingScript) == .copiesHealth)
    #expect(ApplicationHealthCheck(script: ArgoCDWorld.gatingScript) == .wantsSynced(atSpec: false))
  }

  @Test func `paths to ignore are read as far as they are paths`() {
    #expect(IgnoredPath(jq: ".webhooks[].clientConfig.caBundle")?.steps.count == 4)
    #expect(IgnoredPath(jq: ".spec.versions[] | select(.name == \"v1\") | .schema")?.steps.count == 4)
    #expect(
      IgnoredPath(jq: #".a["b]c"]?.[0]."d-e"?.[].f_1"#)?.steps == [
        .key("a"), .key("b]c"), .index(0), .key("d-e"), .every, .key("f_1"),
      ])
    for other in ["del(.a)", ".a[x]", ".a[\"b]", "a", ".a b", ".1", #""a""#, ".a[0"] {
      #expect(IgnoredPath(jq: other) == nil, "\(other)")
    }
  }
}
