import Foundation
import TestSupport
import Testing
import ZeroTouchModel
import ZeroTouchSecrets
import ZeroTouchTools

struct ParameterSilenceTests {
  @Test func `a service that never answers is given up soon, with the reason and without what curl was given`()
    async throws
  {
    let tools = ScriptedToolRunner { _ in .failing("curl: (7) S3CR3T", status: 7) }
    let clock = ManualClock()
    let identity = try #require(
      AWSCredentials(variables: ["AWS_ACCESS_KEY_ID": "AKIA", "AWS_SECRET_ACCESS_KEY": "S3CR3T"]))
    let service = ParameterService(
      region: "eu-central-1", endpoint: try ParameterEndpoint(region: "eu-central-1", variables: [:]),
      credentials: identity, tools: tools, now: { Date(timeIntervalSince1970: 1_795_262_400) })
    let store = ParameterStoreAccess(service, clock: clock)
    let error = await #expect(throws: ParameterStoreError.self) {
      _ = try await clock.running { try await store.described(below: "/zerotouch/prod") }
    }
    #expect(tools.invocations.count == 3)
    #expect(
      error?.description
        == "Parameter Store refused DescribeParameters: nothing answered: there is no connection")
    #expect(error?.remedy.contains("check the network") == true)
  }
}
