package import ZeroTouchModel

/// Where AWS Systems Manager is reached.
package struct ParameterEndpoint: Sendable, Hashable {
  package let url: String
  /// The host with its port, as requests name it.
  package let host: String

  /// The region's own one, or the one that variables name as they do for every tool of AWS.
  package init(region: String, variables: [String: String]) throws(InvalidInput) {
    let named = ["AWS_ENDPOINT_URL_SSM", "AWS_ENDPOINT_URL"].first { variables[$0]?.isEmpty == false }
    guard let named, let address = variables[named] else {
      host = "ssm.\(region).amazonaws.com" + (region.hasPrefix("cn-") ? ".cn" : "")
      url = "https://\(host)/"
      return
    }
    guard let match = address.wholeMatch(of: #/(https?):\/\/([A-Za-z0-9.\-]+|\[[0-9a-f:]+\])(:[0-9]+)?\/?/#) else {
      throw InvalidInput([
        Diagnostic("`\(named)` is no address of a service", remedy: "write it as https://HOST, or leave it out")
      ])
    }
    guard match.1 == "https" || ["127.0.0.1", "localhost", "[::1]"].contains(match.2) else {
      throw InvalidInput([
        Diagnostic(
          "`\(named)` leads to \(match.2) without encryption, and secrets would travel in the clear",
          remedy: "use https; only this machine itself is reached by http")
      ])
    }
    host = "\(match.2)\(match.3 ?? "")"
    url = "\(match.1)://\(host)/"
  }
}
