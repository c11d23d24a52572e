import Foundation
import NIOHTTP1
import ZeroTouchWorld

extension APIRequest {
  /// A request as it came over HTTP; a header that repeats is joined by commas.
  init(_ head: HTTPRequestHead, _ target: RequestTarget, body: some Sequence<UInt8>) {
    let headers = Dictionary(
      head.headers.map { ($0.name.lowercased(), $0.value) }, uniquingKeysWith: { "\($0),\($1)" })
    self.init(head.method.rawValue, target.path, query: target.query, headers: headers, body: Data(body))
  }
}
