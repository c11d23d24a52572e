/// Credentials that were made up for tests. Written in pieces, so that nobody's search for real ones stops here.
enum Credentials {
  private static let body = "MC4CAQAwBQYDK2VwBCIEIKq93hdW2mZ7RtYu0LpXcVb1NmQw8eRa"

  /// A private key as a file holds it, every line indented.
  static func privateKey(indent: Int = 0) -> String {
    let space = String(repeating: " ", count: indent)
    return ["-----BEGIN " + "PRIVATE KEY-----", body, "-----END " + "PRIVATE KEY-----"].map { "\(space)\($0)\n" }
      .joined()
  }

  static let gitHubToken = "ghp" + "_Kq93hdW2mZ7RtYu0LpXcVb1NmQw8eRaTz5Gs"
  static let ageKey = "AGE-SECRET-" + "KEY-1QYPLWN3MDTHF7Y2K3V2QFJ8N4T0Z6QXJ5C9R7E8W4S3A2D5G6HJQ8VU2L"
  static let password = "Kq93hdW2mZ"
}
