/// Takes credentials out of the addresses in a text: what stands before the host, and what is asked for behind the path.
enum AddressMask {
  /// The text with `scheme://<redacted>@host/path?<redacted>` wherever an address held more than that.
  ///
  /// Only a blank ends an address: what a careless password holds, such as a quote or a slash, must not end it sooner.
  static func masked(_ text: String, mark: String) -> String {
    let parts = text.split(separator: "://", omittingEmptySubsequences: false)
    guard parts.count > 1 else { return text }
    return parts.dropFirst().reduce(into: String(parts[0])) { result, part in
      let end = part.firstIndex(where: \.isWhitespace) ?? part.endIndex
      result += "://\(masked(address: part[..<end], mark))\(part[end...])"
    }
  }

  private static func masked(address: Substring, _ mark: String) -> String {
    let start = address.firstIndex { "?#".contains($0) } ?? address.endIndex
    let place = address[..<start]
    let host = place.lastIndex(of: "@").map { "\(mark)\(place[$0...])" } ?? String(place)
    guard start < address.endIndex else { return host }
    return "\(host)\(address[start])\(mark)"
  }
}
