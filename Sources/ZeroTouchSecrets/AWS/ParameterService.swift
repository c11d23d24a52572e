package import Foundation
import ZeroTouchModel
package import ZeroTouchTools

/// AWS Systems Manager, asked by curl: requests stand in a configuration on its standard input, many to one connection.
package struct ParameterService: Sendable {
  package let region: String
  private let endpoint: ParameterEndpoint
  private let credentials: AWSCredentials
  private let tools: any ToolRunner
  private let now: @Sendable () -> Date

  /// - Parameter now: The wall-clock time, which every signature holds.
  package init(
    region: String, endpoint: ParameterEndpoint, credentials: AWSCredentials, tools: any ToolRunner,
    now: @escaping @Sendable () -> Date
  ) {
    self.region = region
    self.endpoint = endpoint
    self.credentials = credentials
    self.tools = tools
    self.now = now
  }

  /// The answers to calls, in their order; several curls at once, each with a connection of its own.
  func answers(
    to requests: [ParameterCall], side width: Int, effect: ToolInvocation.Effect = .reads
  ) async throws(ToolError) -> [ParameterAnswer] {
    guard !requests.isEmpty else { return [] }
    let size = (requests.count + width - 1) / width
    let shares = stride(from: 0, to: requests.count, by: size).map {
      Array(requests[$0..<min($0 + size, requests.count)])
    }
    return try await shares.mapSideBySide { share async throws(ToolError) in
      try await answers(to: share, effect: effect)
    }.flatMap(\.self)
  }

  private func answers(
    to requests: [ParameterCall], effect: ToolInvocation.Effect
  ) async throws(ToolError) -> [ParameterAnswer] {
    let signer = RequestSigner(credentials, service: "ssm", region: region, now: now())
    let calls = requests.map { Self.call($0, to: endpoint, signer) }
    let output = try await tools.run(Curl.requests(calls, effect: effect))
    let texts = CurlAnswer.split(output, calls)
    return texts.map { answer in
      ParameterAnswer(
        status: answer.status, body: (try? JSONValue(parsing: answer.body)) ?? .null,
        silence: answer.status == 0 ? CurlAnswer.silence(of: output.status) : nil)
    }
  }

  private static func call(
    _ request: ParameterCall, to endpoint: ParameterEndpoint, _ signer: RequestSigner
  ) -> CurlRequest {
    let given = ["content-type": "application/x-amz-json-1.1", "x-amz-target": "AmazonSSM.\(request.action)"]
    let headers = signer.headers(host: endpoint.host, given, body: request.body.exposed)
    return CurlRequest(url: endpoint.url, headers: headers.filter { $0.key != "host" }, body: request.body)
  }
}
