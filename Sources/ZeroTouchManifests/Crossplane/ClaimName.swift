/// What a claim may be called: the objects that it becomes carry its name, a Service among them.
package enum ClaimName {
  package static let pattern = "^[a-z]([-a-z0-9]*[a-z0-9])?$"

  /// Why a name will not do; nil where it will.
  static func problem(_ name: String, longest: Int) -> String? {
    guard (try? SearchPattern(pattern).matches(name)) == true else {
      return "must begin with a lower-case letter, hold only lower-case letters, digits and `-`, and not end with `-`"
    }
    return name.count > longest ? "must have at most \(longest) characters, not \(name.count)" : nil
  }
}
