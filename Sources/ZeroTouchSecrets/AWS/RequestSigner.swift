package import Foundation
import ZeroTouchManifests
package import ZeroTouchModel

/// Signs requests as AWS wants them (Signature Version 4), for one service, region and moment.
package struct RequestSigner: Sendable {
  let credentials: AWSCredentials
  private let scope: String
  private let moment: String
  private let key: [UInt8]

  package init(_ credentials: AWSCredentials, service: String, region: String, now: Date) {
    self.credentials = credentials
    moment = Self.moment(now)
    let day = String(moment.prefix(8))
    scope = "\(day)/\(region)/\(service)/aws4_request"
    key = [day, region, service, "aws4_request"].reduce(Array("AWS4".utf8) + credentials.key.exposed) { key, part in
      HMAC.sum(of: part.utf8, key: key)
    }
  }

  /// The headers of a POST to the root of a host, those that were given and those that vouch for them.
  package func headers(host: String, _ given: [String: String], body: Data) -> [String: Secret] {
    var signed = given.merging(["host": host, "x-amz-date": moment]) { $1 }
    if let token = credentials.token { signed["x-amz-security-token"] = String(decoding: token.exposed, as: UTF8.self) }
    let names = signed.keys.sorted()
    let lines = names.map { "\($0):\(signed[$0] ?? "")\n" }.joined()
    let list = names.joined(separator: ";")
    let request = "POST\n/\n\n\(lines)\n\(list)\n\(SHA256.hexadecimal(of: body))"
    let text = "AWS4-HMAC-SHA256\n\(moment)\n\(scope)\n\(SHA256.hexadecimal(of: request.utf8))"
    let signature = HMAC.sum(of: text.utf8, key: key).map { byte in
      String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
    }.joined()
    signed["authorization"] =
      "AWS4-HMAC-SHA256 Credential=\(credentials.keyID)/\(scope), SignedHeaders=\(list), Signature=\(signature)"
    return signed.mapValues { Secret($0) }
  }

  /// `20150830T123600Z`.
  private static func moment(_ now: Date) -> String {
    let seconds = Int(now.timeIntervalSince1970.rounded(.down))
    let (days, rest) = (seconds / 86400, seconds % 86400)
    let (year, month, day) = date(days)
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(year)\(two(month))\(two(day))T\(two(rest / 3600))\(two(rest / 60 % 60))\(two(rest % 60))Z"
  }

  /// The date that lies so many days behind the first of January 1970, in the Gregorian calendar.
  private static func date(_ days: Int) -> (year: Int, month: Int, day: Int) {
    let shifted = days + 719_468
    let era = shifted / 146_097
    let dayOfEra = shifted % 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let index = (5 * dayOfYear + 2) / 153
    let month = index < 10 ? index + 3 : index - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * index + 2) / 5 + 1)
  }
}
