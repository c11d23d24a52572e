import Foundation
import TestSupport
import Testing

extension ValidateTests {
  /// The built program on a copy of this repository, with nothing built before; it ends with what is found.
  private func validate(by program: BuiltProgram, in folder: String) async throws -> BuiltProgram.Answer {
    let answer = try await program.run(["validate", folder])
    // Kustomizations were built in there, not taken from an earlier run.
    let builds = try FileManager.default.contentsOfDirectory(atPath: "\(folder)/.cache/zerotouch/kustomize")
    #expect(builds.count > 10)
    return answer
  }

  @Test(.enabled("seccomp or python3 is not here") { try await NoSockets.areForbidden() })
  func `validate opens no socket, and neither does anything it starts`() async throws {
    try await withTemporaryFolder { folder in
      try copyRepository(to: folder)
      let answer = try await validate(by: NoSockets.program(in: folder), in: folder)
      #expect(answer.status == 0 && answer.output.hasPrefix("nothing found; "), "\(answer)")
    }
  }

  @Test(.enabled("seccomp or python3 is not here") { try await NoSockets.areForbidden() })
  func `what names an address is not fetched, and said to be unknown`() async throws {
    try await withTemporaryFolder { folder in
      let remote = "https://github.com/kubernetes-sigs/kustomize//examples/helloWorld?ref=v5.4.1"
      try "resources: [\"\(remote)\"]\n".write(
        toFile: "\(folder)/kustomization.yaml", atomically: true, encoding: .utf8)
      let root = """
        apiVersion: argoproj.io/v1alpha1
        kind: Application
        metadata: {name: shop, namespace: argocd}
        spec:
          project: default
          source: {repoURL: "https://charts.example.org", chart: shop, targetRevision: 1.2.3}
          destination: {server: "https://kubernetes.default.svc", namespace: default}

        """
      try root.write(toFile: "\(folder)/shop.yaml", atomically: true, encoding: .utf8)
      let answer = try await NoSockets.program(in: folder).run(["validate", folder, "--ignore", "ZT1"])
      #expect(answer.status == 0 && answer.output.contains("the chart `shop` is not in the catalogue"), "\(answer)")
    }
  }

  @Test(
    .enabled("unshare, ip and setpriv cannot make a network without a way out here") {
      try await BareNetwork.isAllowed()
    })
  func `validate says the same without a network`() async throws {
    try await withTemporaryFolder { folder in
      try copyRepository(to: folder)
      if getuid() == 0 {
        let owner: [FileAttributeKey: Any] = [.ownerAccountID: 65534, .groupOwnerAccountID: 65534]
        try FileManager.default.setAttributes(owner, ofItemAtPath: folder)
      }
      let program = BuiltProgram(in: folder, inside: BareNetwork.surroundings)
      let answer = try await validate(by: program, in: folder)
      #expect(answer.status == 0 && answer.output.hasPrefix("nothing found; "), "\(answer)")
    }
  }
}
