import Testing
import ZeroTouchModel

@testable import ZeroTouchWorld

struct WantedStateTests {
  private static let application = Application(
    ObjectKey(.applications, "argocd", "a"), Wanted.application("a"))

  private func state(_ manifests: [JSONValue], _ argo: ArgoCDWorld) -> WantedState {
    WantedState(manifests, revisions: ["c1"], of: Self.application, in: argo.world)
  }

  @Test func `a state whose kinds nobody knows is taken anew once, when the server serves them`() throws {
    var argo = ArgoCDWorld()
    let before = state([Wanted.widget], argo)
    #expect(!before.isDecided)
    #expect(before.decided(of: Self.application, in: argo.world) == nil)
    argo.apply(Wanted.widgetDefinition)
    argo.after(3)
    let after = try #require(before.decided(of: Self.application, in: argo.world))
    #expect(after.isDecided)
    #expect(after.decided(of: Self.application, in: argo.world) == nil)
    #expect(after.resources.first?.identity.namespace == "apps")
  }

  @Test(arguments: ["Namespaced", "Cluster"])
  func `a definition among the manifests decides, whichever scope it gives`(scope: String) {
    var definition = Wanted.widgetDefinition
    definition[path: "spec", "scope"] = .string(scope)
    let state = state([definition, Wanted.widget], ArgoCDWorld())
    #expect(state.isDecided)
    let widget = state.resources.first { $0.identity.kind == "Widget" }
    #expect(widget?.identity.namespace == (scope == "Cluster" ? "" : "apps"))
  }
}
