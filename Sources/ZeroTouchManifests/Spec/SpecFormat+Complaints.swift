import ZeroTouchModel

extension SpecFormat {
  /// What is wrong with a malformed text, in words.
  func complaint(about text: String) -> (message: String, remedy: String) {
    switch self {
    case .plain: ("the value is empty", "write a value, or remove the key")
    case .label: ("`\(text)` is no DNS label", Self.labelRemedy(text))
    case .objectName:
      ("`\(text)` is no name of an object", "use small letters, digits and `-`, in parts with dots between them")
    case .address: Self.addressComplaint(text)
    case .block: Self.blockComplaint(text)
    case .pool: Self.poolComplaint(text)
    case .endpoint: Self.endpointComplaint(text)
    case .version: ("`\(text)` is no version", "write all three numbers, such as `1.35.4`")
    case .duration: ("`\(text)` is no duration", "write it like `90s`, `15m` or `1h30m`, longer than zero")
    case .secretReference:
      (
        "the value is no reference to a secret; it is not repeated here, in case it is the secret itself",
        "write \(SecretReference.forms), and change the secret if this file has left your machine"
      )
    case .secretKey:
      ("`\(text)` is no key of a Secret", "use at most 253 letters, digits, `-`, `_` and `.`")
    case .repositoryPath: ("`\(text)` is no path inside the repository", "write it relative to the repository's top")
    case .diskPath: ("`\(text)` is no disk", "write a device such as `/dev/nvme0n1`, or select by `serial`")
    case .repositoryURL: Self.repositoryComplaint(text)
    case .parameterPath:
      ("`\(text)` is no parameter path", "begin with `/` and end without one, such as `/zerotouch/prod`")
    case .interfaceAddress:
      ("`\(text)` is no address with its prefix", "write ADDRESS/LENGTH, such as `203.0.113.10/26`")
    case .interfaceName:
      ("`\(text)` is no name of an interface", "write 1 to 15 characters without `/`, `:` and blanks, such as `enp1s0`")
    case .hardwareAddress: ("`\(text)` is no hardware address", "write it like `a8:a1:59:0f:00:01`")
    case .host: ("`\(text)` is no host", "write a DNS name or an IP address")
    case .diskSize: ("`\(text)` is no size of a disk", "write it like `>= 500GB`, or `1920GB` for exactly that")
    case .labelKey:
      ("`\(text)` is no key of a label", "write `NAME` or `DOMAIN/NAME`, with letters, digits, `-`, `_` and `.`")
    case .labelValue: ("`\(text)` is no value of a label", "use at most 63 letters, digits, `-`, `_` and `.`")
    case .taint:
      ("`\(text)` is no taint", "write `VALUE:NoSchedule` or `NoSchedule`; also PreferNoSchedule and NoExecute")
    case .ageRecipient where text.lowercased().hasPrefix("age-secret-key-"):
      (
        "the value is the secret half of a key of age; it is not repeated here",
        "write the public half, `age-keygen -y FILE`, and make another key if this file has left your machine"
      )
    case .ageRecipient: ("`\(text)` is no recipient of age", "write the public key that `age-keygen` prints, `age1…`")
    }
  }

  private static func labelRemedy(_ text: String) -> String {
    let suggestion = DNSName.label(near: text)
    let rule = "use at most 63 of `a` to `z`, `0` to `9` and `-`, with a letter or digit at both ends"
    return suggestion.map { "\(rule), such as `\($0)`" } ?? rule
  }

  private static func addressComplaint(_ text: String) -> (String, String) {
    guard let address = IPAddress(text) else {
      return ("`\(text)` is no IP address", "write an IPv4 or IPv6 address, such as `203.0.113.10`")
    }
    return ("`\(address)` is no address of a machine", "write the address under which the machine is reached")
  }

  private static func blockComplaint(_ text: String) -> (String, String) {
    if let block = CIDRBlock(rounding: text) {
      return ("`\(text)` has bits set behind its prefix", "write `\(block)`")
    }
    return ("`\(text)` is no block of addresses", "write ADDRESS/LENGTH, such as `10.244.0.0/16`")
  }

  private static func poolComplaint(_ text: String) -> (String, String) {
    if CIDRBlock(text) == nil, let block = CIDRBlock(rounding: text) {
      return ("`\(text)` has bits set behind its prefix", "write `\(block)`")
    }
    if AddressPool(text) != nil {
      return ("`\(text)` holds addresses that no machine can have", "write addresses of the machines' own network")
    }
    if let address = IPAddress(text) {
      return ("`\(text)` is one address", "write `\(address)/\(address.isIPv6 ? 128 : 32)` for that one alone")
    }
    return (
      "`\(text)` is no pool of addresses",
      "write a block such as `192.168.1.224/28`, or the first and the last: `192.168.1.230-192.168.1.239`"
    )
  }

  private static func repositoryComplaint(_ text: String) -> (String, String) {
    let remedy = "write `https://…`, `ssh://…` or `git@host:path`, without a password"
    // Whatever stands before the host may be a password.
    guard !text.contains("@") else { return ("the value is no URL of a Git repository without a password", remedy) }
    return ("`\(text)` is no URL of a Git repository on another machine", remedy)
  }

  private static func endpointComplaint(_ text: String) -> (String, String) {
    let remedy = "write `https://HOST:6443`"
    if text.hasPrefix("http://") { return ("the endpoint `\(text)` is not https", remedy) }
    guard text.hasPrefix("https://") else { return ("the endpoint `\(text)` is no https URL", remedy) }
    if Endpoint(url: text + ":6443") != nil { return ("the endpoint `\(text)` has no port", "write `\(text):6443`") }
    return ("the endpoint `\(text)` is more or less than https, a host and a port", remedy)
  }
}
