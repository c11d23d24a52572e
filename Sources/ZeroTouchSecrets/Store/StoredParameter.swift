package import Foundation
import ZeroTouchModel

/// What the store says of a parameter, without its value.
package struct StoredParameter: Sendable, Hashable {
  package let name: String
  /// Who wrote it last, as AWS names users and roles.
  package let owner: String
  package let modified: Date
  package let version: Int
  /// `SecureString`, `String` or `StringList`.
  package let type: String
  /// The key that encrypts it, where it is not the account's usual one.
  package let key: String?
  package let tier: String

  init?(_ answer: JSONValue) {
    guard let name = answer["Name"]?.stringValue else { return nil }
    self.name = name
    let user = answer["LastModifiedUser"]?.stringValue ?? ""
    // arn:aws:iam::123456789012:user/deploy, arn:aws:sts::…:assumed-role/ROLE/SESSION
    owner = user.split(separator: ":").last.map(String.init) ?? user
    modified = Date(timeIntervalSince1970: Self.seconds(answer["LastModifiedDate"]))
    version = answer["Version"]?.intValue ?? 0
    type = answer["Type"]?.stringValue ?? ""
    let key = answer["KeyId"]?.stringValue
    self.key = key == "alias/aws/ssm" ? nil : key
    tier = answer["Tier"]?.stringValue ?? "Standard"
  }

  private static func seconds(_ value: JSONValue?) -> Double {
    switch value {
    case .double(let seconds): seconds
    case .int(let seconds): Double(seconds)
    default: 0
    }
  }
}
