import Testing

@testable import ZeroTouchValidation

/// Pods against the level that their namespace enforces.
struct PodSecurityTests {
  private func found(_ pod: String, level: String? = "baseline", more: [String: String] = [:]) async throws -> [String]
  {
    let labels = level.map { ", labels: {pod-security.kubernetes.io/enforce: \($0)}" } ?? ""
    let pair = TwoApplications(
      first: "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n",
      second:
        "apiVersion: v1\nkind: Pod\nmetadata: {name: one}\nspec:\n\(pod)\n---\napiVersion: v1\nkind: Namespace\nmetadata: {name: second\(labels)}\n"
    )
    return try await findings(pair.files.merging(more) { $1 }, .privilegedPod)
  }

  @Test(arguments: [
    "  initContainers:\n    - {name: a, securityContext: {privileged: true}}",
    "  containers:\n    - {name: a, securityContext: {capabilities: {add: [SYS_ADMIN]}}}",
    "  containers:\n    - {name: a, ports: [{hostPort: 80, containerPort: 80}]}",
    "  containers: [{name: b}]\n  hostPID: true",
  ])
  func `what baseline forbids is found wherever it stands`(_ pod: String) async throws {
    #expect(try await found(pod) == ["ZT323 parts/second/all.yaml:6"])
    #expect(try await found(pod, level: "privileged") == [])
    #expect(try await found(pod, level: nil) == [], "nobody says that this is Talos")
    let machine = "machine: {sysctls: {a: \"1\"}}\n"
    #expect(
      try await found(pod, level: nil, more: ["machines/patch.yaml": machine]) == ["ZT323 parts/second/all.yaml:6"],
      "Talos enforces baseline by itself")
    let admission =
      "cluster:\n  apiServer:\n    admissionControl:\n      - name: PodSecurity\n        configuration: {defaults: {enforce: privileged}}\n"
    #expect(try await found(pod, level: nil, more: ["machines/patch.yaml": machine + admission]) == [])
  }

  @Test func `what restricted asks for and is not said is found`() async throws {
    let bare = "  containers:\n    - name: a\n      image: example.org/a:1.0.0"
    #expect(try await found(bare, level: "restricted") == ["ZT323 parts/second/all.yaml:6"])
    #expect(try await found(bare) == [])
    let whole =
      "  securityContext: {runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}\n\(bare)\n      securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}"
    #expect(try await found(whole, level: "restricted") == [])
  }
}
