import ZeroTouchModel
import ZeroTouchTools

/// What a tool that reads secrets says when it cannot, and what helps.
enum ToolComplaint {
  /// The last line that says something: tools tell their usage, their warnings and their way before it.
  static func reason(in errorText: String, tool: KnownTool) -> String {
    let lines = errorText.split(whereSeparator: \.isNewline).map { $0.trimmingPrefix(while: \.isWhitespace) }
    let noise = ["report unexpected or unhelpful errors", "age: report", "Recovery failed because", "Did not find"]
    let telling = lines.filter { line in !line.isEmpty && !noise.contains { line.contains($0) } }
    let chosen =
      telling.last { line in known.contains { line.says($0.words) } } ?? telling.last
    guard let chosen else { return "nothing" }
    let quotes = [.age, .sops].contains(tool) && !harmless.contains { chosen.says($0) }
    return quotes ? withheld : String(chosen)
  }

  /// Words of age and sops that hold nothing of what they read. Whatever else they say may quote the file: what they do
  /// not understand in it may lie there in the clear.
  private static let harmless = [
    "no identity matched any of the recipients", "failed to get the data key", "metadata not found", "component [",
    "message authentication failed",
  ]
  private static let withheld = "something that may quote the file, and is not repeated here"

  /// What to do about it.
  static func remedy(for errorText: String, tool: KnownTool) -> String {
    known.first { errorText.says($0.words) }?.remedy ?? "try it yourself: run `\(tool)` by hand"
  }

  private static let known: [(words: String, remedy: String)] = [
    (
      "no identity matched any of the recipients",
      "use the identity of one of its recipients: set SOPS_AGE_KEY_FILE to the file that age-keygen wrote"
    ),
    (
      "failed to get the data key",
      "set SOPS_AGE_KEY_FILE to an identity of one of its recipients, or encrypt it to yours: sops updatekeys FILE"
    ),
    (
      "unexpected intro",
      "encrypt it: age --encrypt --armor --recipient RECIPIENT FILE; or write `file:` for a file in clear"
    ),
    ("unknown identity type", "name an identity in SOPS_AGE_KEY_FILE: the file that age-keygen wrote"),
    ("malformed secret key", "name an identity in SOPS_AGE_KEY_FILE: the file that age-keygen wrote"),
    (
      "does not match sops' data format",
      "a value stands in it in the clear: write it with `sops edit FILE`, and change it if the file was shared"
    ),
    ("message authentication failed", "a value was changed by hand: take the file from Git again, or `sops edit FILE`"),
    ("metadata not found", "encrypt it: sops --encrypt --in-place FILE; or write `file:` for a file in clear"),
    ("component [", "look which keys it has: sops --decrypt FILE"),
    ("ParameterNotFound", "write it: zerotouch secrets push; or name another parameter"),
    ("ExpiredToken", "sign in again: aws sso login, or take new credentials"),
    ("UnrecognizedClient", "use credentials that AWS knows, and the right account"),
    ("AccessDenied", "allow `ssm:GetParameter` on it, and `kms:Decrypt` on its key"),
    ("Unable to locate credentials", "sign in: aws sso login; or set AWS_PROFILE"),
    ("session expired", "sign in again: op signin"),
    ("not currently signed in", "sign in: eval $(op signin); or set OP_SERVICE_ACCOUNT_TOKEN"),
    ("isn't an item", "look how it is called: op item list"),
    ("No value found at", "write it: bao kv put PATH KEY=-"),
    ("not present in", "look which keys it has: bao kv get PATH"),
    ("permission denied", "sign in again: bao login; its token may have expired, or may not read this path"),
    ("connection refused", "check that the server runs, and its address"),
  ]
}

extension StringProtocol {
  fileprivate func says(_ words: String) -> Bool {
    lowercased().contains(words.lowercased())
  }
}
