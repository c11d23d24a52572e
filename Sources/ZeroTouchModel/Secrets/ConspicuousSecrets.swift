/// Takes out of a text what looks like a secret although nobody knows it as one: what programs print in their logs was
/// never resolved by anybody here.
package enum ConspicuousSecrets {
  /// The text without them.
  package static func removed(from text: String) -> String {
    var clean = text
    for pattern in [bearer, token, key, pem] { clean = clean.replacing(pattern, with: Redactor.mark) }
    clean = clean.replacing(setting) { "\($0.output.name)\($0.output.mark)\(Redactor.mark)" }
    return clean.replacing(login) { "\($0.output.scheme)\(Redactor.mark)@" }
  }

  private static var bearer: Regex<Substring> { #/(?i)bearer +[A-Za-z0-9._~+\/=-]{8,}/# }
  private static var token: Regex<Substring> { #/eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*/# }
  private static var key: Regex<Substring> { #/(?:AKIA|ASIA|ghp_|gho_|github_pat_|sk-|xox[bap]-)[A-Za-z0-9_-]{10,}/# }
  private static var pem: Regex<Substring> { #/-----BEGIN [A-Z ]*PRIVATE KEY-----[^-]*(?:-----END [A-Z ]*-----)?/# }
  private static var setting: Regex<(Substring, name: Substring, mark: Substring)> {
    #/(?<name>(?i)[a-z_.-]*(?:password|passwd|passphrase|secret[_-]?(?:access[_-]?)?key|token|api[_-]?key))(?<mark>"? *[=:] *"?)[^\s",;&]+/#
  }
  private static var login: Regex<(Substring, scheme: Substring)> {
    #/(?<scheme>[a-z][a-z0-9+.-]*:\/\/[^\s:@\/]*:)[^\s@\/]+@/#
  }
}
