/// Which variables of a process hold credentials, as their names say.
package enum CredentialVariables {
  private static let marks = [
    "TOKEN", "PASSWORD", "PASSWD", "PASSPHRASE", "SECRET", "CREDENTIAL", "PRIVATE_KEY", "API_KEY",
  ]
  /// Such variables say where something lies, or what it is called.
  private static let places = ["FILE", "PATH", "DIR", "SOCK", "URL", "URI", "NAME", "_ID", "HOME", "ADDR"]

  /// Whether a variable of this name holds a credential.
  package static func holdsCredential(_ name: String) -> Bool {
    let name = name.uppercased()
    return marks.contains(where: name.contains) && !places.contains(where: name.hasSuffix)
  }

  /// The credentials among variables.
  package static func secrets(in variables: [String: String]) -> [Secret] {
    variables.filter { holdsCredential($0.key) && !$0.value.isEmpty }.sorted { $0.key < $1.key }.map {
      Secret($0.value)
    }
  }
}
