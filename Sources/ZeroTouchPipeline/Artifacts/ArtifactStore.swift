import Foundation
package import ZeroTouchManifests
package import ZeroTouchModel

/// The folder with everything that was fetched: only whole files lie there under an artifact's name; what is on its
/// way lies beside them.
package struct ArtifactStore: Sendable, Hashable {
  package let directory: String

  package init(directory: String) { self.directory = directory }

  package func path(of artifact: ArtifactLock.Artifact) -> String { "\(directory)/\(artifact.fileName)" }

  /// Where an artifact grows until it is whole; the name holds the sum, so that it is never continued as another one.
  package func partial(of artifact: ArtifactLock.Artifact) -> String {
    "\(path(of: artifact)).\(artifact.sha256?.lowercased().prefix(12) ?? "unset").part"
  }

  /// What lies in the folder for an artifact; its sum is taken every time.
  package func state(of artifact: ArtifactLock.Artifact) -> ArtifactState {
    guard artifact.sha256 != nil else { return .unset }
    guard let file = FileDigest(path(of: artifact)) else { return .absent }
    return artifact.problem(withBytes: file.size, sum: file.sha256).map { .wrong($0) } ?? .present
  }

  /// Makes the folder where there is none, and says at once when nothing can be written there.
  package func prepare() throws(ArtifactError) {
    do { try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true) } catch {
      throw .cacheUnusable(path: directory, reason: Self.reason(of: error))
    }
    let trial = "\(directory)/.trial"
    let descriptor = open(trial, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw .cacheUnusable(path: directory, reason: String(cString: strerror(errno)).lowercased())
    }
    close(descriptor)
    unlink(trial)
  }

  /// Gives a whole file its name, in one step and only once its bytes are on the disk.
  package func adopt(_ partial: String, as artifact: ArtifactLock.Artifact) throws(ArtifactError) {
    let descriptor = open(partial, O_RDONLY | O_CLOEXEC)
    defer { close(descriptor) }
    guard descriptor >= 0, fsync(descriptor) == 0, rename(partial, path(of: artifact)) == 0 else {
      throw .cacheUnusable(path: directory, reason: String(cString: strerror(errno)).lowercased())
    }
  }

  func remove(_ path: String) { unlink(path) }

  func size(of path: String) -> Int? {
    var status = stat()
    return stat(path, &status) == 0 ? Int(status.st_size) : nil
  }

  private static func reason(of error: any Error) -> String {
    let underlying = ((error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError) ?? error as NSError
    guard underlying.domain == NSPOSIXErrorDomain else { return error.localizedDescription }
    return String(cString: strerror(Int32(underlying.code))).lowercased()
  }
}

/// What the cache has of an artifact.
package enum ArtifactState: Sendable, Hashable {
  case present
  case absent
  /// Something else lies under its name.
  case wrong(Diagnostic)
  /// Nobody has measured the artifact.
  case unset

  /// The state in one word.
  package var word: String {
    switch self {
    case .present: "cached"
    case .absent: "missing"
    case .wrong: "altered"
    case .unset: "unset"
    }
  }
}

/// Size and sum of a file, read piece by piece.
package struct FileDigest: Sendable, Hashable {
  package let size: Int
  package let sha256: String

  /// Reads a file to its end; nil where it cannot be read.
  package init?(_ path: String) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var (hash, size) = (SHA256(), 0)
    var piece = [UInt8](repeating: 0, count: 1 << 20)
    while true {
      let count = read(descriptor, &piece, piece.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { return nil }
      if count == 0 { break }
      hash.update(piece[..<count])
      size += count
    }
    (self.size, sha256) = (size, hash.hexadecimal)
  }
}
