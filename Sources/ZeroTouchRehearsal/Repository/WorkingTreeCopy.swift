import Foundation

/// A copy of a folder's contents: names, texts, links and what may be executed, but no owners, times or modes, which
/// somebody who may only read the original could not give.
struct WorkingTreeCopy: Sendable {
  let source: String
  let target: String

  func make() throws {
    try FileManager.default.createDirectory(atPath: target, withIntermediateDirectories: true)
    for name in try FileManager.default.subpathsOfDirectory(atPath: source).sorted() {
      try copy("\(source)/\(name)", to: "\(target)/\(name)")
    }
  }

  private func copy(_ path: String, to copy: String) throws {
    let files = FileManager.default
    switch try files.attributesOfItem(atPath: path)[.type] as? FileAttributeType {
    case .typeDirectory?: try files.createDirectory(atPath: copy, withIntermediateDirectories: true)
    case .typeSymbolicLink?:
      try files.createSymbolicLink(atPath: copy, withDestinationPath: files.destinationOfSymbolicLink(atPath: path))
    case .typeRegular?:
      guard let contents = files.contents(atPath: path) else {
        throw WorldError.file(path: path, reason: "it cannot be read\nmake it readable for yourself")
      }
      let mode = files.isExecutableFile(atPath: path) ? 0o755 : 0o644
      guard files.createFile(atPath: copy, contents: contents, attributes: [.posixPermissions: mode]) else {
        throw WorldError.file(path: copy, reason: "it cannot be written\ncheck the free space of the temporary folder")
      }
    default: break  // Git holds no sockets and no pipes.
    }
  }
}
