import Testing
import ZeroTouchModel

@testable import ZeroTouchWorld

struct ApplicationSetTests {
  private static let key = ObjectKey(GroupResource("applicationsets", "argoproj.io"), "argocd", "tenants")

  private func world() -> ArgoCDWorld {
    var argo = ArgoCDWorld()
    argo.apply(
      CustomKind(
        group: "argoproj.io", kind: "ApplicationSet", plural: "applicationsets", isNamespaced: true,
        versions: ["v1alpha1"]
      ).definition)
    argo.after(3)
    argo.repository["tenants/applications/a"] = [Wanted.configMap("of-a")]
    argo.folders = ["tenants", "tenants/applications", "tenants/applications/a", "tenants/applications/draft"]
    return argo
  }

  private static func set(_ name: String = "tenant-{{ .path.basename }}") -> JSONValue {
    var template = Wanted.application("x", path: "{{ .path.path }}")
    template["apiVersion"] = nil
    template["kind"] = nil
    template["metadata"] = ["name": .string(name)]
    return [
      "apiVersion": "argoproj.io/v1alpha1", "kind": "ApplicationSet",
      "metadata": ["name": "tenants", "namespace": "argocd"],
      "spec": [
        "goTemplate": true, "template": template,
        "generators": [
          [
            "git": [
              "repoURL": "https://git.example/p.git", "revision": "main",
              "directories": [
                ["path": "tenants/applications/*"], ["path": "tenants/applications/draft", "exclude": true],
              ],
            ]
          ]
        ],
      ],
    ]
  }

  @Test func `a set makes an application for each folder, and takes it away with the folder`() {
    var argo = world()
    argo.apply(Self.set())
    argo.after(10)
    #expect(!argo.exists("tenant-a"))
    argo.run(.deployments, "argocd-applicationset-controller", in: "argocd")
    argo.after(10)
    #expect(argo.state("tenant-a") == "Synced Healthy")
    #expect(!argo.exists("tenant-draft"))
    #expect(argo.object(.configMaps, "of-a") != nil)
    #expect(HealthChecks().health(of: argo.world.objects[Self.key] ?? [:])?.status == .healthy)
    argo.folders = ["tenants"]
    argo.after(200)
    #expect(!argo.exists("tenant-a"))
  }

  private func condition(_ type: String, _ argo: ArgoCDWorld) -> String {
    let condition = argo.world.objects[Self.key]?.condition(type)
    return ["status", "reason", "message"].map { condition?[$0]?.stringValue ?? "-" }.joined(separator: " ")
  }

  @Test func `a set whose applications the API refuses says so in the API's words`() {
    var argo = world()
    argo.run(.deployments, "argocd-applicationset-controller", in: "argocd")
    argo.folders.append("tenants/applications/Team_A")
    argo.apply(Self.set())
    argo.after(10)
    let told = condition("ErrorOccurred", argo)
    let refusal = #"True UpdateApplicationError Application.argoproj.io "tenant-Team_A" is invalid: "#
    #expect(told.hasPrefix(refusal), "\(told)")
    #expect(condition("ResourcesUpToDate", argo).hasPrefix("False UpdateApplicationError "))
    #expect(HealthChecks().health(of: argo.world.objects[Self.key] ?? [:])?.status == .degraded)
    #expect(argo.exists("tenant-a"))
  }

  @Test func `a set tries again soon what was refused`() {
    var argo = world()
    argo.run(.deployments, "argocd-applicationset-controller", in: "argocd")
    argo.refuse(.applications)
    argo.apply(Self.set())
    argo.after(5)
    #expect(condition("ErrorOccurred", argo).contains("failed calling webhook"))
    argo.acceptAgain()
    argo.after(20)
    #expect(condition("ErrorOccurred", argo).hasPrefix("False "))
    #expect(argo.exists("tenant-a"))
  }

  @Test func `a set is listed again when its controller comes back`() {
    var argo = world()
    let controller = ObjectKey(.deployments, "argocd", "argocd-applicationset-controller")
    argo.run(.deployments, controller.name, in: "argocd")
    argo.apply(Self.set())
    argo.after(10)
    argo.world.objects.update(controller) { $0[path: "status", "readyReplicas"] = 0 }
    argo.after(200)
    argo.folders.append("tenants/applications/b")
    argo.world.objects.update(controller) { $0[path: "status", "readyReplicas"] = 1 }
    argo.after(10)
    #expect(argo.exists("tenant-b"))
    argo.folders.append("tenants/applications/c")
    argo.after(200)
    #expect(argo.exists("tenant-c"))
  }

  @Test func `a template that asks for something unknown makes the set degraded`() {
    var argo = world()
    argo.run(.deployments, "argocd-applicationset-controller", in: "argocd")
    argo.apply(Self.set("{{ .path.segments }}"))
    argo.after(10)
    let health = HealthChecks().health(of: argo.world.objects[Self.key] ?? [:])
    #expect(health?.status == .degraded)
    #expect(health?.message.contains(".path.segments") == true)
  }
}
