import Foundation
import NIOCore
import NIOHTTP1
import ZeroTouchWorld

/// Writes the answer to one request.
struct ReplyWriter {
  let outbound: HTTPConnection.Outbound
  private let isHead: Bool
  private let version: HTTPVersion
  let keepsAlive: Bool

  init(outbound: HTTPConnection.Outbound, head: HTTPRequestHead, keepsAlive: Bool) {
    self.outbound = outbound
    self.isHead = head.method == .HEAD
    self.version = head.version
    self.keepsAlive = keepsAlive
  }

  /// Writes a whole answer in one go.
  func write(_ reply: APIResponse.Reply) async throws {
    let bodyless = reply.status == 304 || reply.status == 204
    let body = bodyless ? Data() : reply.body
    var headers = headers(reply.contentType, reply.headers)
    if !bodyless { headers.replaceOrAdd(name: "Content-Length", value: String(body.count)) }
    var parts: [HTTPServerResponsePart] = [.head(head(reply.status, headers))]
    if !isHead, !body.isEmpty { parts.append(.body(.byteBuffer(ByteBuffer(bytes: body)))) }
    parts.append(.end(nil))
    try await outbound.write(contentsOf: parts)
  }

  /// Begins an answer whose length nobody knows yet.
  func begin(contentType: String) async throws {
    try await outbound.write(.head(head(200, headers(contentType, ["Cache-Control": "no-cache, private"]))))
  }

  func write(chunk lines: [Data]) async throws {
    var buffer = ByteBuffer()
    buffer.reserveCapacity(lines.reduce(0) { $0 + $1.count })
    for line in lines { buffer.writeBytes(line) }
    try await outbound.write(.body(.byteBuffer(buffer)))
  }

  func end() async throws { try await outbound.write(.end(nil)) }

  private func head(_ status: Int, _ headers: HTTPHeaders) -> HTTPResponseHead {
    HTTPResponseHead(version: version, status: .init(statusCode: status), headers: headers)
  }

  private func headers(_ contentType: String, _ others: [String: String]) -> HTTPHeaders {
    var headers = HTTPHeaders([("Content-Type", contentType)])
    for (name, value) in others.sorted(by: { $0.key < $1.key }) { headers.replaceOrAdd(name: name, value: value) }
    if !keepsAlive { headers.replaceOrAdd(name: "Connection", value: "close") }
    return headers
  }
}
