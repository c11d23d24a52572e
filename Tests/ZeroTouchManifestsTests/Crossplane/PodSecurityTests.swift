import Testing
import ZeroTouchManifests
import ZeroTouchModel

@Test func `the cache's pods keep the restricted Pod Security Standard, as its operator is told`() throws {
  let caches = try Fixture.accepted.flatMap { try $0.rendered() }.filter { $0["kind"] == "Dragonfly" }
  #expect(caches.count >= 2)
  for spec in caches.compactMap({ $0["spec"] }) {
    #expect(spec[path: "podSecurityContext", "runAsNonRoot"] == true)
    #expect(spec[path: "podSecurityContext", "seccompProfile", "type"] == "RuntimeDefault")
    #expect(spec[path: "containerSecurityContext", "allowPrivilegeEscalation"] == false)
    #expect(spec[path: "containerSecurityContext", "capabilities"] == ["drop": ["ALL"]])
  }
}

@Test(arguments: Fixture.accepted)
func `every pod keeps the restricted Pod Security Standard`(claim: Fixture) throws {
  for object in try claim.rendered() {
    guard let pod = object[path: "spec", "template", "spec"] else { continue }
    let security = pod["securityContext"] ?? [:]
    #expect(security["runAsNonRoot"] == true && security[path: "seccompProfile", "type"] == "RuntimeDefault")
    #expect(pod["hostNetwork"] == nil && pod["hostPID"] == nil && pod["hostIPC"] == nil)
    let containers = ["containers", "initContainers"].flatMap { pod[$0]?.arrayValue ?? [] }
    #expect(!containers.isEmpty)
    for container in containers {
      #expect(container[path: "securityContext", "allowPrivilegeEscalation"] == false)
      #expect(container[path: "securityContext", "capabilities"] == ["drop": ["ALL"]])
      #expect(container[path: "securityContext", "privileged"] == nil)
      #expect((container["ports"]?.arrayValue ?? []).allSatisfy { $0["hostPort"] == nil })
      #expect(container[path: "resources", "limits", "memory"] != nil)
    }
  }
}
