import Foundation
import ZeroTouchModel
import ZeroTouchWorld

/// Makes the secrets of a new cluster: of the right shape, random, and worth nothing outside a rehearsal.
struct SecretsBundle {
  /// Where randomness comes from.
  var random = SystemRandomNumberGenerator()

  /// The bundle as `talosctl gen secrets` lays it out.
  mutating func text() -> String {
    """
    cluster:
        id: \(bytes(32, isURLSafe: true))
        secret: \(bytes(32))
    secrets:
        bootstraptoken: \(token())
        secretboxencryptionsecret: \(bytes(32))
    trustdinfo:
        token: \(token())
    certs:
    \(pair("etcd", key: "EC PRIVATE KEY"))
    \(pair("k8s", key: "EC PRIVATE KEY"))
    \(pair("k8saggregator", key: "EC PRIVATE KEY"))
        k8sserviceaccount:
            key: \(pem("RSA PRIVATE KEY", 1190))
    \(pair("os", key: "ED25519 PRIVATE KEY"))

    """
  }

  /// A certificate and its key, as a client of Talos's API holds them.
  mutating func client() -> (crt: String, key: String) { (pem("CERTIFICATE", 320), pem("ED25519 PRIVATE KEY", 48)) }

  private mutating func pair(_ name: String, key: String) -> String {
    "    \(name):\n        crt: \(pem("CERTIFICATE", 380))\n        key: \(pem(key, 121))"
  }

  /// A PEM block of random contents, in base64 as Talos embeds them.
  private mutating func pem(_ label: String, _ count: Int) -> String {
    let body = bytes(count)
    let lines = stride(from: 0, to: body.count, by: 64).map { body.dropFirst($0).prefix(64) }
    let block = "-----BEGIN \(label)-----\n" + lines.joined(separator: "\n") + "\n-----END \(label)-----\n"
    return Data(block.utf8).base64EncodedString()
  }

  private mutating func bytes(_ count: Int, isURLSafe: Bool = false) -> String {
    let text = Data((0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }).base64EncodedString()
    return isURLSafe ? text.replacing("+", with: "-").replacing("/", with: "_") : text
  }

  private mutating func token() -> String {
    let alphabet = Array("abcdefghijklmnopqrstuvwxyz0123456789")
    let letters = (0..<22).map { _ in alphabet[Int.random(in: 0..<alphabet.count, using: &random)] }
    return String(letters[..<6]) + "." + String(letters[6...])
  }
}
