package import Foundation

extension ArtifactLock.Artifact {
  /// Whether these bytes are what the lock pins; an artifact without a sum accepts none.
  package func accepts(_ data: Data) -> Bool {
    guard let sha256 else { return false }
    return SHA256.hexadecimal(of: data) == sha256.lowercased()
  }
}
