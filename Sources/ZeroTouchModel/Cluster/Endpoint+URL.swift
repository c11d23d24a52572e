extension Endpoint {
  /// Reads `https://HOST:PORT`; the host is an IPv4 address, an IPv6 one in brackets, or a DNS name.
  package init?(url: String) {
    guard url.hasPrefix("https://"), let colon = url.lastIndex(of: ":") else { return nil }
    let host = url[url.index(url.startIndex, offsetBy: 8)...].prefix(
      upTo: max(colon, url.index(url.startIndex, offsetBy: 8)))
    let digits = url[url.index(after: colon)...]
    guard digits.allSatisfy({ $0.isASCII && $0.isNumber }), let port = Int(digits), (1...65535).contains(port),
      let name = Self.host(String(host))
    else { return nil }
    self.init(host: name, port: port)
  }

  private static func host(_ text: String) -> String? {
    if text.hasPrefix("["), text.hasSuffix("]") {
      return IPAddress(String(text.dropFirst().dropLast())).flatMap { $0.isIPv6 ? $0.description : nil }
    }
    if let address = IPAddress(text) { return address.isIPv6 ? nil : address.description }
    // A name whose last label is a number would be taken for an address.
    guard DNSName.isName(text), text.split(separator: ".").last?.allSatisfy(\.isNumber) == false else { return nil }
    return text
  }

  /// The host as an address; nil when it is a name.
  package var address: IPAddress? { IPAddress(host) }
}
