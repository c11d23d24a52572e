import Foundation
import NIOCore
import NIOHTTP1
import ZeroTouchWorld

/// One client's connection: requests in, answers out, in order, until one of the two has enough.
struct HTTPConnection {
  typealias Outbound = NIOAsyncChannelOutboundWriter<HTTPServerResponsePart>

  let channel: NIOAsyncChannel<HTTPServerRequestPart, HTTPServerResponsePart>
  let prefix: String
  let host: WorldHost
  let clock: any Clock<Duration>

  func run() async throws {
    try await channel.executeThenClose { inbound, outbound in
      var receiving: ReceivedRequest?
      for try await part in inbound {
        guard let request = try await take(part, &receiving, outbound) else { continue }
        receiving = nil
        guard try await answer(request, outbound) else { break }
      }
    }
  }

  /// Takes a piece of a request; returns the request once nothing more is to come that matters.
  private func take(
    _ part: HTTPServerRequestPart, _ receiving: inout ReceivedRequest?, _ outbound: Outbound
  ) async throws -> ReceivedRequest? {
    switch part {
    case .head(let head):
      receiving = ReceivedRequest(head: head)
      if head.headers[canonicalForm: "Expect"].contains("100-continue") {
        try await outbound.write(.head(HTTPResponseHead(version: head.version, status: .continue)))
      }
      return nil
    case .body(let bytes):
      guard receiving?.append(bytes) == false else { return nil }
      return receiving
    case .end: return receiving
    }
  }

  /// Answers one request and says whether the connection stays open.
  private func answer(_ request: ReceivedRequest, _ outbound: Outbound) async throws -> Bool {
    let writer = ReplyWriter(outbound: outbound, head: request.head, keepsAlive: request.keepsAlive)
    switch RequestTarget.parse(request.head.uri, prefix: prefix) {
    case .failure(.withoutPrefix): try await writer.write(.init(status: 404, contentType: "text/plain", body: Data()))
    case .failure(.malformed): try await writer.write(.refusal(.malformedTarget))
    case .success where request.isOversize: try await writer.write(.refusal(.oversize))
    case .success(let target):
      return try await answer(APIRequest(request.head, target, body: request.bytes), writer)
    }
    return request.keepsAlive
  }

  private func answer(_ request: APIRequest, _ writer: ReplyWriter) async throws -> Bool {
    switch await host.answer(request) {
    case .closed: return false
    case .reply(let reply): try await writer.write(reply)
    case .exec: try await writer.write(.refusal(.upgradeRequired))
    case .watch(let watch): try await WatchResponder(host: host, clock: clock).stream(watch, writer, channel.channel)
    }
    return writer.keepsAlive
  }
}
