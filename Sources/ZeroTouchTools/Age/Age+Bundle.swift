package import Foundation
package import ZeroTouchModel

extension Age {
  /// Encrypts what travels on standard input to standard output, as text that Git can hold.
  package static func encrypt(_ content: Secret, recipients: [String]) -> ToolInvocation {
    ToolInvocation(
      "age", ["--encrypt", "--armor"] + recipients.flatMap { ["--recipient", $0] }, input: .secret(content),
      deadline: .seconds(30))
  }

  /// Decrypts what travels on standard input to standard output.
  package static func decrypt(_ encrypted: Data, identity: String) -> ToolInvocation {
    ToolInvocation(
      "age", ["--decrypt", "--identity", identity], input: .text(String(decoding: encrypted, as: UTF8.self)),
      deadline: .seconds(30))
  }
}
