import Foundation

/// Which variables of a process hold credentials, as their names say.
package enum CredentialVariables {
  private static let marks = [
    "TOKEN", "PASSWORD", "PASSWD", "PASSPHRASE", "SECRET", "CREDENTIAL", "PRIVATE_KEY", "API_KEY", "AGE_KEY",
  ]
  /// Such variables say where something lies, or what it is called.
  private static let places = ["FILE", "PATH", "DIR", "SOCK", "URL", "URI", "NAME", "_ID", "HOME", "ADDR", "_CMD"]

  /// Whether a variable of this name holds a credential.
  package static func holdsCredential(_ name: String) -> Bool {
    let name = name.uppercased()
    return marks.contains(where: name.contains) && !places.contains(where: name.hasSuffix)
  }

  /// The credentials among variables, and within the addresses of proxies.
  package static func secrets(in variables: [String: String]) -> [Secret] {
    variables.sorted { $0.key < $1.key }.flatMap { name, value -> [Secret] in
      if name.uppercased().hasSuffix("_PROXY") { return credentials(inAddress: value) }
      return holdsCredential(name) && !value.isEmpty ? [Secret(value)] : []
    }
  }

  /// What stands before the host: the password, or the name where it is alone, as tokens are.
  private static func credentials(inAddress address: String) -> [Secret] {
    let rest = address.firstRange(of: "://").map { address[$0.upperBound...] } ?? address[...]
    let authority = rest.prefix { !"/?#".contains($0) }
    guard let end = authority.lastIndex(of: "@") else { return [] }
    let parts = authority[..<end].split(separator: ":", maxSplits: 1)
    return (parts.last?.removingPercentEncoding ?? parts.last.map(String.init)).map { [Secret($0)] } ?? []
  }
}
