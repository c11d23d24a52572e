package import Foundation
package import ZeroTouchModel

extension ArtifactLock.Artifact {
  /// Whether these bytes are what the lock pins; an artifact without a sum accepts none.
  package func accepts(_ data: Data) -> Bool {
    guard let sha256 else { return false }
    return SHA256.hexadecimal(of: data) == sha256.lowercased()
  }

  /// These bytes, once it is sure that they are what the lock pins.
  package func verified(_ data: Data) throws(InvalidInput) -> Data {
    if let problem = problem(withBytes: data.count, sum: SHA256.hexadecimal(of: data)) {
      throw InvalidInput([problem])
    }
    return data
  }

  /// What is wrong with a file that lies in the cache under this artifact's name.
  package func problem(withBytes count: Int, sum: String) -> Diagnostic? {
    guard let sha256 else { return unpinned }
    guard sum != sha256.lowercased() else { return nil }
    let fetch = "fetch it again: zerotouch artifacts fetch \(name)"
    if let size, count < size {
      return Diagnostic("the artifact `\(name)` is cut short: \(count) of \(size) bytes", remedy: fetch)
    }
    return Diagnostic(
      "the artifact `\(name)` is not the one that the lock pins: its SHA-256 is \(sum), and the lock says \(sha256)",
      remedy: fetch)
  }

  /// What is said where an artifact is wanted that nobody has measured.
  package var unpinned: Diagnostic {
    Diagnostic(
      "the artifact `\(name)` has no SHA-256 in the lock",
      remedy: "fetch it, see its sum and have it written: zerotouch artifacts update \(name)")
  }

  /// What is said where an artifact is wanted that is not there.
  package var absent: Diagnostic {
    Diagnostic(
      "the artifact `\(name)` is not in the cache", remedy: "fetch it: zerotouch artifacts fetch \(name)")
  }
}
