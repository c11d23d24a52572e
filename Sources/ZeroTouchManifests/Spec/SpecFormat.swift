import Foundation
import ZeroTouchModel

/// How a string of the spec has to be written.
enum SpecFormat: String, Sendable, Hashable {
  case plain
  case label
  /// The name of an object, which may have dots where most fields are labels.
  case objectName
  case address
  case block
  case pool
  case endpoint
  case version
  case duration
  case secretReference
  case secretKey
  case repositoryPath
  case diskPath
  case repositoryURL
  case parameterPath
  case interfaceAddress
  case interfaceName
  case hardwareAddress
  case host
  case diskSize
  case labelKey
  case labelValue
  case taint
  case ageRecipient

  /// The regular expression of the JSON Schema; the loader checks more than it can say.
  var pattern: String {
    switch self {
    case .plain: #"\S"#
    case .label: #"^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$"#
    case .objectName: #"^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?(\.[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)*$"#
    case .address: #"^([0-9]{1,3}(\.[0-9]{1,3}){3}|[0-9A-Fa-f:]*:[0-9A-Fa-f:]*)$"#
    case .block: #"^[0-9A-Fa-f:.]+/[0-9]{1,3}$"#
    case .pool: #"^[0-9A-Fa-f:.]+(/[0-9]{1,3}|-[0-9A-Fa-f:.]+)$"#
    case .endpoint: #"^https://[^/]+:[0-9]{1,5}$"#
    case .version: #"^v?[0-9]+\.[0-9]+\.[0-9]+$"#
    case .duration: #"^([0-9]+(\.[0-9]+)?(h|m|s|ms))+$"#
    case .secretReference:
      #"^(env:[A-Za-z_][A-Za-z0-9_]*|(file|age):[^#].*|(sops|bao):[^#].*#.+|op://[^/]+(/[^/]+){2,3}|ssm:(/[A-Za-z0-9_.-]+)+|prompt(:.+)?)$"#
    case .secretKey: "^[-._A-Za-z0-9]{1,253}$"
    case .repositoryPath: #"^[^/~].*$"#
    case .diskPath: "^/dev/.+$"
    case .repositoryURL: #"^(https://|ssh://|git@).+$"#
    case .parameterPath: "^/.+$"
    case .interfaceAddress: #"^[0-9A-Fa-f:.]+/[0-9]{1,3}$"#
    case .interfaceName: #"^[^/:\s]{1,15}$"#
    case .hardwareAddress: "^[0-9A-Fa-f]{2}(:[0-9A-Fa-f]{2}){5}$"
    case .host: "^[0-9a-z]([-.:0-9a-z]*[0-9a-z])?$"
    case .diskSize: #"^(>=|<=|>|<|==)? *[0-9]+(\.[0-9]+)? *([KMGT]i?B|B)?$"#
    case .labelKey: "^([a-z0-9]([-.a-z0-9]*[a-z0-9])?/)?[A-Za-z0-9]([-_.A-Za-z0-9]{0,61}[A-Za-z0-9])?$"
    case .labelValue: "^([A-Za-z0-9]([-_.A-Za-z0-9]{0,61}[A-Za-z0-9])?)?$"
    case .taint: "^([A-Za-z0-9]([-_.A-Za-z0-9]*[A-Za-z0-9])?:)?(NoSchedule|PreferNoSchedule|NoExecute)$"
    case .ageRecipient: "^(age1[02-9a-z]{20,}|ssh-(ed25519|rsa) .+)$"
    }
  }

  /// What the text is not, and what to write instead; nil when it is well formed.
  func problem(with text: String) -> (message: String, remedy: String)? {
    isWellFormed(text) ? nil : complaint(about: text)
  }

  private func fitsPattern(_ text: String) -> Bool { text.range(of: pattern, options: .regularExpression) != nil }

  private func isWellFormed(_ text: String) -> Bool {
    switch self {
    case .plain: text.contains { !$0.isWhitespace }
    case .label: DNSName.isLabel(text)
    case .objectName: DNSName.isName(text)
    case .address: IPAddress(text)?.canBeMachine == true
    case .block: CIDRBlock(text) != nil
    case .pool: AddressPool(text).map { $0.first.canBeMachine && $0.last.canBeMachine } == true
    case .endpoint: Endpoint(url: text) != nil
    case .version: SemanticVersion(strict: text) != nil
    case .duration: Duration(words: text).map { $0 > .zero } == true
    case .secretReference: SecretReference(text) != nil
    case .repositoryPath: RepositoryLayout.isInside(text)
    case .diskPath: text.hasPrefix("/dev/") && text.count > 5 && !text.contains("..")
    case .repositoryURL: GitURL.isRemote(text)
    case .parameterPath: text.hasPrefix("/") && text.count > 1 && !text.hasSuffix("/")
    case .interfaceAddress: NetworkInterface.Address(text) != nil
    case .host: IPAddress(text) != nil || DNSName.isName(text)
    case .diskSize: DiskSize(text) != nil && fitsPattern(text)
    case .interfaceName: fitsPattern(text) && ![".", ".."].contains(text)
    case .hardwareAddress, .secretKey, .labelKey, .labelValue, .taint, .ageRecipient: fitsPattern(text)
    }
  }
}
